import { applyMigrations, MigrationMismatchError, readApplied, readJournal } from "./apply-migrations.server";
import { databaseUrl, sql } from "./db.server";
import { env } from "./env.server";
import { grantToRuntime } from "./grant-to-runtime.server";

export { MigrationMismatchError };

/**
 * Brings this process's database up to date, as its owner where DATABASE_OWNER_URL names one; the role that the process
 * works as owns nothing then. Throws MigrationMismatchError: then the process is to exit 78.
 */
export async function migrateDatabase(): Promise<void> {
  const owner = env.DATABASE_OWNER_URL;
  await applyMigrations(owner ?? databaseUrl);
  if (owner === undefined) return;
  const [here] = await sql<{ role: string }[]>`select current_user as role`;
  if (here) await grantToRuntime(owner, here.role);
}

/**
 * Whether every migration of this build is applied. A newer build may have applied more: old processes go on
 * serving while they are replaced. Throws when the database does not answer.
 */
export async function migrationsCurrent(): Promise<boolean> {
  const [applied, journal] = await Promise.all([readApplied(sql), readJournal()]);
  return journal.every(({ hash }, index) => applied[index]?.hash === hash);
}
