import { and, eq, isNull } from "drizzle-orm";
import { appeals, challenges, decisions, submissions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { isAppealable } from "~/features/submissions/appeal";
import { lockSubmission, recordDecision, type Submission } from "~/features/submissions/record-decision.server";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import type { Judgement } from "./appeal-judgement";
import { UNDO_WINDOW_MS } from "./decision";

/**
 * A moderator's answer to an open appeal, on the version they saw: upheld, the entry is approved; dismissed, the decision
 * stands. Either counts outside the desk after the undo window. Throws OWN_ENTRY, OWN_DECISION (they made the decision
 * appealed against), FROZEN (upholding would change the standings), REASON_REQUIRED, or CONFLICT: somebody was first.
 */
export async function judgeAppeal(judgement: Judgement, moderator: Viewer, requestId: string): Promise<void> {
  const { submissionId, seenVersion, intent } = judgement;
  await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    if (!submission || submission.version !== seenVersion || !isAppealable(submission.state)) {
      throw new DomainError("CONFLICT");
    }
    const answer = judgement.answer || null;
    if (intent === "dismiss" && answer === null) throw new DomainError("REASON_REQUIRED");
    await requireFairJudge(tx, submission, moderator);
    if (intent === "uphold") await requireUnfrozen(tx, submission);
    const decidedAt = now();
    const effectiveAt = new Date(decidedAt.getTime() + UNDO_WINDOW_MS);
    const upheld = intent === "uphold";
    if (upheld) {
      await recordDecision(tx, submission, {
        seenVersion,
        actor: { kind: "moderator", id: moderator.userId },
        to: "approved",
        message: answer ?? undefined,
        decidedAt,
        effectiveAt,
      });
    }
    const outcome = upheld ? "upheld" : "dismissed";
    await tx
      .update(appeals)
      .set({
        outcome,
        decidedBy: moderator.userId,
        answer,
        decidedAt,
        effectiveAt,
        upheldSequence: upheld ? seenVersion + 1 : null,
      })
      .where(eq(appeals.submissionId, submissionId));
    await tx.update(submissions).set({ appealOpen: false }).where(eq(submissions.id, submissionId));
    await audit(tx, {
      at: decidedAt,
      actor: { kind: "user", id: moderator.userId },
      action: `appeal.${outcome}`,
      target: { kind: "submission", id: submissionId },
      before: { state: submission.state, version: submission.version },
      after: upheld ? { state: "approved", version: submission.version + 1 } : undefined,
      requestId,
    });
  });
}

/** Product invariant 6: neither the creator nor whoever made the decision. */
async function requireFairJudge(tx: Transaction, submission: Submission, moderator: Viewer): Promise<void> {
  if (submission.creatorId === moderator.userId) throw new DomainError("OWN_ENTRY");
  const [appealed] = await tx
    .select({ actorId: decisions.actorId })
    .from(appeals)
    .innerJoin(
      decisions,
      and(eq(decisions.submissionId, appeals.submissionId), eq(decisions.sequence, appeals.decisionSequence)),
    )
    .where(and(eq(appeals.submissionId, submission.id), isNull(appeals.outcome)));
  if (!appealed) throw new DomainError("CONFLICT");
  if (appealed.actorId === moderator.userId) throw new DomainError("OWN_DECISION");
}

async function requireUnfrozen(tx: Transaction, { challengeId }: Submission): Promise<void> {
  const [challenge] = await tx
    .select({ frozenAt: challenges.frozenAt })
    .from(challenges)
    .where(eq(challenges.id, challengeId));
  if (challenge?.frozenAt) throw new DomainError("FROZEN");
}
