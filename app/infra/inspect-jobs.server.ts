import { sql } from "~/infra/db.server";
import { deadLetters } from "./jobs.server";

/** How the background work stands, read from the job engine's own table; nothing is changed here. */

/** Jobs by queue (dead letters are queues too) and state; what is done is of no interest here. */
export async function countJobs(): Promise<{ queue: string; state: string; value: number }[]> {
  return sql<{ queue: string; state: string; value: number }[]>`
    select name as queue, state::text as state, count(*)::int as value from pgboss.job
    where state in ('created', 'retry', 'active', 'failed') group by 1, 2`;
}

/** Why a job failed, in words; what the engine itself says of one that it gave up is a level deeper. */
const reasonIn = (output: ReturnType<typeof sql>) =>
  sql`left(coalesce(${output} ->> 'message', ${output} #>> '{value,message}', 'nothing is known'), 200)`;

/** The driver gives no dates here. */
const msOf = (instant: ReturnType<typeof sql>) => sql`(extract(epoch from ${instant}) * 1000)::float8`;
const isoOf = (ms: number) => new Date(ms).toISOString();

export interface FailureCount {
  queue: string;
  reason: string;
  count: number;
  /** ISO. */
  latestAt: string;
}

/** What jobs failed of that wait for their next attempt or have had their last; `groups`: how many reasons there are in all. */
export async function countFailures(most: number): Promise<{ failures: FailureCount[]; groups: number }> {
  const rows = await sql<{ queue: string; reason: string; count: number; latestMs: number; groups: number }[]>`
    select name as queue, ${reasonIn(sql`output`)} as reason, count(*)::int as count,
      ${msOf(sql`max(coalesce(completed_on, started_on, created_on))`)} as "latestMs", (count(*) over ())::int as groups
    from pgboss.job where state in ('retry', 'failed') and output is not null
    group by 1, 2 order by count desc, 1, 2 limit ${most}`;
  const failures = rows.map(({ queue, reason, count, latestMs }) => {
    return { queue, reason, count, latestAt: isoOf(latestMs) };
  });
  return { failures, groups: rows[0]?.groups ?? 0 };
}

export interface DeadJob {
  /** Of the dead letter. */
  id: string;
  /** Of the job that failed: the log's lines have it. */
  jobId: string;
  attempts: number;
  reason: string;
  /** ISO. */
  failedAt: string;
  /** Whoever waited for it has been told, so that it can be retried. */
  isTold: boolean;
}

/** The `most` latest dead letters of a queue, and how many there are. */
export async function listDeadJobs(queue: string, most: number): Promise<{ shown: DeadJob[]; count: number }> {
  const rows = await sql<(Omit<DeadJob, "failedAt"> & { failedMs: number; count: number })[]>`
    select id, coalesce(source_id, id) as "jobId", coalesce(source_retry_count, 0) + 1 as attempts,
      ${reasonIn(sql`source_output`)} as reason, ${msOf(sql`created_on`)} as "failedMs",
      state in ('completed', 'failed') as "isTold", (count(*) over ())::int as count
    from pgboss.job where name = ${deadLetters(queue)} order by created_on desc, id desc limit ${most}`;
  const shown = rows.map(({ count: _, failedMs, ...job }) => ({ ...job, failedAt: isoOf(failedMs) }));
  return { shown, count: rows[0]?.count ?? 0 };
}

/** ISO: when a job of these queues was last done, as far back as the engine remembers (a week). */
export async function findLastRuns(queues: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql<{ queue: string; ms: number }[]>`
    select name as queue, ${msOf(sql`max(completed_on)`)} as ms from pgboss.job
    where name = any(${[...queues]}) and state = 'completed' group by 1`;
  return new Map(rows.map(({ queue, ms }) => [queue, isoOf(ms)]));
}
