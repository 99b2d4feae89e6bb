import { chmod, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { ensureEmbeddedPostgres } from "~/infra/embedded-postgres.server";

/**
 * A process of its own that lends a quick PostgreSQL to a test run: prints the address on one line, and puts
 * everything away when its stdin ends, which happens however the test run ends, kill -9 included.
 */
const FOLDER_PREFIX = "trendpot-test-";

/** What makes a server quick and forgetful: a test's data need not survive a power cut. */
const quick = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum_naptime: "1h" };

// A signal to the whole group is for the tests; this process ends after them.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.stdin.resume();
const parentIsGone = new Promise((resolve) => process.stdin.once("end", resolve).once("error", resolve));

await stopAbandoned();
// The pid in the name tells a later run whether this process is still alive.
const folder = await mkdtemp(path.join(os.tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
await chmod(folder, 0o711);
const server = await ensureEmbeddedPostgres(folder, { settings: quick });
process.stdout.write(`${server.url}\n`);

await parentIsGone;
await putAway(folder, server);

async function putAway(at: string, { url, home, release }: Awaited<ReturnType<typeof ensureEmbeddedPostgres>>) {
  const sql = postgres(url, { max: 1, connect_timeout: 5 });
  // Workers that outlive their run for a moment; the keeper's connection is what lets us stop the server.
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name <> 'trendpot-keeper'`;
  await sql.end({ timeout: 5 });
  await release();
  await rm(home, { recursive: true, force: true });
  await rm(at, { recursive: true, force: true });
}

/** Servers whose process was killed, or did not survive the machine: adopted, stopped and removed. */
async function stopAbandoned(): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    const pid = Number(new RegExp(`^${FOLDER_PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (!(pid > 0) || isAlive(pid)) continue;
    const at = path.join(os.tmpdir(), name);
    const mine = await stat(at).then(
      (found) => found.uid === process.getuid?.(),
      () => false,
    );
    if (mine) await putAway(at, await ensureEmbeddedPostgres(at));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
