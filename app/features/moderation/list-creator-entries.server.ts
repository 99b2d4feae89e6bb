import { asc, desc, eq, inArray } from "drizzle-orm";
import { challenges, decisions, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import type { DecisionRecord } from "~/features/submissions/timeline";
import { db } from "~/infra/db.server";
import type { OtherEntry } from "./entry-context";

/** More than anybody looks through; whoever has entered more is known by the newest. */
const NEWEST = 100;

/** For a list of entries from a query over submissions with their challenges, videos and accounts. */
export const shownOfOther = {
  submissionId: submissions.id,
  challenge: { slug: challenges.slug, title: challenges.title },
  creatorName: tiktokAccounts.displayName,
  caption: videos.caption,
  state: submissions.state,
  submittedAt: submissions.submittedAt,
};

/** A creator's entries in all challenges, newest first, each with its decisions in sequence. */
export async function listCreatorEntries(creatorId: string): Promise<(OtherEntry & { decisions: DecisionRecord[] })[]> {
  const entries = await db
    .select(shownOfOther)
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .where(eq(submissions.creatorId, creatorId))
    .orderBy(desc(submissions.id))
    .limit(NEWEST);
  if (entries.length === 0) return [];
  const ids = entries.map(({ submissionId }) => submissionId);
  const rows = await db
    .select()
    .from(decisions)
    .where(inArray(decisions.submissionId, ids))
    .orderBy(asc(decisions.submissionId), asc(decisions.sequence));
  const bySubmission = Map.groupBy(rows, ({ submissionId }) => submissionId);
  return entries.map((entry) => ({
    ...entry,
    submittedAt: entry.submittedAt.toISOString(),
    decisions: bySubmission.get(entry.submissionId) ?? [],
  }));
}
