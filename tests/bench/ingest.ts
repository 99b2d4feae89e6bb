import { setTimeout as delay } from "node:timers/promises";
import { planRefresh } from "~/features/operations/plan-refresh.server";
import { requestSync } from "~/features/videos/request-sync.server";
import { sql } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { TikTokControl } from "../simulators/tiktok/control";
import type { Endpoint } from "../simulators/tiktok/control-protocol";
import { runClock } from "../support/product-seams";
import { takeOutSchedules } from "../support/take-out-schedules";
import { signIn } from "../support/world/people";
import { type MeasuredWorker, startMeasuredWorker } from "./measured-worker";
import { note, UNRAISED } from "./prepare";

const EACH = 200;
const A_CALL = 20;
const POLL_MS = 1_000;
/** So many times longer than the limit makes it: for a machine that is much too slow for it. */
const PATIENCE = 20;
/** Then every video is due again, and no token has ended. */
const LATER_MS = 13 * 3_600_000;

interface Phase {
  calls: number;
  refused: number;
  /** From the first call to the last. */
  callingMs: number;
  /** The last nine tenths of the calls: without the workers' first seconds. */
  warmMs: number;
  /** In which the limit lets as many calls out. */
  quotaMs: number;
  /** Of both workers. */
  cpuMs: number;
}

export interface Ingested {
  /** `tookMs`: from the first call to the last end of a sync. */
  syncs: Phase & { tookMs: number };
  /** `ageMs`: 95 of 100 videos had new numbers so long after all of them fell due. */
  refresh: Phase & { ageMs: number };
  /** Of the worker that grew most: after a tenth of the syncs, and at the very end. */
  residentMb: { early: number; end: number };
}

/**
 * Two workers sync 200 videos of each of `creators`, whose syncs were all asked for before; then all numbers fall due at
 * once. Throws unless every video is there, once, at the end.
 */
export async function ingest(creators: number, environment: Readonly<Record<string, string>>): Promise<Ingested> {
  const tiktok = new TikTokControl(env.TIKTOK_DISPLAY_API_BASE_URL);
  const perMinute = env.TIKTOK_INGESTION_RATE_LIMIT_PER_MIN;
  const videos = creators * EACH;
  const quotaMs = (videos / A_CALL) * (60_000 / perMinute);

  note(`signing ${creators} creators in`);
  for (let made = 0; made < creators; made += 1) {
    const openId = `creator-${made}`;
    await tiktok.addAccount({ openId, displayName: `Creator ${made}`, videos: EACH });
    await requestSync((await signIn(openId)).viewer.accountId);
  }

  note(`syncing ${videos} videos, ${Math.round(quotaMs / 1000)} s at the limit`);
  const workers = await Promise.all([startMeasuredWorker(environment), startMeasuredWorker(environment)]);
  await takeOutSchedules(sql);
  const untilSynced = (count: number) => until(async () => (await countSynced()) >= count, quotaMs * PATIENCE);
  await untilSynced(creators / 10);
  const early = await usageOf(workers);
  await untilSynced(creators);
  const synced = await usageOf(workers);
  const lists = await callsOf(tiktok, "video_list");
  const tookMs = (await lastSyncEnd()) - lists.firstAt;

  note("renewing their numbers");
  const dueAt = Date.now() + LATER_MS;
  runClock(LATER_MS);
  await tiktok.settings({ clockOffsetMs: LATER_MS });
  for (const worker of workers) await worker.order({ clock: { offsetMs: LATER_MS } });
  let plannedAt = 0;
  const renewed = async () => {
    // The schedule's minute, as much shorter as the limit is higher.
    if (Date.now() - plannedAt > (60_000 * UNRAISED) / perMinute) {
      plannedAt = Date.now();
      await planRefresh();
    }
    return (await countRenewed(dueAt)) >= videos;
  };
  await until(renewed, quotaMs * PATIENCE);
  const end = await usageOf(workers);
  const lookUps = await callsOf(tiktok, "video_lookup");

  await checkComplete(creators);
  const growth = end.resident.map((mb, at) => ({ early: early.resident[at] ?? Number.NaN, end: mb }));
  const [residentMb] = growth.toSorted((a, b) => b.end / b.early - a.end / a.early);
  if (!residentMb) throw new Error("no worker was measured");
  return {
    syncs: { ...lists.counted, quotaMs, cpuMs: synced.cpuMs, tookMs },
    refresh: { ...lookUps.counted, quotaMs, cpuMs: end.cpuMs - synced.cpuMs, ageMs: (await renewedBy()) - dueAt },
    residentMb,
  };
}

async function usageOf(workers: readonly MeasuredWorker[]) {
  const usages = await Promise.all(workers.map((worker) => worker.usage()));
  return {
    cpuMs: usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    resident: usages.map(({ residentMb }) => residentMb),
  };
}

async function callsOf(tiktok: TikTokControl, endpoint: Endpoint) {
  const entries = await tiktok.ledger({ endpoint });
  const times = entries.map(({ at }) => Date.parse(at)).sort((one, other) => one - other);
  const after = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  const lastAt = times.at(-1) ?? Number.NaN;
  const counted = {
    calls: entries.filter(({ code }) => code === "ok").length,
    refused: entries.filter(({ status }) => status === 429).length,
    callingMs: lastAt - after(0),
    warmMs: lastAt - after(0.1),
  };
  return { firstAt: after(0), counted };
}

async function countSynced(): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(ended_at)::int as count from sync_runs`;
  return row?.count ?? 0;
}

async function lastSyncEnd(): Promise<number> {
  const [row] = await sql<
    { ms: number }[]
  >`select extract(epoch from max(ended_at))::float8 * 1000 as ms from sync_runs`;
  return row?.ms ?? Number.NaN;
}

async function countRenewed(sinceMs: number): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from videos where metrics_at >= to_timestamp(${sinceMs / 1000}::float8)`;
  return row?.count ?? 0;
}

async function renewedBy(): Promise<number> {
  const [row] = await sql<{ ms: number }[]>`
    select percentile_disc(0.95) within group (order by extract(epoch from metrics_at))::float8 * 1000 as ms from videos`;
  return row?.ms ?? Number.NaN;
}

async function checkComplete(creators: number): Promise<void> {
  const runs = await sql<{ state: string; stored: number; count: number }[]>`
    select state, videos_stored as stored, count(*)::int as count from sync_runs group by 1, 2`;
  const [row] = await sql<{ videos: number }[]>`select count(*)::int as videos from videos`;
  const [run] = runs;
  if (runs.length !== 1 || run?.state !== "succeeded" || run.stored !== EACH || row?.videos !== creators * EACH) {
    throw new Error(`${row?.videos} of ${creators * EACH} videos were stored: ${JSON.stringify(runs)}`);
  }
}

async function until(holds: () => Promise<boolean>, waitMs: number): Promise<void> {
  const deadline = performance.now() + waitMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not done in ${Math.round(waitMs / 1000)} s`);
    await delay(POLL_MS);
  }
}
