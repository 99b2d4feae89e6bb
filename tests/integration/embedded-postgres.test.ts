import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type EmbeddedPostgres, ensureEmbeddedPostgres } from "~/infra/embedded-postgres.server";
import { EmbeddedPostgresError } from "~/infra/embedded-postgres-error";
import { isAlive, postmasterPid, removeHome } from "./postmaster";

const child = fileURLToPath(new URL("children/hold-embedded-postgres.ts", import.meta.url));
const isRoot = process.getuid?.() === 0;

interface Held {
  url: string;
  home: string;
  started: string;
}

let folder: string;
let servers: EmbeddedPostgres[];
let children: ChildProcess[];
let homes: Set<string>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "embedded-"));
  await chmod(folder, 0o711);
  servers = [];
  children = [];
  homes = new Set();
});

afterEach(async () => {
  for (const one of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    one.kill("SIGKILL");
    await once(one, "exit");
  }
  for (const server of servers) await server.release();
  for (const home of homes) await removeHome(home);
  await rm(folder, { recursive: true, force: true });
});

async function ensure(dataDir = folder): Promise<EmbeddedPostgres> {
  const server = await ensureEmbeddedPostgres(dataDir, { settings: { fsync: "off" } });
  servers.push(server);
  homes.add(server.home);
  return server;
}

/** Another process that takes the server; resolves when it has it. */
async function startChild(): Promise<{ process: ChildProcess; held: Held; end(): Promise<void> }> {
  const started = spawn(process.execPath, ["--import", "tsx", child, folder], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(started);
  const lines = createInterface({ input: started.stdout });
  const [line] = (await once(lines, "line", { signal: AbortSignal.timeout(30_000) })) as [string];
  const held: Held = JSON.parse(line);
  homes.add(held.home);
  const end = async () => {
    started.stdin.end();
    await once(started, "exit", { signal: AbortSignal.timeout(20_000) });
  };
  return { process: started, held, end };
}

async function query<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5 });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

const startedAt = (url: string) =>
  query(url, async (sql) => {
    const [row] = await sql<{ started: string }[]>`select pg_postmaster_start_time()::text as started`;
    return row?.started;
  });

const untilDead = (pid: number) => vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 15_000 });

