import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { mendPostgres } from "./app/processes/mend-postgres";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A complete environment for tests; the key is made here so that no secret-looking text stands in the repo. */
const env = {
  NODE_ENV: "test" as const,
  APP_ORIGIN: "http://127.0.0.1:3000",
  LOG_LEVEL: "silent",
  SESSION_SECRET: "test session secret ".repeat(2),
  TIKTOK_CLIENT_KEY: "test-client-key",
  TIKTOK_CLIENT_SECRET: "test-client-secret",
  TIKTOK_TOKEN_ENC_KEY: Buffer.from(Uint8Array.from({ length: 32 }, (_, i) => (i * 73 + 201) % 256)).toString("base64"),
};

/** Files that take longest, most of it waiting: begun first, so that none of them is left to run alone at the end. */
const longest = ["jobs", "embedded-postgres", "sync-killed", "schedules", "sync-throttled"].map((name) =>
  at(`tests/integration/${name}.test.ts`),
);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.indexOf(moduleId);
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

const onDatabase = {
  globalSetup: ["tests/support/global-setup.ts"],
  setupFiles: ["tests/support/use-test-database.ts"],
  pool: "forks" as const,
};

export default defineConfig({
  plugins: [mendPostgres],
  resolve: { alias: { "~": at("app"), "#drizzle": at("drizzle"), "#tests": at("tests") } },
  test: {
    env,
    server: { deps: { inline: [/\/node_modules\/postgres\//] } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: "unit", include: ["app/**/*.test.{ts,tsx}"] } },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          ...onDatabase,
          // Half of what they take is waiting, so that two cores have room for three.
          maxWorkers: 3,
          // After the unit tests: two projects at once would share two cores.
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // They take minutes: `npm run test:faults`, and no part of `npm test`.
        test: {
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          ...onDatabase,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
