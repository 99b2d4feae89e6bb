import { once } from "node:events";
import { sendLetters } from "~/features/notifications/send-letters.server";
import { closeDatabase } from "~/infra/db.server";

/** A process of its own for letters.test.ts: says `ready`, sends what is due when it hears a line, and ends. */
process.stdout.write("ready\n");
await once(process.stdin, "data");
await sendLetters();
process.stdout.write("done\n");
process.stdin.destroy();
await closeDatabase();
