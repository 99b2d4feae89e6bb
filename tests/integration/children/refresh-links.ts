import { once } from "node:events";
import { refreshLinks } from "~/features/accounts/refresh-links.server";
import { closeDatabase } from "~/infra/db.server";

/** A process of its own for refresh-links.test.ts: says `ready`, refreshes what is due when it hears a line, and ends. */
process.stdout.write("ready\n");
await once(process.stdin, "data");
await refreshLinks();
process.stdout.write("done\n");
process.stdin.destroy();
await closeDatabase();
