/**
 * `npm test` after the bootstrap: check, build, unit and integration tests (some start the built processes),
 * end-to-end tests, in this order. Stops at the first step that fails, with its exit code. The last line is
 * `N passed, N failed` over all tests that ran.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { filmFailures } from "./film-failures.mjs";
import { runInGroup } from "./run-in-group.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const results = mkdtempSync(path.join(os.tmpdir(), "trendpot-results-"));
const vitestFile = path.join(results, "vitest.json");
const playwrightFile = path.join(results, "playwright.json");
const STEP_MS = 50 * 60_000;

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/** @type {{ name: string, command: string, args: string[], count?: () => Totals }[]} */
const steps = [
  { name: "check", command: "npm", args: ["run", "check"] },
  { name: "build", command: "npm", args: ["run", "build"] },
  {
    name: "unit and integration tests",
    command: "vitest",
    args: [
      "run",
      "--project=unit",
      "--project=integration",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${vitestFile}`,
    ],
    count: countVitest,
  },
  {
    name: "end-to-end tests",
    command: "playwright",
    args: ["test", "--config", "playwright.config.ts", "--reporter=list,json", "--fail-on-flaky-tests"],
    count: countPlaywright,
  },
];

/** @returns {Totals} */
function countVitest() {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(vitestFile, "utf8"),
  );
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/** @returns {Totals} */
function countPlaywright() {
  const { stats } = JSON.parse(readFileSync(playwrightFile, "utf8"));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

const env = {
  ...process.env,
  PATH: `${path.join(root, "node_modules", ".bin")}${path.delimiter}${process.env.PATH ?? ""}`,
  PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightFile,
};

/** @type {Totals} */
const total = { passed: 0, failed: 0, skipped: 0 };
let exitCode = 0;
for (const { name, command, args, count } of steps) {
  process.stdout.write(`\n== ${name}\n`);
  const started = Date.now();
  exitCode = await runInGroup(command, args, { cwd: root, env, timeoutMs: STEP_MS });
  let failed = 0;
  try {
    const counted = count?.() ?? { passed: 0, failed: 0, skipped: 0 };
    total.passed += counted.passed;
    total.failed += counted.failed;
    total.skipped += counted.skipped;
    failed = counted.failed;
  } catch {
    // A step that ends before it writes its result has failed, or must count as such.
    exitCode ||= 1;
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stdout.write(`== ${name}: ${exitCode === 0 ? "ok" : "FAILED"} in ${seconds} s\n`);
  if (exitCode !== 0) {
    // A step without a failing test of its own (check, build, a file that does not load) still counts as one.
    if (failed === 0) total.failed += 1;
    else if (command === "playwright") await filmFailures(root, env);
    break;
  }
}
rmSync(results, { recursive: true, force: true });
if (total.skipped > 0) process.stdout.write(`${total.skipped} skipped\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exit(exitCode);
