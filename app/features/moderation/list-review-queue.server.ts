import { and, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { holds, reports, submissions } from "#drizzle/schema";
import { type ListedChallenge, listChallenges } from "~/features/challenges/list-challenges.server";
import { db } from "~/infra/db.server";
import { countOverdue } from "./count-overdue.server";
import { openAppeals } from "./list-appeals.server";

export interface QueueRow extends ListedChallenge {
  pending: number;
  flagged: number;
  changes_requested: number;
  approved: number;
  /** Approved, and with numbers that are being checked. */
  held: number;
  rejected: number;
  /** Open appeals. */
  appeals: number;
  /** Entries with reports that nobody has dismissed, in whatever state. */
  reported: number;
  /** Pending and flagged entries past the review deadline. */
  overdue: number;
  /** ISO time of the entry that has waited longest; null when none waits. */
  oldestPendingAt: string | null;
}

/** A row per published challenge for the desk, those with overdue entries first, then those with work. States count as the desk sees them: at once. */
export async function listReviewQueue(at: Date): Promise<QueueRow[]> {
  const challenges = (await listChallenges(at)).filter((challenge) => challenge.phase !== "scheduled");
  if (challenges.length === 0) return [];
  const inState = (state: string) => sql<number>`count(*) filter (where ${submissions.state} = ${state})::int`;
  const reported = db.select({ id: reports.submissionId }).from(reports).where(isNull(reports.dismissedAt));
  const open = db.select({ id: holds.submissionId }).from(holds).where(isNull(holds.releasedAt));
  const late = countOverdue(at);
  const counts = await db
    .select({
      challengeId: submissions.challengeId,
      pending: inState("pending"),
      flagged: inState("flagged"),
      changes_requested: inState("changes_requested"),
      approved: inState("approved"),
      held: sql<number>`count(*) filter (where ${submissions.state} = 'approved' and ${submissions.id} in (${open}))::int`,
      rejected: inState("rejected"),
      appeals: sql<number>`count(*) filter (where ${openAppeals})::int`,
      reported: sql<number>`count(*) filter (where ${submissions.id} in (${reported}))::int`,
      oldest: sql<string | null>`min(${submissions.submittedAt}) filter (where ${submissions.state} = 'pending')`,
    })
    .from(submissions)
    .where(
      and(
        inArray(
          submissions.challengeId,
          challenges.map((challenge) => challenge.id),
        ),
        // A removed entry has nothing left to look at.
        isNotNull(submissions.videoId),
      ),
    )
    .groupBy(submissions.challengeId);
  const overdue = await late;
  const byId = new Map(counts.map((row) => [row.challengeId, row]));
  return challenges
    .map((challenge) => {
      const row = byId.get(challenge.id);
      return {
        ...challenge,
        pending: row?.pending ?? 0,
        flagged: row?.flagged ?? 0,
        changes_requested: row?.changes_requested ?? 0,
        approved: row?.approved ?? 0,
        held: row?.held ?? 0,
        rejected: row?.rejected ?? 0,
        appeals: row?.appeals ?? 0,
        reported: row?.reported ?? 0,
        overdue: overdue.get(challenge.id) ?? 0,
        oldestPendingAt: row?.oldest ? new Date(row.oldest).toISOString() : null,
      };
    })
    .sort((a, b) => Number(b.overdue > 0) - Number(a.overdue > 0) || Number(b.pending > 0) - Number(a.pending > 0));
}
