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

/** Reserves the next call. Returns ms to wait before it, or null when that would be more than `maxWaitMs` (nothing taken). */
export async function reserveCall({ key, perMinute, burst }: Limit, maxWaitMs: number): Promise<number | null> {
  const everyMs = 60_000 / perMinute;
  const [row] = await sql<{ waitMs: number }[]>`
    insert into rate_buckets as b (key, next_free_at)
    values (${key}, clock_timestamp() + ${everyMs} * interval '1 ms')
    on conflict (key) do update
      set next_free_at = greatest(b.next_free_at, clock_timestamp()) + ${everyMs} * interval '1 ms'
      where b.next_free_at <= clock_timestamp() + ${(burst - 1) * everyMs + maxWaitMs} * interval '1 ms'
    returning greatest(0, extract(epoch from (next_free_at - clock_timestamp())) * 1000 - ${burst * everyMs})::float8 as "waitMs"`;
  const waitMs = row ? row.waitMs : null;
  countLimiterWait(key, waitMs);
  return waitMs;
}

/** After a 429: no process calls this endpoint for the next `ms`. */
export async function holdBack({ key, perMinute, burst }: Limit, ms: number): Promise<void> {
  const aheadMs = ms + (burst * 60_000) / perMinute;
  await sql`
    insert into rate_buckets as b (key, next_free_at)
    values (${key}, clock_timestamp() + ${aheadMs} * interval '1 ms')
    on conflict (key) do update set next_free_at = greatest(b.next_free_at, excluded.next_free_at)`;
}

/** Ms until `key` may be called again after a hold-back; 0 when it is free. */
export async function waitFor({ key, perMinute, burst }: Limit): Promise<number> {
  const [row] = await sql<{ waitMs: number }[]>`
    select greatest(0, extract(epoch from (next_free_at - clock_timestamp())) * 1000 - ${((burst - 1) * 60_000) / perMinute})::float8 as "waitMs"
    from rate_buckets where key = ${key}`;
  return row?.waitMs ?? 0;
}
