import { execFile, execFileSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** Each rule of `npm run check` is proved by a violation planted in a small tree of its own. */
const project = fileURLToPath(new URL("../..", import.meta.url));
const bin = (name: string) => path.join(project, "node_modules", ".bin", name);

let tree: string;

beforeAll(async () => {
  tree = await mkdtemp(path.join(os.tmpdir(), "house-"));
});

afterAll(async () => {
  await rm(tree, { recursive: true, force: true });
});

async function plant(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const root = path.join(tree, name);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
  return root;
}

/** Exit code and everything that was said. */
async function run(command: string, args: string[], cwd: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, output: stdout + stderr });
    });
  });
}

describe("check-house", () => {
  // Written in pieces, so that this file keeps the rules it plants violations of.
  const plain = "export const a = 1;\n";
  const cases: readonly (readonly [rule: string, file: string, text: string])[] = [
    ["environment", "app/infra/a.server.ts", "export const a = process.env.HOME;\n"],
    ["raw-html", "app/ui/a.tsx", 'export const A = () => <p dangerouslySetInnerHTML={{ __html: "" }} />;\n'],
    ["names", "app/infra/utils.ts", plain],
    ["names", "app/infra/date-helpers.ts", plain],
    ["names", "app/features/videos/lib/a.ts", plain],
    ["names", "app/ui/index.ts", plain],
    ["barrel", "app/ui/all.ts", 'export * from "./button";\n'],
    ["rooms", "app/features/stickers/a.ts", plain],
    ["doors", "app/routes/a/b.ts", plain],
    ["doors", "app/routes/a.server.ts", plain],
    ["clock", "app/features/videos/a.server.ts", "export const a = String.raw`select now()`;\n"],
    ["clock", "app/features/videos/b.server.ts", 'export const a = "update x set at = CURRENT_TIMESTAMP";\n'],
    ["clock", "app/features/videos/c.server.ts", "export const a = new Date();\n"],
    ["tests-run", "tests/e2e/a.test.ts", `test${".skip"}("a", () => {});\n`],
    ["tests-run", "app/features/videos/a.test.ts", `describe${".only"}("a", () => {});\n`],
    ["tests-run", "tests/e2e/b.test.ts", `await page.wait${"ForTimeout"}(10);\n`],
    ["no-mocks", "tests/integration/a.test.ts", `vi${".mock("}"~/infra/db.server");\n`],
    ["machine-path", "README.md", `See ${"/home"}/somebody/app\n`],
    ["machine-path", "app/infra/b.ts", `export const a = "${"/work"}/main";\n`],
    ["proofs", "docs/a.md", "| a | `tests/e2e/a.test.ts` › nobody wrote it |\n"],
    ["proofs", "docs/b.md", "| a | `tests/e2e/gone.test.ts` › b |\n"],
    ["proofs", "docs/d.md", "| a | `app/infra/gone.test.ts` › b |\n"],
    ["asvs", "docs/asvs.md", "| v5.0.0-1.1.1 | 2 | done | — |\n"],
    ["registry", "package-lock.json", '{ "resolved": "https://registry.example.test/a.tgz" }\n'],
  ];
  const innocent = {
    "app/infra/env.server.ts": "export const a = process.env.HOME;\n",
    "app/ui/safe-html.tsx": 'export const A = () => <p dangerouslySetInnerHTML={{ __html: "" }} />;\n',
    "app/features/videos/video.ts": "export const at = (now: () => Date) => [now(), new Date(0)];\n",
    "app/routes/a._index.tsx": plain,
    "docs/c.md": "| a | `tests/integration/a.test.ts` › vi | b |\n",
    "README.md": "See https://example.test/home/page and ~/infra\n",
  };

  test("finds every planted violation, and nothing else", async () => {
    const root = await plant("rules", {
      ...innocent,
      ...Object.fromEntries(cases.map(([, file, text]) => [file === "README.md" ? "docs.md" : file, text])),
    });
    execFileSync("git", ["init", "-q"], { cwd: root });
    const { code, output } = await run(
      process.execPath,
      [path.join(project, "tests/support/check-house.mjs"), root],
      project,
    );
    expect(code).toBe(1);
    const found = output.split("\n").filter((line) => / [a-z-]+: /.test(line));
    const expected = cases.map(([rule, file]) => `${file === "README.md" ? "docs.md" : file} ${rule}`);
    expect(found.map((line) => line.replace(/:\d+ ([a-z-]+):.*$/, " $1")).sort()).toEqual([...expected].sort());
  });
});

