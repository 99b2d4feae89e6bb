import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { applyMigrations } from "~/infra/apply-migrations.server";
import { ensureEmbeddedPostgres } from "~/infra/embedded-postgres.server";
import { ADMIN_URL, TEMPLATE, withAdmin } from "./test-database";

const FOLDER_PREFIX = "trendpot-test-";

/** What makes a server quick and forgetful: a test's data need not survive a power cut. */
const quick = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum_naptime: "1h" };

/**
 * Gives every test process a server with a migrated template (see test-database.ts): DATABASE_URL's if it is set,
 * else an embedded one in a temporary folder. Returns the teardown, which leaves nothing behind.
 */
export default async function setup(): Promise<() => Promise<void>> {
  await stopAbandoned();
  const server = await findServer();
  const template = `trendpot_test_${randomBytes(4).toString("hex")}`;
  const templateUrl = new URL(server.url);
  templateUrl.pathname = `/${template}`;
  const teardown = async () => {
    await withAdmin(server.url, (sql) => dropAll(sql, template));
    await server.stop();
  };
  try {
    await withAdmin(server.url, (sql) => sql.unsafe(`create database "${template}"`));
    await applyMigrations(templateUrl.href);
  } catch (error) {
    await teardown();
    throw error;
  }
  process.env[ADMIN_URL] = server.url;
  process.env[TEMPLATE] = template;
  return teardown;
}

interface Server {
  url: string;
  stop(): Promise<void>;
}

async function findServer(): Promise<Server> {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => undefined };
  // The pid in the name tells a later run whether this one is still alive.
  const folder = await mkdtemp(path.join(os.tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  await chmod(folder, 0o711);
  const { url, home, release } = await ensureEmbeddedPostgres(folder, { settings: quick });
  const stop = async () => {
    await release();
    await rm(home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

async function dropAll(sql: Parameters<Parameters<typeof withAdmin>[1]>[0], template: string): Promise<void> {
  const rows = await sql<{ name: string }[]>`
    select datname as name from pg_database where datname = ${template} or starts_with(datname, ${`${template}_`})`;
  for (const { name } of rows) await sql.unsafe(`drop database if exists "${name}" with (force)`);
}

/** Servers of runs that were killed: adopted, stopped and removed. */
async function stopAbandoned(): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    const pid = Number(new RegExp(`^${FOLDER_PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (!(pid > 0) || isAlive(pid)) continue;
    const folder = path.join(os.tmpdir(), name);
    const mine = await stat(folder).then(
      (found) => found.uid === process.getuid?.(),
      () => false,
    );
    if (!mine) continue;
    const { home, release } = await ensureEmbeddedPostgres(folder);
    await release();
    await rm(home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
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
