import { closeDatabase } from "~/infra/db.server";
import { stopJobs } from "~/infra/jobs.server";
import { boot } from "~/processes/boot.server";
import { countStates, makeDemoWorld } from "./world/demo-world";

/** Fills the database that its environment names with the demo's world, and ends. Run with `--import` of product-seams. */
await boot({ work: true });
await makeDemoWorld(new Date(), (line) => process.stdout.write(`  ${line}\n`));
process.stdout.write(`  states: ${JSON.stringify(await countStates())}\n`);
await stopJobs();
await closeDatabase();
