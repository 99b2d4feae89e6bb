import { queues } from "~/features/operations/queues.server";
import { closeDatabase } from "~/infra/db.server";
import { retryDeadJobs, startJobs, stopJobs } from "~/infra/jobs.server";
import { migrateDatabase } from "~/infra/migrate.server";
import { assertNodeMajor } from "~/infra/runtime.server";

/** Taken from the dead letters at once. */
const MOST = 1_000;

/** npm run jobs:retry: gives every job in the dead letters another life. */
assertNodeMajor();
await migrateDatabase();
await startJobs(queues, { work: false });
for (const queue of queues) {
  let retried = 0;
  for (let batch = MOST; batch === MOST; retried += batch) {
    batch = await retryDeadJobs(queue, { most: MOST }, { actor: { kind: "operator" } });
  }
  process.stdout.write(`${queue.name}: ${retried} retried\n`);
}
await stopJobs();
await closeDatabase();
process.exit(0);
