import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { postmasterPid, removeHome } from "./postmaster";

/** A process that is given no database brings one of its own. */
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "embedded-"));
  await chmod(folder, 0o711);
});
afterEach(async () => {
  await removeHome(path.join(folder, "postgres"));
  await rm(folder, { recursive: true, force: true });
});

const opener = fileURLToPath(new URL("children/open-database.ts", import.meta.url));

async function open(nodeOptions: readonly string[]) {
  const env = { ...process.env, DATABASE_URL: "", DATA_DIR: folder };
  const args = ["--import", "tsx", ...nodeOptions, opener];
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    const opened = execFile(process.execPath, args, { env, timeout: 60_000 }, (_error, stdout, stderr) =>
      resolve({ code: opened.exitCode, stdout, stderr }),
    );
  });
}

test("starts its own, migrates it, stops it when it leaves, and finds it again", async () => {
  const first = await open([]);
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(first.stdout)).toMatchObject({ name: "postgres", current: true });
  expect(await postmasterPid(path.join(folder, "postgres"))).toBeNull();
  expect((await open([])).stdout).toBe(first.stdout);
});

test("says what is wrong without a stack and exits 78 where there is no build", async () => {
  const elsewhere = 'data:text/javascript,Object.defineProperty(process,"platform",{value:"sunos"})';
  const { code, stdout, stderr } = await open(["--import", elsewhere]);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/sunos-\w+ is not supported\. Set DATABASE_URL/);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(78);
});
