import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { z } from "zod";

/** What is in the database is not what this build would have put there. The process is to exit 78. */
export class MigrationMismatchError extends Error {
  override readonly name = "MigrationMismatchError";
}

export interface Migration {
  tag: string;
  /** Of the file's text, as drizzle stores it. */
  hash: string;
  /** Milliseconds; drizzle applies what is younger than the last applied one, and nothing else. */
  when: number;
}

const MIGRATION_LOCK = 4_711_002;
/** Another process may be migrating: it may take its time, but not for ever. */
const LOCK_MS = 5 * 60_000;
const STATEMENT_MS = 30 * 60_000;

const journalSchema = z.object({ entries: z.array(z.object({ when: z.number(), tag: z.string() })) });

/**
 * Brings the database at `url` up to the journal in `folder`: one connection, under an advisory lock, so any number
 * of processes may call it at once. Throws MigrationMismatchError when the two disagree, before anything is changed.
 */
export async function applyMigrations(url: string, folder: string = migrationsFolder()): Promise<void> {
  const journal = await readJournal(folder);
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 10,
    idle_timeout: 0,
    max_lifetime: null, // the lock lives in the session
    connection: { application_name: "trendpot-migrate", lock_timeout: LOCK_MS, statement_timeout: STATEMENT_MS },
    onnotice: () => undefined,
  });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    checkHistory(await readApplied(sql), journal);
    await migrate(drizzle(sql), { migrationsFolder: folder });
    const applied = await readApplied(sql);
    checkHistory(applied, journal);
    if (applied.length !== journal.length) {
      throw new MigrationMismatchError(`${applied.length} migrations are applied and this build has ${journal.length}`);
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * Throws MigrationMismatchError unless `applied` is the beginning of `journal` and drizzle would apply all the rest:
 * it skips, without a word, a migration that is older than the last one applied (two branches merged late).
 */
export function checkHistory(
  applied: readonly Pick<Migration, "hash" | "when">[],
  journal: readonly Migration[],
): void {
  for (const [index, entry] of applied.entries()) {
    const expected = journal[index];
    if (!expected) {
      throw new MigrationMismatchError(
        `the database has ${applied.length} migrations and this build only ${journal.length}: it is a newer build's database`,
      );
    }
    if (expected.hash !== entry.hash) {
      throw new MigrationMismatchError(
        `migration ${expected.tag} is not the one that was applied: it was edited, or another one took its place`,
      );
    }
  }
  const skipped = journal.find(({ when }, index) => index > 0 && when <= (journal[index - 1]?.when ?? 0));
  if (skipped) {
    throw new MigrationMismatchError(`migration ${skipped.tag} is older than the one before it and would be skipped`);
  }
  const lastWhen = applied.at(-1)?.when ?? 0;
  const late = journal.slice(applied.length).find(({ when }) => when <= lastWhen);
  if (late) {
    throw new MigrationMismatchError(`migration ${late.tag} is older than the last applied one and would be skipped`);
  }
}

/** The applied migrations in their order; none when the database has never been migrated. */
export async function readApplied(sql: postgres.Sql): Promise<Pick<Migration, "hash" | "when">[]> {
  const [table] = await sql<{ there: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  if (!table?.there) return [];
  const rows = await sql<{ hash: string; createdAt: string }[]>`
    select hash, created_at as "createdAt" from drizzle.__drizzle_migrations order by id`;
  return rows.map(({ hash, createdAt }) => ({ hash, when: Number(createdAt) }));
}

export async function readJournal(folder: string = migrationsFolder()): Promise<Migration[]> {
  const text = await readFile(path.join(folder, "meta", "_journal.json"), "utf8");
  return Promise.all(
    journalSchema.parse(JSON.parse(text)).entries.map(async ({ tag, when }) => {
      const hash = createHash("sha256").update(await readFile(path.join(folder, `${tag}.sql`), "utf8"));
      return { tag, when, hash: hash.digest("hex") };
    }),
  );
}

/** drizzle/migrations of this project: found upwards, since this code runs from app/ and from build/. */
export function migrationsFolder(): string {
  const start = path.dirname(fileURLToPath(import.meta.url));
  for (let folder = start; path.dirname(folder) !== folder; folder = path.dirname(folder)) {
    const found = path.join(folder, "drizzle", "migrations");
    if (existsSync(path.join(found, "meta", "_journal.json"))) return found;
  }
  throw new Error(`no drizzle/migrations above ${start}`);
}
