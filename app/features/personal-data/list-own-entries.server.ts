import { and, asc, eq, gt, inArray, lte } from "drizzle-orm";
import { appeals, challenges, decisions, holds, standings, submissions, videos } from "#drizzle/schema";
import { holdBegins } from "~/features/submissions/hold";
import { effectiveState } from "~/features/submissions/record-decision.server";
import { db } from "~/infra/db.server";
import { inPages } from "~/infra/in-pages";

const PAGE = 200;

const decider = { creator: "you", moderator: "a moderator", system: "TrendPot" } as const;

/**
 * The person's entries, oldest first, each with its place on a frozen board, their appeal, and what was decided on it: as
 * far as it is in effect at `at`, and by whom as a role only. Notes are left out: moderators write them for each other, and they may speak of other people.
 */
export async function* listOwnEntries(userId: string, at: Date) {
  const read = (after: string | null) =>
    db
      .select({
        submission: submissions,
        challenge: { slug: challenges.slug, title: challenges.title },
        tiktokVideoId: videos.tiktokVideoId,
        standing: standings,
        appeal: appeals,
      })
      .from(submissions)
      .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
      .leftJoin(videos, eq(videos.id, submissions.videoId))
      .leftJoin(standings, eq(standings.submissionId, submissions.id))
      .leftJoin(appeals, eq(appeals.submissionId, submissions.id))
      .where(and(eq(submissions.creatorId, userId), after === null ? undefined : gt(submissions.id, after)))
      .orderBy(asc(submissions.id))
      .limit(PAGE);
  for await (const page of inPages(PAGE, read, ({ submission }) => submission.id)) {
    const ids = page.map(({ submission }) => submission.id);
    const [decided, held] = await Promise.all([readDecisions(ids, at), readHolds(ids)]);
    for (const { submission, challenge, tiktokVideoId, standing, appeal } of page) {
      const { id, rulesVersion, eligibility, appealOpen, submittedAt } = submission;
      yield {
        id,
        challenge,
        tiktokVideoId,
        rulesVersion,
        eligibility,
        state: effectiveState(submission, at),
        submittedAt,
        numbersAtEntry: {
          views: submission.enteredViewCount,
          likes: submission.enteredLikeCount,
          comments: submission.enteredCommentCount,
          shares: submission.enteredShareCount,
        },
        frozenStanding: standing && { ...standing, challengeId: undefined, submissionId: undefined },
        appealOpen,
        appeal: appeal && describeAppeal(appeal, at),
        decisions: decided.get(id) ?? [],
        holds: describeHolds(held.get(id) ?? [], decided.get(id) ?? []),
      };
    }
  }
}

function describeAppeal(appeal: typeof appeals.$inferSelect, at: Date) {
  const { statement, openedAt, outcome, answer, decidedAt, effectiveAt, toldAt } = appeal;
  const asked = { statement, openedAt };
  return effectiveAt && effectiveAt <= at ? { ...asked, outcome, answer, decidedAt, effectiveAt, toldAt } : asked;
}

/** What was undone inside its window never took effect, and nor did its undoing. */
async function readDecisions(submissionIds: readonly string[], at: Date) {
  const rows = await db
    .select()
    .from(decisions)
    .where(and(inArray(decisions.submissionId, [...submissionIds]), lte(decisions.effectiveAt, at)))
    .orderBy(asc(decisions.submissionId), asc(decisions.sequence));
  const undone = new Set(rows.flatMap((row) => (row.undoOf ? [row.undoOf, row.id] : [])));
  const bySubmission = Map.groupBy(
    rows.filter(({ id }) => !undone.has(id)),
    ({ submissionId }) => submissionId,
  );
  return new Map(
    [...bySubmission].map(([submissionId, steps]) => [
      submissionId,
      steps.map((step) => ({
        by: decider[step.actorKind],
        from: step.fromState,
        to: step.toState,
        reason: step.reasonCode,
        message: step.message,
        rulesVersion: step.rulesVersion,
        decidedAt: step.decidedAt,
        effectiveAt: step.effectiveAt,
      })),
    ]),
  );
}

async function readHolds(submissionIds: readonly string[]) {
  const rows = await db
    .select()
    .from(holds)
    .where(inArray(holds.submissionId, [...submissionIds]))
    .orderBy(asc(holds.id));
  return Map.groupBy(rows, ({ submissionId }) => submissionId);
}

/** When its numbers were being checked, why, what was found in them, and with which ones it counted meanwhile. */
function describeHolds(
  held: readonly (typeof holds.$inferSelect)[],
  decided: readonly { to: string; effectiveAt: Date }[],
) {
  const approvedAt = decided.find(({ to }) => to === "approved")?.effectiveAt;
  return held.flatMap((hold) => {
    const { actorKind, reasonCode, anomaly, releasedAt, viewCount, likeCount, commentCount, shareCount, metricsAt } =
      hold;
    const heldAt = holdBegins(hold, approvedAt);
    if (!heldAt) return [];
    const counted = { views: viewCount, likes: likeCount, comments: commentCount, shares: shareCount, at: metricsAt };
    return [{ by: decider[actorKind], reason: reasonCode, found: anomaly, heldAt, releasedAt, counted }];
  });
}
