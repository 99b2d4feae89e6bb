import { closeDatabase } from "~/infra/db.server";
import { retryDeadJobs, startJobs, stopJobs } from "~/infra/jobs.server";
import { migrateDatabase } from "~/infra/migrate.server";
import { assertNodeMajor } from "~/infra/runtime.server";
import { queues } from "./register-jobs.server";

/** npm run jobs:retry: gives every job in the dead letters another life. */
assertNodeMajor();
await migrateDatabase();
await startJobs(queues, { work: false });
const outcomes = await retryDeadJobs(queues);
await stopJobs();
await closeDatabase();
for (const { queue, retried } of outcomes) process.stdout.write(`${queue}: ${retried} retried\n`);
process.exit(0);
