import { and, asc, eq, gte, lte, type SQL } from "drizzle-orm";
import { challenges, notifications, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import { absentEntries } from "~/features/submissions/absent-entries.server";
import { now } from "~/infra/clock.server";
import { type Database, db, type Transaction } from "~/infra/db.server";
import { decideAsSystem } from "./decide-as-system.server";

/**
 * Disqualifies every approved entry whose video did not come back before the deadline that its creator was told. A failed,
 * throttled or unauthorised call to TikTok never counts: TikTok has to have answered after the deadline, without the video.
 */
export async function disqualifyUnavailable(stop?: AbortSignal): Promise<void> {
  for (const { id } of await listOverdue(db, now())) {
    if (stop?.aborted) return;
    await decideAsSystem(
      id,
      { to: "disqualified", reason: "VIDEO_UNAVAILABLE" },
      async (tx, at) => (await listOverdue(tx, at, eq(submissions.id, id))).length > 0,
    );
  }
}

function listOverdue(from: Database | Transaction, at: Date, which?: SQL) {
  return from
    .select({ id: submissions.id })
    .from(notifications)
    .innerJoin(submissions, eq(submissions.id, notifications.submissionId))
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .innerJoin(
      videos,
      // A video that came back and went again has another absence, and its creator another deadline.
      and(eq(videos.id, submissions.videoId), eq(videos.missingSince, notifications.missingSince)),
    )
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .where(and(lte(notifications.dueAt, at), gte(videos.checkedAt, notifications.dueAt), absentEntries(at), which))
    .orderBy(asc(submissions.id));
}
