import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type postgres from "postgres";
import { ensureEmbeddedPostgres } from "~/infra/embedded-postgres.server";
import { findFreePort } from "../support/product-process";
import { withAdmin } from "../support/test-database";
import { ADMIN } from "../support/world/staff";
import { root } from "./child";
import { type Comparison, inWords } from "./compare";

/**
 * `npm run bench`: three figures, each ours against a bare floor, as three lines and in test-results/bench.json. It
 * starts what it needs (a PostgreSQL as the product runs its own, durable; the TikTok simulator) and puts it away.
 */
interface Figure {
  name: string;
  aim: { ratio: number; at: "least" | "most" };
  unit: string;
  comparison: Comparison;
  /** What else was measured, for the file, and how it is said. */
  besides?: { words: string; values: object };
}

const note = (line: string) => process.stderr.write(`bench: ${line}\n`);
const undo: (() => Promise<unknown>)[] = [];
const stopped = new Promise<"stopped">((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve("stopped"));
});

try {
  const loadBefore = os.loadavg();
  const figures = await Promise.race([measureAll(), stopped]);
  if (figures === "stopped") throw new Error("stopped before it was done");
  for (const figure of figures) process.stdout.write(`${describe(figure)}\n`);
  const machine = { node: process.version, cpus: os.cpus().length, model: os.cpus()[0]?.model };
  const result = { at: new Date().toISOString(), machine, load: { before: loadBefore, after: os.loadavg() }, figures };
  await mkdir(path.join(root, "test-results"), { recursive: true });
  await writeFile(path.join(root, "test-results", "bench.json"), `${JSON.stringify(result, null, 2)}\n`);
} catch (error) {
  note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  for (const step of undo.toReversed()) await step();
}
process.exit();

async function measureAll(): Promise<Figure[]> {
  const environment = await prepare();
  // Read once, when the product is first imported in this process; so the imports come after.
  Object.assign(process.env, environment);
  await import("../support/product-seams");
  const { boot } = await import("~/processes/boot.server");
  await boot({ work: false });
  const { closeDatabase } = await import("~/infra/db.server");
  const { stopJobs } = await import("~/infra/jobs.server");
  undo.push(closeDatabase, stopJobs);

  note("opening tokens");
  const { compareOpenToken } = await import("./open-token");
  const opening = await compareOpenToken();

  note("syncing 500 videos, over and over");
  const { compareFullSync, startMeasuredWorker } = await import("./full-sync");
  const starting = startMeasuredWorker(environment);
  // Also when it is still starting as this run is stopped.
  undo.push(() => starting.then(({ stop }) => stop()).catch(() => undefined));
  const worker = await starting;
  const { elapsed, cpu } = await compareFullSync(worker);

  note("making a challenge, and asking for its page");
  const { makeChallenge } = await import("./challenge-world");
  const page = await makeChallenge();
  await worker.stop();
  const { compareChallengePage } = await import("./challenge-page");
  const { requestsPerSecond, bytes } = await compareChallengePage(page, environment);

  return [
    {
      name: "challenge page",
      aim: { ratio: 0.8, at: "least" },
      unit: "requests/s",
      comparison: requestsPerSecond,
      besides: { words: `${bytes.ours} and ${bytes.floor} bytes`, values: { bytes } },
    },
    {
      name: "full sync of 500 videos",
      aim: { ratio: 1.25, at: "most" },
      unit: "ms",
      comparison: elapsed,
      besides: {
        words: `CPU ${(cpu.ours / 1000).toFixed(2)} against ${(cpu.floor / 1000).toFixed(2)} s, ratio ${inWords(cpu)}`,
        values: { cpuMs: cpu },
      },
    },
    { name: "opening a stored token", aim: { ratio: 1.5, at: "most" }, unit: "µs", comparison: opening },
  ];
}

/** A database and a simulator, and the settings that point the product at them. */
async function prepare(): Promise<Record<string, string>> {
  const secret = () => randomBytes(32).toString("base64");
  const origin = `http://127.0.0.1:${await findFreePort()}`;
  const app = { TIKTOK_CLIENT_KEY: `key${randomBytes(6).toString("hex")}`, TIKTOK_CLIENT_SECRET: secret() };
  const tiktok = await startTikTok({ ...app, APP_ORIGIN: origin, TIKTOK_SIM_RATE_LIMIT: "0" });
  return {
    ...app,
    APP_ORIGIN: origin,
    DATABASE_URL: await makeDatabase(),
    SESSION_SECRET: secret(),
    TIKTOK_AUTHORIZE_URL: `${tiktok}/v2/auth/authorize/`,
    TIKTOK_DISPLAY_API_BASE_URL: tiktok,
    TIKTOK_WEB_BASE_URL: tiktok,
    TIKTOK_TOKEN_ENC_KEY: secret(),
    TIKTOK_ACCOUNT_PAGES_PER_MIN: "0",
    TIKTOK_INGESTION_RATE_LIMIT_PER_MIN: "1000000",
    ADMIN_OPEN_IDS: ADMIN,
    JOBS: "off",
    LOG_LEVEL: "warn",
  };
}

async function makeDatabase(): Promise<string> {
  const server = await ensureEmbeddedPostgres(path.join(root, ".data", "bench"));
  undo.push(server.release);
  const name = `bench_${process.pid}`;
  const drop = (sql: postgres.Sql, database: string) =>
    sql.unsafe(`drop database if exists "${database}" with (force)`);
  await withAdmin(server.url, async (sql) => {
    // What runs that were killed left behind.
    const left = await sql<{ name: string }[]>`
      select datname as name from pg_database d
      where starts_with(datname, 'bench_') and not exists (select from pg_stat_activity a where a.datname = d.datname)`;
    for (const database of left) await drop(sql, database.name);
    await sql.unsafe(`create database "${name}"`);
  });
  undo.push(() => withAdmin(server.url, (sql) => drop(sql, name)));
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

/** The simulator as a process of its own; it ends with this one, however that ends. */
async function startTikTok(settings: Record<string, string>): Promise<string> {
  const script = path.join(root, "tests", "simulators", "tiktok", "main.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: "production", TIKTOK_SIM_UNTIL_STDIN_ENDS: "1", ...settings },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  undo.push(async () => {
    child.stdin.end();
    await ended;
  });
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    ended.then(() => Promise.reject(new Error("the TikTok simulator did not start: see above"))),
  ]);
  return (JSON.parse(String(line)) as { origin: string }).origin;
}

function describe({ name, aim, unit, comparison, besides }: Figure): string {
  const met =
    aim.at === "least" ? comparison.oursToFloor.ratio >= aim.ratio : comparison.oursToFloor.ratio <= aim.ratio;
  const { ours, floor } = comparison;
  const digits = ours < 100 ? 1 : 0;
  return (
    `${name}: ${ours.toFixed(digits)} against ${floor.toFixed(digits)} ${unit}, ratio ${inWords(comparison)}, ` +
    `aim at ${aim.at} ${aim.ratio}: ${met ? "met" : "missed"}${besides ? `; ${besides.words}` : ""}`
  );
}
