import postgres from "postgres";
import { ensureEmbeddedPostgres } from "~/infra/embedded-postgres.server";

/**
 * A process of its own for embedded-postgres.test.ts: takes the server of a folder, prints where it is on one line,
 * keeps a pool open, and lets go when its stdin ends.
 */
const [folder] = process.argv.slice(2);
if (!folder) throw new Error("usage: hold-embedded-postgres <folder>");
const server = await ensureEmbeddedPostgres(folder);
const sql = postgres(server.url, { max: 2 });
const [row] = await sql<{ started: string }[]>`select pg_postmaster_start_time()::text as started`;
process.stdout.write(`${JSON.stringify({ url: server.url, home: server.home, started: row?.started })}\n`);

process.stdin.resume();
await new Promise((resolve) => process.stdin.once("end", resolve));
await sql.end({ timeout: 5 });
await server.release();
