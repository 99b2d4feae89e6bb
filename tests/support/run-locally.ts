import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type postgres from "postgres";
import { ensureEmbeddedPostgres } from "~/infra/embedded-postgres.server";
import { findFreePort, type ProductProcess, startWeb, startWorker } from "./product-process";
import { type StandIns, startStandIns } from "./stand-ins";
import { withAdmin } from "./test-database";
import { ADMIN, MODERATORS } from "./world/staff";

/**
 * `run-locally.ts demo`: everything on this machine with nothing configured: embedded PostgreSQL, TikTok and KMS
 * simulators, a fresh seeded world, a worker and the built app. `run-locally.ts dev`: the same, with Vite's
 * development server in place of the built app and worker. Ends, and puts all of it away, on Ctrl-C.
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const mode = process.argv[2] === "dev" ? "dev" : "demo";
const SEED_MS = 5 * 60_000;
const WANTED_TIKTOK_PORT = 3100;

const say = (line: string) => process.stdout.write(`${line}\n`);
const undo: (() => Promise<unknown>)[] = [];
const stopped = new Promise<void>((resolve) => {
  // However often: a second Ctrl-C must not leave what the first one is putting away.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
});

try {
  await Promise.race([start(), stopped]);
  await stopped;
  say("\nStopping.");
} finally {
  for (const step of undo.reverse()) await step();
}
process.exit(0);

async function start(): Promise<void> {
  const port = await findFreePort(Number(process.env.PORT ?? 3000));
  const appOrigin = `http://127.0.0.1:${port}`;
  const tiktokPort = await findFreePort(WANTED_TIKTOK_PORT);
  const standIns = await startStandIns({ appOrigin, tiktokPort, admins: [ADMIN] });
  undo.push(standIns.stop);
  const environment = { ...standIns.environment, DATABASE_URL: await makeDatabase(), LOG_LEVEL: "warn" };
  say("Making a world to look at:");
  const preload = fileURLToPath(new URL("product-seams.ts", import.meta.url));
  const seed = path.join(root, "tests", "support", "seed-demo.ts");
  await runToEnd(["--import", "tsx", "--import", preload, seed], environment);
  if (mode === "dev") await startDevelopment(environment);
  else await startProduction(environment);
  await announce(appOrigin, standIns);
}

/** A database of this run alone, in the embedded server; those of runs that ended are dropped. */
async function makeDatabase(): Promise<string> {
  const server = await ensureEmbeddedPostgres(path.join(root, ".data", "demo"));
  undo.push(server.release);
  const name = `demo_${process.pid}`;
  const drop = (sql: postgres.Sql, database: string) =>
    sql.unsafe(`drop database if exists "${database}" with (force)`);
  await withAdmin(server.url, async (sql) => {
    const left = await sql<{ name: string }[]>`
      select datname as name from pg_database d
      where starts_with(datname, 'demo_') and not exists (select from pg_stat_activity a where a.datname = d.datname)`;
    for (const database of left) await drop(sql, database.name);
    await drop(sql, name);
    await sql.unsafe(`create database "${name}"`);
  });
  undo.push(() => withAdmin(server.url, (sql) => drop(sql, name)));
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

async function startProduction(environment: Record<string, string>): Promise<void> {
  const onLine = (line: string) => say(line);
  const started: ProductProcess[] = [
    await startWeb({ environment: { ...environment, JOBS: "off" }, onLine }),
    await startWorker({ environment: { ...environment, LOG_LEVEL: "info" } }),
  ];
  undo.push(() => Promise.all(started.map((one) => one.stop())));
}

async function startDevelopment(environment: Record<string, string>): Promise<void> {
  const script = path.join(root, "app", "processes", "dev.mjs");
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { ...process.env, ...environment, NODE_ENV: "development" },
    stdio: "inherit",
    detached: true,
  });
  const exited = once(child, "exit");
  undo.push(async () => {
    child.kill("SIGTERM");
    await exited;
  });
  const ready = `${environment.APP_ORIGIN}/readyz`;
  while (
    !(await fetch(ready).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error("the development server ended: see above");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function runToEnd(args: string[], environment: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment, NODE_ENV: "development" },
    stdio: ["ignore", "inherit", "inherit"],
    timeout: SEED_MS,
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`seeding ended with ${code}: see above`);
}

async function announce(appOrigin: string, { tiktok }: StandIns): Promise<void> {
  const { cast } = await tiktok.state();
  const names = (openIds: readonly string[]) =>
    cast.filter(({ openId }) => openIds.includes(openId)).map(({ displayName }) => displayName);
  const creators = cast.filter(({ kind }) => kind === "creator").map(({ openId }) => openId);
  say(`
TrendPot runs at   ${appOrigin}
TikTok simulator   ${tiktok.origin}
Control panel      ${tiktok.origin}/__control/

Press “Continue with TikTok” and choose who to be:
  admin            ${names([ADMIN]).join(", ")}
  moderators       ${names(MODERATORS).join(", ")}
  creators         ${names(creators).join(", ")}
  other accounts   creators with 0, 1, 19, 20, 21, 60, 500 and 5,000 videos

Ctrl-C stops everything. The world is made anew at each start.`);
}
