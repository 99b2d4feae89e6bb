import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

/** `npm run check` looks at what comes in from elsewhere: proved by lock files with something wrong in them. */
const script = fileURLToPath(new URL("../support/check-supply-chain.mjs", import.meta.url));
let tree: string;

beforeAll(async () => {
  tree = await mkdtemp(path.join(os.tmpdir(), "supply-"));
});
afterAll(async () => {
  await rm(tree, { recursive: true, force: true });
});

type Packages = Record<string, { version: string; license?: string; dev?: boolean; hasInstallScript?: boolean }>;

/** The rules that are broken, as `rule: folder`, and the exit code. */
async function check(name: string, packages: Packages, allowScripts: Record<string, boolean> = {}) {
  const root = path.join(tree, name);
  await mkdir(root);
  await writeFile(path.join(root, "package-lock.json"), JSON.stringify({ packages: { "": {}, ...packages } }));
  await writeFile(path.join(root, "package.json"), JSON.stringify({ allowScripts }));
  return new Promise<{ code: number; found: string[] }>((resolve) => {
    execFile(process.execPath, [script, root], (error, stdout) => {
      const found = stdout.split("\n").filter((line) => /^(hole|licence|install-script): /.test(line));
      resolve({ code: error ? 1 : 0, found: found.map((line) => line.split(" ").slice(0, 2).join(" ")) });
    });
  });
}

const good = { license: "MIT" };

test("a copy with a known hole is found, however deep, and a good one of an older line is not", async () => {
  expect(
    await check("holes", {
      "node_modules/qs": { version: "6.16.0", ...good },
      "node_modules/a/node_modules/qs": { version: "6.15.3", ...good },
      "node_modules/a/node_modules/b/node_modules/dompurify": { version: "3.4.9", dev: true, ...good },
      "node_modules/semver": { version: "6.3.1", ...good },
      "node_modules/c/node_modules/semver": { version: "7.5.1", ...good },
      "node_modules/d/node_modules/semver": { version: "8.0.0", ...good },
      "node_modules/tar": { version: "6.2.1", dev: true, ...good },
      "node_modules/e/node_modules/tar": { version: "6.2.1", ...good },
    }),
  ).toEqual({
    code: 1,
    found: [
      "hole: node_modules/a/node_modules/qs",
      "hole: node_modules/a/node_modules/b/node_modules/dompurify",
      "hole: node_modules/c/node_modules/semver",
      "hole: node_modules/e/node_modules/tar",
    ],
  });
});

test("a licence and an install script that nobody approved are found", async () => {
  const packages: Packages = {
    "node_modules/a": { version: "1.0.0", license: "GPL-3.0-only" },
    "node_modules/b": { version: "1.0.0", license: "(GPL-3.0-only OR MIT)" },
    "node_modules/c": { version: "1.0.0", license: "MIT AND GPL-3.0-only", dev: true },
    "node_modules/d": { version: "1.0.0", license: "Python-2.0", dev: true },
    "node_modules/e": { version: "1.0.0", license: "Python-2.0" },
    "node_modules/f": { version: "1.0.0" },
    "node_modules/g": { version: "1.0.0", hasInstallScript: true, ...good },
    "node_modules/node": { version: "24.0.0", hasInstallScript: true, ...good },
    "node_modules/esbuild": { version: "0.25.1", hasInstallScript: true, ...good },
  };
  const { code, found } = await check("licences", packages, { "esbuild@0.25.1": true, "left@1.0.0": true });
  expect(code).toBe(1);
  expect(found).toEqual([
    "licence: node_modules/a",
    "licence: node_modules/c",
    "licence: node_modules/e",
    "licence: node_modules/f",
    "install-script: node_modules/g",
    "install-script: node@24.0.0",
    "install-script: esbuild@0.25.1",
    "install-script: allowScripts",
  ]);
});

test("a tree without any of it passes", async () => {
  const node = { "node_modules/node": { version: "24.0.0", hasInstallScript: true, ...good } };
  expect(await check("good", node, { "node@24.0.0": true })).toEqual({ code: 0, found: [] });
});
