import { closeDatabase } from "~/infra/db.server";
import { stopJobs } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";

/** A stop that takes longer than this is cut. */
const HARD_STOP_MS = 10_000;

/** On SIGTERM or SIGINT: `drain`, then jobs, then the database, then exit. A second signal ends it at once. */
export function stopOnSignal(drain: () => Promise<void>): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => {
      log.error("stopped the hard way");
      process.exit(1);
    }, HARD_STOP_MS).unref();
    void Promise.all([drain(), stopJobs()])
      .then(closeDatabase)
      .then(() => process.exit(0))
      .catch((error: unknown) => {
        log.error({ err: error }, "could not stop cleanly");
        process.exit(1);
      });
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
}
