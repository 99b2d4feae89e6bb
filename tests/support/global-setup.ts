import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { applyMigrations } from "~/infra/apply-migrations.server";
import { ADMIN_URL, TEMPLATE, withAdmin } from "./test-database";

const START_MS = 120_000;
const STOP_MS = 60_000;

/**
 * Gives every test process a server with a migrated template (see test-database.ts): DATABASE_URL's if it is set,
 * else one of its own (see serve-test-database.ts). Returns the teardown, which leaves nothing behind.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await findServer();
  const template = `trendpot_test_${randomBytes(4).toString("hex")}`;
  const templateUrl = new URL(server.url);
  templateUrl.pathname = `/${template}`;
  const teardown = async () => {
    try {
      await withAdmin(server.url, (sql) => dropAll(sql, template));
    } finally {
      await server.stop();
    }
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
  const script = fileURLToPath(new URL("serve-test-database.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true, // Ctrl-C is for the tests; it ends after them
  });
  const ended = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const url = await Promise.race([
    once(lines, "line", { signal: AbortSignal.timeout(START_MS) }).then(([line]) => String(line)),
    ended.then(() => null),
  ]);
  if (url === null) throw new Error("the test database did not start: see above");
  const stop = async () => {
    child.stdin.end();
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(timer);
  };
  return { url, stop };
}

async function dropAll(sql: Parameters<Parameters<typeof withAdmin>[1]>[0], template: string): Promise<void> {
  const rows = await sql<{ name: string }[]>`
    select datname as name from pg_database where datname = ${template} or starts_with(datname, ${`${template}_`})`;
  for (const { name } of rows) await sql.unsafe(`drop database if exists "${name}" with (force)`);
}
