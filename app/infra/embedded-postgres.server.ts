import { createHash } from "node:crypto";
import { mkdir, realpath } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import {
  canEnter,
  findBinaries,
  findIdentity,
  type Identity,
  makeReachableHome,
} from "./embedded-postgres-binaries.server";
import {
  type Cluster,
  makeCluster,
  makeOwnedFolder,
  POSTGRES_USER,
  readPostmaster,
  removeStalePidFile,
  startServer,
  stopServer,
} from "./embedded-postgres-cluster.server";
import { EmbeddedPostgresError } from "./embedded-postgres-error";

export interface EmbeddedPostgres {
  /** With the password; for postgres.js and pg alike. */
  url: string;
  /** Where the data really is: not under `dataDir` when PostgreSQL's user cannot enter it. */
  home: string;
  /** Lets go of the server; the last process to do so stops it. Call it once the process's own pools are closed. */
  release(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Further settings of the server, if this call starts it. */
  settings?: Readonly<Record<string, string>>;
  /** Told in one line, without secrets, when the server was lost and what came of it. */
  report?: (line: string) => void;
}

const READY_MS = 120_000;
const PAUSE_MS = 100;
/** Each process holds this lock shared for its life; who gets it alone is the last one and may stop the server. */
const KEEPER_LOCK = 4_711_001;
/** A pool's connections are gone for the client before they are gone from pg_stat_activity. */
const FAREWELL_MS = 2_000;
const RECOVERIES = 5;

/**
 * A real PostgreSQL of this machine's own: adopts the one that runs on `dataDir`, else starts it, else makes it
 * first. Processes that call it at once share one. If the server dies it is started again on the same port.
 * Throws EmbeddedPostgresError when it cannot be had; waits two minutes at most.
 */
export async function ensureEmbeddedPostgres(
  dataDir: string,
  options: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const identity = await findIdentity();
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  // The real path: a running server is known by it, whichever way it was named.
  const base = await realpath(dataDir);
  const binaries = await findBinaries(identity, base);
  const home = await findHome(base, identity);
  const password = await makeCluster(home, binaries, identity);
  const cluster: Cluster = {
    binaries,
    identity,
    home,
    data: path.join(home, "pg"),
    password,
    settings: options.settings ?? {},
  };
  const report = options.report ?? (() => undefined);
  return keep(cluster, report);
}

/** `base`/postgres, or a folder elsewhere named after `base` when root's unprivileged user cannot get there. */
async function findHome(base: string, identity: Identity): Promise<string> {
  let home = path.join(base, "postgres");
  if (!(await canEnter(identity, base))) {
    const key = createHash("sha256").update(base).digest("hex").slice(0, 16);
    home = path.join(await makeReachableHome("data"), key);
  }
  await makeOwnedFolder(home, identity);
  return home;
}

async function keep(cluster: Cluster, report: (line: string) => void): Promise<EmbeddedPostgres> {
  let released = false;
  let recoveries = 0;
  const url = (port: number) => `postgres://${POSTGRES_USER}:${cluster.password}@127.0.0.1:${port}/postgres`;

  let keeper = await hold(cluster, url, onLost);
  const firstPort = keeper.port;
  let recovery: Promise<void> = Promise.resolve();

  function onLost(): void {
    if (released) return;
    recovery = recover().catch((error: unknown) => {
      report(error instanceof Error ? error.message : "the embedded PostgreSQL could not be started again");
    });
  }

  async function recover(): Promise<void> {
    recoveries += 1;
    if (recoveries > RECOVERIES) throw new EmbeddedPostgresError(`it was lost ${recoveries} times in this process`);
    report("the embedded PostgreSQL was lost: starting it again");
    const found = await hold(cluster, url, onLost);
    keeper = found;
    if (found.port !== firstPort)
      throw new EmbeddedPostgresError(`port ${firstPort} was taken meanwhile: restart the app`);
    report("the embedded PostgreSQL is back");
  }

  return {
    url: url(firstPort),
    home: cluster.home,
    release: async () => {
      if (released) return;
      released = true;
      await recovery;
      await letGo(cluster, keeper.sql);
    },
  };
}

interface Keeper {
  sql: postgres.Sql;
  port: number;
}

/** Brings the server up if need be, and connects to it for as long as this process wants it. */
async function hold(cluster: Cluster, url: (port: number) => string, onLost: () => void): Promise<Keeper> {
  const deadline = Date.now() + READY_MS;
  let last: unknown;
  while (Date.now() < deadline) {
    const found = await readPostmaster(cluster);
    switch (found.state) {
      case "stale":
        await removeStalePidFile(cluster, found.content);
        break;
      case "absent":
        if ((await startServer(cluster)) === "again") await delay(PAUSE_MS * 5);
        break;
      case "changing":
        await delay(PAUSE_MS);
        break;
      case "ready":
        try {
          return { sql: await connectKeeper(url(found.port), onLost), port: found.port };
        } catch (error) {
          if (error instanceof postgres.PostgresError && error.code.startsWith("28")) {
            throw new EmbeddedPostgresError(`the server on ${cluster.data} refuses the password kept beside its data`);
          }
          last = error; // it is just stopping, or recovering: look again
          await delay(PAUSE_MS);
        }
        break;
      default:
        found satisfies never;
    }
  }
  throw new EmbeddedPostgresError(`the server on ${cluster.data} was not ready in time`, { cause: last });
}

/** One connection that holds the keeper lock shared. `onLost` is called once if it ends by itself. */
async function connectKeeper(url: string, onLost: () => void): Promise<postgres.Sql> {
  let held = false;
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 5,
    idle_timeout: 0,
    max_lifetime: null,
    fetch_types: false,
    connection: { application_name: "trendpot-keeper", statement_timeout: 10_000 },
    onnotice: () => undefined,
    onclose: () => {
      if (!held) return;
      held = false;
      void sql.end({ timeout: 0 });
      onLost();
    },
  });
  try {
    // Waits while another process, the last one until now, makes up its mind; if it stops the server, this fails.
    await sql`select pg_advisory_lock_shared(${KEEPER_LOCK})`;
    held = true;
    return sql;
  } catch (error) {
    await sql.end({ timeout: 0 });
    throw error;
  }
}

async function letGo(cluster: Cluster, sql: postgres.Sql): Promise<void> {
  try {
    const last = await isLast(sql).catch(() => false); // a server that does not answer is gone or going
    if (last) await stopServer(cluster);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Holds the keeper lock alone when it says true, so that nobody adopts a server that is about to stop. */
async function isLast(sql: postgres.Sql): Promise<boolean> {
  await sql`select pg_advisory_unlock_shared(${KEEPER_LOCK})`;
  const [lock] = await sql<{ alone: boolean }[]>`select pg_try_advisory_lock(${KEEPER_LOCK}) as alone`;
  if (!lock?.alone) return false;
  const deadline = Date.now() + FAREWELL_MS;
  do {
    const [others] = await sql<{ count: number }[]>`
      select count(*)::int from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`;
    if (others?.count === 0) return true;
    await delay(PAUSE_MS / 2);
  } while (Date.now() < deadline);
  return false;
}
