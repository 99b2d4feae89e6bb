import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "#drizzle/schema";
import { ensureEmbeddedPostgres } from "./embedded-postgres.server";
import { EmbeddedPostgresError } from "./embedded-postgres-error";
import { env } from "./env.server";
import { log } from "./log.server";
import { once } from "./once.server";
import { refuseToStart } from "./runtime.server";

/**
 * The process's one database, connected on first use. Importing this module starts the embedded PostgreSQL when
 * DATABASE_URL is unset; if that cannot be had the process says why and exits 78.
 */
const held = await once("database", open);

/** For what drizzle does not do, e.g. pg-boss. Holds the password: never to be logged. */
export const databaseUrl = held.url;

/** The pool itself. drizzle has taken over its date parsers: timestamps come as text here, as Date through `db`. */
export const sql = held.sql;

export const db = held.db;
export type Database = typeof db;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Ends the pool (5 s for what still runs) and lets go of the embedded server. To be called last, and once. */
export async function closeDatabase(): Promise<void> {
  await sql.end({ timeout: 5 });
  await held.embedded?.release();
}

async function open() {
  const embedded = env.DATABASE_URL === undefined ? await startEmbedded() : undefined;
  const url = env.DATABASE_URL ?? embedded?.url ?? "";
  const client = postgres(url, {
    max: 10,
    connect_timeout: 10,
    idle_timeout: 60,
    connection: {
      application_name: "trendpot",
      statement_timeout: 30_000,
      // A request that died between two statements must not keep its locks.
      idle_in_transaction_session_timeout: 60_000,
    },
    onnotice: () => undefined,
  });
  return { url, embedded, sql: client, db: drizzle(client, { schema }) };
}

async function startEmbedded() {
  try {
    return await ensureEmbeddedPostgres(env.DATA_DIR, { report: (line) => log.warn(line) });
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) return refuseToStart([error.message]);
    throw error;
  }
}
