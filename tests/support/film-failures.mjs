import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { runInGroup } from "./run-in-group.mjs";

const MOST_MS = 3 * 60_000;
const DEBIAN_FFMPEG = "/usr/bin/ffmpeg";

/**
 * Runs the browser tests that failed once more, for their traces and films alone: the first result stands.
 * @param {string} root @param {NodeJS.ProcessEnv} env
 */
export async function filmFailures(root, env) {
  process.stdout.write("\n== traces and films of what failed\n");
  const folder = path.join(root, "test-results", "traces");
  mkdirSync(folder, { recursive: true });
  copyFileSync(path.join(root, "test-results", ".last-run.json"), path.join(folder, ".last-run.json"));
  const args = ["test", "--last-failed", "--trace=on", "--workers=1", `--output=${folder}`, "--reporter=list"];
  const browsers = env.TEST_CHROMIUM ? borrowRecorder() : undefined;
  const recorder = browsers ? { PLAYWRIGHT_BROWSERS_PATH: browsers } : {};
  const film = browsers || !env.TEST_CHROMIUM ? { TEST_FILM: "on" } : {};
  await runInGroup("playwright", args, { cwd: root, env: { ...env, ...recorder, ...film }, timeoutMs: MOST_MS });
  if (browsers) rmSync(browsers, { recursive: true });
}

/**
 * Playwright films with an ffmpeg that comes with its own Chromium. Beside the system's Chromium the system's ffmpeg takes
 * its place: in a folder laid out as Playwright looks for it. Undefined when there is none, and none can be installed.
 */
function borrowRecorder() {
  const works = () => spawnSync(DEBIAN_FFMPEG, ["-version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
  if (!works() && process.getuid?.() === 0) {
    const install = ["install", "-y", "--no-install-recommends", "ffmpeg"];
    spawnSync("apt-get", install, { stdio: "ignore", timeout: MOST_MS });
  }
  if (!works()) return undefined;
  const manifest = createRequire(import.meta.url).resolve("playwright-core/package.json");
  /** @type {{ browsers: { name: string, revision: string }[] }} */
  const { browsers } = JSON.parse(readFileSync(path.join(path.dirname(manifest), "browsers.json"), "utf8"));
  const { revision } = browsers.find(({ name }) => name === "ffmpeg") ?? {};
  const folder = mkdtempSync(path.join(os.tmpdir(), "trendpot-recorder-"));
  mkdirSync(path.join(folder, `ffmpeg-${revision}`));
  symlinkSync(DEBIAN_FFMPEG, path.join(folder, `ffmpeg-${revision}`, "ffmpeg-linux"));
  return folder;
}
