import { queues } from "~/features/operations/queues.server";
import { checkVaultAtStart } from "~/infra/check-vault-at-start.server";
import { startJobs } from "~/infra/jobs.server";
import { MigrationMismatchError, migrateDatabase } from "~/infra/migrate.server";
import { assertNodeMajor, refuseToStart } from "~/infra/runtime.server";

/** What every long-lived process does before it works: right Node, database up to date, keys checked, queues there. */
export async function boot(options: { work: boolean }): Promise<void> {
  assertNodeMajor();
  try {
    await migrateDatabase();
  } catch (error) {
    if (error instanceof MigrationMismatchError) refuseToStart([error.message]);
    throw error;
  }
  await checkVaultAtStart();
  await startJobs(queues, options);
}
