import { shareMetrics } from "~/features/operations/share-metrics.server";
import { env } from "~/infra/env.server";
import { log } from "~/infra/log.server";
import { boot } from "./boot.server";
import { stopOnSignal } from "./stop.server";

/** npm run worker: takes jobs and serves nothing; any number of them may run. */
await boot({ work: true });
const stopSharing = env.METRICS_TOKEN ? shareMetrics() : () => undefined;
stopOnSignal(async () => stopSharing());
log.info("working");
