import { defineConfig, devices } from "playwright/test";
import type { QaOptions } from "./tests/support/qa/test";

const asRoot = process.getuid?.() === 0;

/** End-to-end tests against the built product, one database, app process and pair of simulators a worker. */
export default defineConfig<object, QaOptions>({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/global-setup.ts",
  outputDir: "test-results",
  snapshotPathTemplate: "tests/e2e/baselines/{arg}{ext}",
  // Made by `npm run baselines` alone.
  updateSnapshots: "none",
  fullyParallel: true,
  // Four at once work too, each with a world of its own, but take longer: two cores are busy with two browsers.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // What takes minutes to arrange: `npm run test:faults`.
  grepInvert: process.env.TEST_LONG === "on" ? [] : /@long/,
  // Generous: the machine may be small and busy, and a wait ends as soon as its state is there.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    // Set by the bootstrap to the machine's own browser; unset means Playwright's.
    launchOptions: {
      executablePath: process.env.TEST_CHROMIUM,
      args: [...(asRoot ? ["--no-sandbox"] : []), "--disable-background-networking", "--disable-gpu"],
    },
    actionTimeout: 20_000,
    navigationTimeout: 40_000,
    screenshot: "only-on-failure",
    // A trace and a film of every test would double the time on two cores: `npm test` runs what failed once more for them.
    trace: "off",
    video: process.env.TEST_FILM === "on" ? "on" : "off",
  },
  projects: [
    { name: "mission", use: { contract: "mission" } },
    // What the settings for TikTok's public API change, once more with them: scopes, and how a video is looked up.
    { name: "public", use: { contract: "public" }, grep: /@contract/ },
  ],
});
