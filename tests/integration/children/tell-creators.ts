import { once } from "node:events";
import { tellCreators } from "~/features/notifications/tell-creators.server";
import { closeDatabase } from "~/infra/db.server";

/** A process of its own for notifications.test.ts: says `ready`, tells what is due when it hears a line, and ends. */
process.stdout.write("ready\n");
await once(process.stdin, "data");
await tellCreators();
process.stdout.write("done\n");
process.stdin.destroy();
await closeDatabase();
