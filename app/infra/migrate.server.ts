import { applyMigrations, MigrationMismatchError, readApplied, readJournal } from "./apply-migrations.server";
import { databaseUrl, sql } from "./db.server";

export { MigrationMismatchError };

/** Brings this process's database up to date. Throws MigrationMismatchError: then the process is to exit 78. */
export async function migrateDatabase(): Promise<void> {
  await applyMigrations(databaseUrl);
}

/**
 * Whether every migration of this build is applied. A newer build may have applied more: old processes go on
 * serving while they are replaced. Throws when the database does not answer.
 */
export async function migrationsCurrent(): Promise<boolean> {
  const [applied, journal] = await Promise.all([readApplied(sql), readJournal()]);
  return journal.every(({ hash }, index) => applied[index]?.hash === hash);
}