describe("the embedded PostgreSQL", () => {
  test("is made and started, listens on loopback alone, and keeps its password to its owner", async () => {
    const server = await ensure();
    const [settings] = await query(
      server.url,
      (sql) => sql`
        select current_setting('listen_addresses') as listen, current_setting('unix_socket_directories') as sockets,
          current_setting('max_connections')::int as connections, current_setting('server_version_num')::int as version,
          (select datlocale from pg_database where datname = 'postgres') as locale`,
    );
    expect(settings).toMatchObject({ listen: "127.0.0.1", sockets: "", connections: 200, locale: "C.UTF-8" });
    expect(settings?.version).toBeGreaterThanOrEqual(180_000);
    expect((await stat(path.join(server.home, "pg", "app_password"))).mode & 0o777).toBe(0o600);
    expect((await stat(server.home)).mode & 0o777).toBe(0o700);
    const wrong = new URL(server.url);
    wrong.password = "wrong";
    await expect(query(wrong.href, (sql) => sql`select 1`)).rejects.toMatchObject({ code: "28P01" });
  });

  test("is shared by processes that start at once, and stopped by the last one out", async () => {
    const [one, two, three] = await Promise.all([startChild(), startChild(), startChild()]);
    expect(new Set([one.held.url, two.held.url, three.held.url]).size).toBe(1);
    expect(new Set([one.held.started, two.held.started, three.held.started]).size).toBe(1);
    const pid = await postmasterPid(one.held.home);
    if (!pid) throw new Error("no postmaster");
    await one.end();
    await two.end();
    expect(await startedAt(three.held.url)).toBe(one.held.started);
    await three.end();
    expect(await postmasterPid(one.held.home)).toBeNull();
    await untilDead(pid);
  });

  test("is adopted when its process was killed, and stays up for a stranger's connection", async () => {
    const first = await startChild();
    first.process.kill("SIGKILL");
    await once(first.process, "exit");
    const otherName = path.join(folder, "link");
    await symlink(folder, otherName);
    const server = await ensure(otherName);
    expect(server.url).toBe(first.held.url);
    await query(server.url, async (sql) => {
      expect((await sql`select pg_postmaster_start_time()::text as started`)[0]?.started).toBe(first.held.started);
      await server.release();
      expect(await sql`select 1 as still`).toEqual([{ still: 1 }]);
    });
    await (await ensure()).release();
    expect(await postmasterPid(server.home)).toBeNull();
  });

  test("keeps its data over kill -9 and comes back on the same port for those that use it", async () => {
    const lines: string[] = [];
    const server = await ensureEmbeddedPostgres(folder, { report: (line) => lines.push(line) });
    servers.push(server);
    homes.add(server.home);
    await query(server.url, (sql) => sql`create table kept as select 42 as answer`);
    const pid = await postmasterPid(server.home);
    if (!pid) throw new Error("no postmaster");
    process.kill(pid, "SIGKILL");
    await vi.waitFor(
      async () => expect(await query(server.url, (sql) => sql`select answer from kept`)).toEqual([{ answer: 42 }]),
      { timeout: 20_000, interval: 200 },
    );
    expect(await postmasterPid(server.home)).not.toBe(pid);
    await vi.waitFor(() => expect(lines.at(-1)).toBe("the embedded PostgreSQL is back"), { timeout: 10_000 });
    await server.release();
    expect(await postmasterPid(server.home)).toBeNull();
  });

  test("starts although everything was killed and its pid now belongs to another process", async () => {
    const first = await startChild();
    const pid = await postmasterPid(first.held.home);
    if (!pid) throw new Error("no postmaster");
    first.process.kill("SIGKILL");
    process.kill(pid, "SIGKILL");
    await untilDead(pid);
    // After a restart of the machine the number in the file is often somebody else's.
    const pidFile = path.join(first.held.home, "pg", "postmaster.pid");
    const lines = (await readFile(pidFile, "utf8")).split("\n");
    await writeFile(pidFile, [String(process.pid), ...lines.slice(1)].join("\n"));
    const server = await ensure();
    expect(await startedAt(server.url)).not.toBe(first.held.started);
  });

  test.runIf(isRoot)("runs for root out of a folder that only root can enter, and keeps its data", async () => {
    const closed = path.join(folder, "closed");
    await mkdir(closed, { mode: 0o700 });
    const dataDir = path.join(closed, "data");
    const server = await ensure(dataDir);
    expect(server.home.startsWith(folder)).toBe(false);
    expect((await stat(server.home)).mode & 0o777).toBe(0o700);
    await query(server.url, (sql) => sql`create table kept as select 42 as answer`);
    await server.release();
    const again = await ensure(dataDir);
    expect(again.home).toBe(server.home);
    expect(await query(again.url, (sql) => sql`select answer from kept`)).toEqual([{ answer: 42 }]);
    await again.release();
    const other = await ensure(path.join(closed, "other"));
    expect(other.home).not.toBe(server.home);
  });

  test("refuses data of another major version in plain words", async () => {
    const server = await ensure();
    await server.release();
    await writeFile(path.join(server.home, "pg", "PG_VERSION"), "15\n");
    const refused = ensureEmbeddedPostgres(folder);
    await expect(refused).rejects.toThrow(EmbeddedPostgresError);
    await expect(refused).rejects.toThrow(/of PostgreSQL 15 .* Set DATABASE_URL/);
  });
});

describe.runIf(process.platform === "linux")("where there is no build of PostgreSQL", () => {
  const real = Object.getOwnPropertyDescriptor(process, "platform");

  afterEach(() => {
    if (real) Object.defineProperty(process, "platform", real);
  });

  test.each([
    ["win32", /win32-.* is not supported\. Set DATABASE_URL/],
    ["darwin", /@embedded-postgres\/darwin-.* is not installed\. Set DATABASE_URL/],
  ])("%s is refused with the way out", async (platform, message) => {
    Object.defineProperty(process, "platform", { value: platform });
    const refused = ensureEmbeddedPostgres(folder);
    await expect(refused).rejects.toThrow(EmbeddedPostgresError);
    await expect(refused).rejects.toThrow(message);
  });
});
