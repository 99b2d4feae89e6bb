import { and, eq } from "drizzle-orm";
import { appeals, challengeRules, challenges, submissions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { appealDeadline, isAppealable } from "./appeal";
import { findStandingDecision } from "./find-standing-decision.server";
import { liveSubmissions } from "./live-submissions.server";
import { lockEntries } from "./lock-entries.server";
import { lockSubmission, type Submission } from "./record-decision.server";

/**
 * Asks once for a second look at the viewer's own rejected or disqualified entry; it is live again while the appeal is
 * open. `statement` is plain text (appeal.ts). Throws FORBIDDEN, FROZEN, CONFLICT (it stands otherwise by now),
 * APPEAL_EXISTS, APPEAL_WINDOW, or DUPLICATE_SUBMISSION and ENTRY_LIMIT when another entry has taken its place.
 */
export async function openAppeal(
  { submissionId, statement }: { submissionId: string; statement: string },
  viewer: Viewer,
): Promise<void> {
  const own = and(eq(submissions.id, submissionId), eq(submissions.creatorId, viewer.userId));
  await db.transaction(async (tx) => {
    const [entry] = await tx.select({ challengeId: submissions.challengeId }).from(submissions).where(own);
    if (!entry) throw new DomainError("FORBIDDEN");
    await lockEntries(tx, entry.challengeId, viewer.userId);
    const submission = await lockSubmission(tx, submissionId);
    const at = now();
    // A decision that still can be undone is not known to its creator yet.
    if (!submission || !isAppealable(submission.state) || submission.effectiveAt > at)
      throw new DomainError("CONFLICT");
    if ((await tx.$count(appeals, eq(appeals.submissionId, submissionId))) > 0) throw new DomainError("APPEAL_EXISTS");
    const decision = await findStandingDecision(tx, submission);
    if (at >= appealDeadline(decision.effectiveAt)) throw new DomainError("APPEAL_WINDOW");
    await requireRoom(tx, submission, at);
    await tx.insert(appeals).values({
      id: newId(),
      submissionId,
      decisionSequence: decision.sequence,
      creatorId: viewer.userId,
      statement,
      openedAt: at,
    });
    await tx.update(submissions).set({ appealOpen: true }).where(own);
  });
}

/** Nothing changes any more once the standings are frozen, and no other entry may have taken this one's place. */
async function requireRoom(tx: Transaction, submission: Submission, at: Date): Promise<void> {
  const [challenge] = await tx
    .select({ frozenAt: challenges.frozenAt, limit: challengeRules.entriesPerCreator })
    .from(challenges)
    .innerJoin(
      challengeRules,
      and(eq(challengeRules.challengeId, challenges.id), eq(challengeRules.version, challenges.rulesVersion)),
    )
    .where(eq(challenges.id, submission.challengeId));
  if (!challenge || challenge.frozenAt) throw new DomainError("FROZEN");
  // A disqualified entry has kept its place.
  if (submission.state !== "rejected" || !submission.videoId) return;
  const live = and(eq(submissions.challengeId, submission.challengeId), liveSubmissions(at));
  if ((await tx.$count(submissions, and(live, eq(submissions.videoId, submission.videoId)))) > 0) {
    throw new DomainError("DUPLICATE_SUBMISSION");
  }
  const used = await tx.$count(submissions, and(live, eq(submissions.creatorId, submission.creatorId)));
  if (used >= challenge.limit) throw new DomainError("ENTRY_LIMIT", { used, limit: challenge.limit });
}
