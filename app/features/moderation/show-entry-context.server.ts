import { and, eq, isNull, sql } from "drizzle-orm";
import { challenges, holds, reviewRuleVersions, submissions, tiktokAccounts } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { anomalySchema } from "~/features/submissions/anomaly";
import { listViewHistory } from "~/features/videos/list-view-history.server";
import { db } from "~/infra/db.server";
import type { EntryContext } from "./entry-context";
import { listCreatorEntries } from "./list-creator-entries.server";
import { listDuplicates } from "./list-duplicates.server";
import { listInternalNotes } from "./list-internal-notes.server";
import { findReviewEntries } from "./list-review-entries.server";
import { strikesOf } from "./strike";

/** So many of a creator's other entries are named. */
const OTHERS = 8;

/**
 * What a moderator finds beside an entry of a challenge at `at`; null when there is no such entry. Of their own entry they
 * read no note and no hold's author: those are for the others.
 */
export async function showEntryContext(
  slug: string,
  submissionId: string,
  { at, viewer }: { at: Date; viewer: Viewer },
): Promise<EntryContext | null> {
  const [found] = await db
    .select({ submission: submissions, frozenAt: challenges.frozenAt })
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .where(and(eq(submissions.id, submissionId), eq(challenges.slug, slug)));
  if (!found) return null;
  const { submission, frozenAt } = found;
  const own = submission.creatorId === viewer.userId;
  const [entries, hold, notes, creatorEntries, duplicates, views] = await Promise.all([
    findReviewEntries([submissionId], { at, viewer }),
    findHold(submission),
    own ? [] : listInternalNotes(submissionId),
    listCreatorEntries(submission.creatorId),
    listDuplicates(submission),
    submission.videoId === null ? [] : listViewHistory(submission.videoId),
  ]);
  const entry = entries.get(submissionId);
  if (!entry) return null;
  const mayHold = !own && frozenAt === null && submission.state === "approved" && submission.effectiveAt <= at;
  return {
    slug,
    entry,
    mayHold: !own && hold ? "release" : mayHold ? "hold" : null,
    hold: hold && own && hold.byPerson ? { ...hold, by: "a moderator" } : hold,
    views,
    notes,
    creator: {
      entries: creatorEntries.length,
      strikes: strikesOf(creatorEntries, at),
      others: creatorEntries
        .filter((one) => one.submissionId !== submissionId)
        .slice(0, OTHERS)
        .map(({ decisions: _decisions, ...one }) => one),
    },
    duplicates,
  };
}

async function findHold({ id, state }: typeof submissions.$inferSelect) {
  const [row] = await db
    .select({
      hold: holds,
      name: tiktokAccounts.displayName,
      rule: sql<string | null>`${reviewRuleVersions.definition} ->> 'name'`,
    })
    .from(holds)
    .leftJoin(tiktokAccounts, eq(tiktokAccounts.userId, holds.heldBy))
    .leftJoin(
      reviewRuleVersions,
      and(eq(reviewRuleVersions.ruleId, holds.reviewRuleId), eq(reviewRuleVersions.version, holds.reviewRuleVersion)),
    )
    .where(and(eq(holds.submissionId, id), isNull(holds.releasedAt)));
  if (!row) return null;
  const { actorKind, reasonCode, anomaly, heldAt, viewCount, metricsAt } = row.hold;
  return {
    reason: reasonCode,
    byPerson: actorKind === "moderator",
    by:
      actorKind === "moderator"
        ? (row.name ?? "a former moderator")
        : row.rule === null
          ? "the system"
          : `the rule “${row.rule}”`,
    at: heldAt.toISOString(),
    begun: state === "approved" || state === "disqualified",
    anomaly: anomalySchema.nullable().parse(anomaly),
    views: viewCount,
    viewsAt: metricsAt?.toISOString() ?? null,
  };
}
