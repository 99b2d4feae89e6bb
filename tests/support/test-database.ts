import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";

/** Set by global-setup for every test process: the server's address, and the migrated template's name. */
export const ADMIN_URL = "TEST_DATABASE_ADMIN_URL";
export const TEMPLATE = "TEST_DATABASE_TEMPLATE";

const TEMPLATE_BUSY = "55006";
const ATTEMPTS = 50;

export interface TestDatabase {
  url: string;
  /** Cuts what is still connected. */
  drop(): Promise<void>;
}

/** A fresh, migrated, empty database of its own: a copy of the template. With `bare` it has no tables yet. */
export async function createTestDatabase(options: { bare?: boolean } = {}): Promise<TestDatabase> {
  const adminUrl = required(ADMIN_URL);
  const name = `${required(TEMPLATE)}_${randomBytes(6).toString("hex")}`;
  const template = options.bare ? "template0" : required(TEMPLATE);
  await withAdmin(adminUrl, async (sql) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await sql.unsafe(`create database "${name}" template "${template}"`);
        return;
      } catch (error) {
        // Another test copies the template at this moment (autovacuum looks into it too).
        const busy = error instanceof postgres.PostgresError && error.code === TEMPLATE_BUSY;
        if (!busy || attempt >= ATTEMPTS) throw error;
        await delay(100);
      }
    }
  });
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => withAdmin(adminUrl, (sql) => sql.unsafe(`drop database if exists "${name}" with (force)`)),
  };
}

/** Runs `work` on one connection to the server itself. */
export async function withAdmin(adminUrl: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is unset: this test needs tests/support/global-setup.ts`);
  return value;
}
