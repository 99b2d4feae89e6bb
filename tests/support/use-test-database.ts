import { afterAll } from "vitest";
import { createTestDatabase } from "./test-database";

/**
 * One database per test file, named before the file's imports run: app/infra/db.server.ts reads DATABASE_URL when
 * it is first imported.
 */
const database = await createTestDatabase();
process.env.DATABASE_URL = database.url;

afterAll(async () => {
  const { trendpot } = globalThis as typeof globalThis & { trendpot?: Map<string, unknown> };
  // Only a file that used the database has a pool to close; importing it here would open one.
  if (trendpot?.has("database")) {
    const { closeDatabase } = await import("~/infra/db.server");
    await closeDatabase();
  }
  await database.drop();
});
