import { and, asc, eq, gt, inArray, isNotNull, lte, sql } from "drizzle-orm";
import { challenges, submissions, videoMetricSnapshots } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import type { ViewsPoint } from "./own-place";

/** A picture of this size has no room for more, whatever was stored. */
const POINTS = 40;

/**
 * Views of these entries since each was entered until `at`, or until its board was frozen: of each fortieth of that time
 * the last number that was stored, before them the one that it was entered with. Oldest first.
 */
export async function listOwnViews(submissionIds: readonly string[], at: Date): Promise<Map<string, ViewsPoint[]>> {
  if (submissionIds.length === 0) return new Map();
  const end = sql`coalesce(${challenges.frozenAt}, ${sql.param(at, challenges.frozenAt)})`;
  const since = (instant: unknown) => sql`extract(epoch from ${instant} - ${submissions.submittedAt})`;
  const part = sql`floor(${since(videoMetricSnapshots.takenAt)} / greatest(${since(end)} / ${POINTS}, 1))`;
  const parts = db
    .select({
      submissionId: submissions.id,
      submittedAt: submissions.submittedAt,
      enteredWith: submissions.enteredViewCount,
      takenAt: videoMetricSnapshots.takenAt,
      views: videoMetricSnapshots.viewCount,
      fromLast: sql<number>`row_number() over (partition by ${submissions.id}, ${part}
        order by ${videoMetricSnapshots.takenAt} desc)`.as("from_last"),
    })
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .innerJoin(videoMetricSnapshots, eq(videoMetricSnapshots.videoId, submissions.videoId))
    .where(
      and(
        inArray(submissions.id, [...submissionIds]),
        isNotNull(videoMetricSnapshots.viewCount),
        gt(videoMetricSnapshots.takenAt, submissions.submittedAt),
        lte(videoMetricSnapshots.takenAt, end),
      ),
    )
    .as("parts");
  const rows = await db.select().from(parts).where(eq(parts.fromLast, 1)).orderBy(asc(parts.takenAt));
  const histories = new Map<string, ViewsPoint[]>();
  for (const { submissionId, submittedAt, enteredWith, takenAt, views } of rows) {
    const begin = enteredWith === null ? [] : [{ at: submittedAt.toISOString(), views: enteredWith }];
    const points = histories.get(submissionId) ?? begin;
    histories.set(submissionId, views === null ? points : [...points, { at: takenAt.toISOString(), views }]);
  }
  return histories;
}