describe("the arrows", () => {
  const door = (to: string) => `import { a } from "${to}";\nexport const b = a;\n`;
  const plain = "export const a = 1;\n";
  const ground = {
    "package.json": JSON.stringify({ name: "tree", devDependencies: { vite: "1" }, dependencies: { postgres: "1" } }),
    "node_modules/postgres/package.json": JSON.stringify({ name: "postgres", version: "1.0.0", main: "a.js" }),
    "node_modules/postgres/a.js": plain,
    "node_modules/vite/package.json": JSON.stringify({ name: "vite", version: "1.0.0", main: "a.js" }),
    "node_modules/vite/a.js": plain,
    "drizzle/schema.ts": plain,
    "app/infra/db.server.ts": door("#drizzle/schema"),
    "app/ui/button.tsx": plain,
    "app/features/accounts/account.ts": plain,
    "app/features/accounts/find-viewer.server.ts": door("~/infra/db.server").replace("{ a }", "{ b as a }"),
    "app/features/videos/video.ts": door("~/features/accounts/account"),
    "app/routes/good.tsx": door("~/features/accounts/find-viewer.server").replace("{ a }", "{ b as a }"),
    "app/routes/readyz.ts": door("~/infra/db.server").replace("{ a }", "{ b as a }"),
    "tests/support/world.ts": plain,
  };
  const planted: Readonly<Record<string, readonly [file: string, text: string]>> = {
    "accounts-leans-backwards": [
      "app/features/accounts/x.ts",
      door("~/features/videos/video").replace("{ a }", "{ b as a }"),
    ],
    "features-root-leans-on-no-room": ["app/features/x.ts", door("~/features/accounts/account")],
    "features-know-no-door": ["app/features/videos/x.ts", door("~/routes/good")],
    "infra-knows-no-product": ["app/infra/x.ts", door("~/features/accounts/account")],
    "ui-knows-no-business": ["app/ui/x.tsx", door("~/infra/db.server")],
    "doors-use-features": ["app/routes/x1.tsx", door("~/infra/db.server")],
    "doors-open-no-door": ["app/routes/x2.tsx", door("~/routes/good")],
    "doors-speak-no-sql": ["app/routes/x3.tsx", door("postgres")],
    "schema-stays-on-the-server": ["app/features/videos/x4.ts", door("#drizzle/schema")],
    "browser-code-needs-no-server": ["app/features/videos/x5.tsx", door("~/infra/db.server")],
    "processes-open-no-door": ["app/processes/x.ts", door("~/routes/good")],
    "product-knows-no-test": ["app/infra/x6.ts", door("#tests/support/world")],
    "schema-knows-no-app": ["drizzle/x.ts", door("~/ui/button")],
    "product-needs-no-dev-dependency": ["app/infra/x7.ts", door("vite")],
    "no-unresolvable": ["app/infra/x8.ts", door("./gone")],
    "no-cycle": ["app/infra/x10.ts", 'import { a } from "./x9";\nexport const b = a;\n'],
  };

  async function cruise(name: string, files: Readonly<Record<string, string>>) {
    const root = await plant(name, { ...ground, ...files });
    for (const file of [".dependency-cruiser.cjs", "tsconfig.json"]) {
      await copyFile(path.join(project, file), path.join(root, file));
    }
    return run(bin("depcruise"), ["--config", ".dependency-cruiser.cjs", "app", "drizzle", "tests"], root);
  }

  test("let a well-built tree pass", async () => {
    expect(await cruise("good", {})).toMatchObject({ code: 0 });
  });

  test("are each refused when they point up", async () => {
    const back = { "app/infra/x9.ts": 'import { b } from "./x10";\nexport const a = b;\n' };
    const { code, output } = await cruise("bad", { ...Object.fromEntries(Object.values(planted)), ...back });
    expect(code).toBeGreaterThan(0);
    for (const [rule, [file]] of Object.entries(planted)) expect(output).toMatch(new RegExp(`error ${rule}: ${file}`));
  });

  test("let types of the server be named anywhere", async () => {
    const typed = 'import type { b } from "~/infra/db.server";\nexport type C = typeof b;\n';
    expect(await cruise("typed", { "app/features/videos/x.tsx": typed })).toMatchObject({ code: 0 });
  });
});

describe("the type-aware linter", () => {
  test.each([
    ["no-floating-promises", "export function a() { Promise.resolve(1); }\n"],
    ["no-misused-promises", "export const a = [1].filter(async (x) => x > 0);\n"],
    ["await-thenable", "export async function a() { await 1; }\n"],
    [
      "switch-exhaustiveness-check",
      'export function a(x: "b" | "c") { switch (x) { case "b": return 1; } return 2; }\n',
    ],
  ])("refuses %s", async (rule, text) => {
    const root = await plant(`lint-${rule}`, { "app/a.ts": text });
    for (const file of [".oxlintrc.json", "tsconfig.json"])
      await copyFile(path.join(project, file), path.join(root, file));
    await symlink(path.join(project, "node_modules"), path.join(root, "node_modules"));
    const { code, output } = await run(bin("oxlint"), ["--type-aware", "--deny-warnings", "app"], root);
    expect(output).toContain(rule);
    expect(code).toBeGreaterThan(0);
  });
});
