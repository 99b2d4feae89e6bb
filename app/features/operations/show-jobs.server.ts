import { and, count, desc, eq, gte, isNotNull, max } from "drizzle-orm";
import { syncRuns } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { countFailures, countJobs, findLastRuns, listDeadJobs } from "~/infra/inspect-jobs.server";
import type { Failure, JobsStanding } from "./jobs-standing";
import { measureFreshness } from "./measure-freshness.server";
import { queues } from "./queues.server";

/** The page is bounded, and says how many more there are. */
const MOST_REASONS = 20;
const MOST_DEAD = 20;
/** As long as the job engine keeps what failed. */
const KEPT_MS = 7 * 24 * 3600_000;

/** What an admin sees of the background work of all processes. */
export async function showJobs(at: Date): Promise<JobsStanding> {
  const [freshness, counts, lastRuns, jobs, syncs, dead] = await Promise.all([
    measureFreshness(at),
    countJobs(),
    findLastRuns(queues.flatMap(({ name, schedule }) => (schedule ? [name] : []))),
    countFailures(MOST_REASONS),
    countFailedSyncs(at),
    Promise.all(queues.map(async ({ name }) => ({ queue: name, ...(await listDeadJobs(name, MOST_DEAD)) }))),
  ]);
  const jobsIn = (queue: string, state: string) =>
    counts.find((row) => row.queue === queue && row.state === state)?.value ?? 0;
  const ageOf = new Map(freshness.numbers.map(({ quantile, seconds }) => [quantile, seconds]));
  return {
    syncLagSeconds: freshness.syncLagSeconds === 0 ? null : freshness.syncLagSeconds,
    numbers:
      freshness.numbers.length === 0
        ? null
        : { half: ageOf.get("0.5") ?? 0, most: ageOf.get("0.95") ?? 0, oldest: ageOf.get("1") ?? 0 },
    queues: queues.map(({ name, schedule }) => ({
      name,
      waiting: jobsIn(name, "created"),
      active: jobsIn(name, "active"),
      retrying: jobsIn(name, "retry"),
      failed: jobsIn(name, "failed"),
      schedule: schedule ? { cron: schedule, lastAt: lastRuns.get(name) ?? null } : null,
    })),
    failures: { shown: [...syncs, ...jobs.failures], more: jobs.groups - jobs.failures.length },
    dead: dead.filter(({ count: letters }) => letters > 0),
  };
}

/** Why syncs of the last week ended before the end of the list. */
async function countFailedSyncs(at: Date): Promise<Failure[]> {
  const rows = await db
    .select({ reason: syncRuns.failure, value: count(), latestAt: max(syncRuns.endedAt) })
    .from(syncRuns)
    .where(
      and(
        eq(syncRuns.state, "failed"),
        isNotNull(syncRuns.failure),
        gte(syncRuns.endedAt, new Date(at.getTime() - KEPT_MS)),
      ),
    )
    .groupBy(syncRuns.failure)
    .orderBy(desc(count()));
  return rows.flatMap(({ reason, value, latestAt }) =>
    reason === null || latestAt === null
      ? []
      : [{ queue: null, reason: reason.replaceAll("_", " "), count: value, latestAt: latestAt.toISOString() }],
  );
}
