import { setTimeout as delay } from "node:timers/promises";
import { sql } from "~/infra/db.server";
import { countLimiterWait } from "~/infra/metrics.server";

/**
 * One limiter for all processes: GCRA, one upsert, on the database's clock (leases and limits never use product time).
 * In any minute at most `perMinute + burst` calls start.
 */
export interface Limit {
  key: string;
  perMinute: number;
  burst: number;
}

/**
 * Reserves the next call. Returns ms to wait before it, or null when that would be more than `maxWaitMs` (nothing taken).
 * It waits for no disk, because all processes stand behind this row: a crash of the database forgets reservations of
 * less than a second, which the room that is left under TikTok's limit covers.
 */
export async function reserveCall(limit: Limit, maxWaitMs: number): Promise<number | null> {
  const waitMs = await reserve(limit, maxWaitMs);
  countLimiterWait(limit.key, waitMs);
  return waitMs;
}

async function reserve({ key, perMinute, burst }: Limit, maxWaitMs: number): Promise<number | null> {
  const everyMs = 60_000 / perMinute;
  const [row] = await sql<{ waitMs: number }[]>`
    insert into rate_buckets as b (key, next_free_at, minute, calls)
    values (${key}, clock_timestamp() + ${everyMs} * interval '1 ms', date_trunc('minute', clock_timestamp()), 1)
    on conflict (key) do update
      set next_free_at = greatest(b.next_free_at, clock_timestamp()) + ${everyMs} * interval '1 ms',
        minute = excluded.minute,
        calls = case when b.minute = excluded.minute then b.calls + 1 else 1 end
      where set_config('synchronous_commit', 'off', true) = 'off'
        and b.next_free_at <= clock_timestamp() + ${(burst - 1) * everyMs + maxWaitMs} * interval '1 ms'
    returning greatest(0, extract(epoch from (next_free_at - clock_timestamp())) * 1000 - ${burst * everyMs})::float8 as "waitMs"`;
  return row ? row.waitMs : null;
}

/** Calls of a burst that work without a waiting person never takes. */
const KEPT_FOR_PEOPLE = 10;
/** Per key, the last of this process's background callers: only the first in line asks the database. */
const lines = new Map<string, Promise<boolean>>();

/**
 * Takes the next call for work that nobody waits for. It is never taken ahead of its time, and only while some of the
 * burst is left over, so a person's call goes first however much of this work there is. False when that did not
 * happen within `maxWaitMs` (nothing taken).
 */
export async function awaitSpareCall(limit: Limit, maxWaitMs: number): Promise<boolean> {
  const spare = { ...limit, burst: Math.max(1, limit.burst - KEPT_FOR_PEOPLE) };
  const began = performance.now();
  const turn = () => takeSpare(spare, began + maxWaitMs);
  const taken = (lines.get(limit.key) ?? Promise.resolve(false)).then(turn, turn);
  lines.set(limit.key, taken);
  const isTaken = await taken;
  countLimiterWait(limit.key, isTaken ? performance.now() - began : null);
  return isTaken;
}

async function takeSpare(spare: Limit, deadline: number): Promise<boolean> {
  for (;;) {
    // Looking first: a refusal too would lock the row that everybody needs.
    const waitMs = await waitFor(spare);
    if (waitMs === 0 && (await reserve(spare, 0)) !== null) return true;
    if (performance.now() + waitMs > deadline) return false;
    await delay(Math.max(1, waitMs));
  }
}

/** No pause is shorter than this: a Retry-After of 0 or a date of the past would have us ask again at once. */
const LEAST_PAUSE_MS = 1_000;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * After a 429: no process calls this endpoint for the next `askedMs`, TikTok's own word on it. Without one the pause
 * doubles with each refusal in a row, whichever process met it. Returns ms from now to the end of this pause.
 */
export function holdBack({ key, perMinute, burst }: Limit, askedMs?: number): Promise<number> {
  return sql.begin(async (tx) => {
    const [row] = await tx<{ refusals: number; leftMs: number }[]>`
      insert into rate_buckets as b (key, next_free_at) values (${key}, clock_timestamp())
      on conflict (key) do update set key = b.key
      returning refusals,
        coalesce(greatest(0, extract(epoch from (paused_until - clock_timestamp())) * 1000), 0)::float8 as "leftMs"`;
    const { refusals = 0, leftMs = 0 } = row ?? {};
    // Calls that were on their way when the pause began are refused as well, and are no further refusal.
    const pauseMs = Math.max(LEAST_PAUSE_MS, askedMs ?? (leftMs > 0 ? leftMs : growingPauseMs(refusals)));
    await tx`
      update rate_buckets set
        refusals = refusals + ${leftMs > 0 ? 0 : 1},
        paused_until = greatest(paused_until, clock_timestamp() + ${pauseMs} * interval '1 ms'),
        next_free_at = greatest(next_free_at, clock_timestamp() + ${pauseMs + ((burst - 1) * 60_000) / perMinute} * interval '1 ms')
      where key = ${key}`;
    return pauseMs;
  });
}

/** Equal jitter, half of it certain: full jitter could spend every retry inside TikTok's sliding minute. */
function growingPauseMs(refusals: number): number {
  const longestMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** refusals);
  return longestMs / 2 + (Math.random() * longestMs) / 2;
}

/** After an answer: the next refusal is a first one again. An answer to a call from before a pause does not end the row. */
export async function endRefusals({ key }: Limit): Promise<void> {
  await sql`
    update rate_buckets set refusals = 0
    where key = ${key} and refusals > 0 and paused_until <= clock_timestamp()`;
}

/** What was taken of some limits in this minute, and for how many ms from now each is paused after a refusal. */
export async function readUse(keys: readonly string[]): Promise<Map<string, { used: number; pausedMs: number }>> {
  const rows = await sql<{ key: string; used: number; pausedMs: number }[]>`
    select key, case when minute = date_trunc('minute', clock_timestamp()) then calls else 0 end as used,
      coalesce(greatest(0, extract(epoch from (paused_until - clock_timestamp())) * 1000), 0)::float8 as "pausedMs"
    from rate_buckets where key = any(${[...keys]})`;
  return new Map(rows.map(({ key, ...use }) => [key, use]));
}

/** Ms until `key` may be called again after a hold-back; 0 when it is free. */
export async function waitFor({ key, perMinute, burst }: Limit): Promise<number> {
  const [row] = await sql<{ waitMs: number }[]>`
    select greatest(0, extract(epoch from (next_free_at - clock_timestamp())) * 1000 - ${((burst - 1) * 60_000) / perMinute})::float8 as "waitMs"
    from rate_buckets where key = ${key}`;
  return row?.waitMs ?? 0;
}
