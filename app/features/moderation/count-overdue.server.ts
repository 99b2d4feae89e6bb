import { and, count, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { challenges, submissions } from "#drizzle/schema";
import { waitsSince } from "~/features/submissions/list-entry-facts.server";
import { db } from "~/infra/db.server";

/** For a where clause over submissions with their challenge: past the review deadline at `at`. */
export const isOverdue = (at: Date) =>
  sql`${waitsSince} + ${challenges.reviewTargetHours} * interval '1 hour' <= ${sql.param(at, submissions.submittedAt)}`;

/** Per challenge with a review deadline: how many entries still wait for a decision after it. */
export async function countOverdue(at: Date): Promise<Map<string, number>> {
  const rows = await db
    .select({ challengeId: submissions.challengeId, entries: count() })
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .where(
      and(
        isNotNull(challenges.reviewTargetHours),
        inArray(submissions.state, ["pending", "flagged"]),
        isNotNull(submissions.videoId),
        isOverdue(at),
      ),
    )
    .groupBy(submissions.challengeId);
  return new Map(rows.map(({ challengeId, entries }) => [challengeId, entries]));
}
