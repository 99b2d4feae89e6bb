import { log } from "~/infra/log.server";
import { boot } from "./boot.server";
import { stopOnSignal } from "./stop.server";

/** npm run worker: takes jobs and serves nothing; any number of them may run. */
await boot({ work: true });
stopOnSignal(() => Promise.resolve());
log.info("working");
