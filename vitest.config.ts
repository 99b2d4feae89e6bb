import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
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
    projects: [
      { extends: true, test: { name: "unit", include: ["app/**/*.test.{ts,tsx}"] } },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          ...onDatabase,
          maxWorkers: 2,
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
