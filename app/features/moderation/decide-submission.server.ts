import { and, desc, eq, isNull, ne } from "drizzle-orm";
import { challenges, claims, decisions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import type { ReasonCode } from "~/features/submissions/reason";
import { lockSubmission, recordDecision, type Submission } from "~/features/submissions/record-decision.server";
import type { DecisionState } from "~/features/submissions/submission";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { plainText } from "~/infra/plain-text";
import { isHeld } from "./claim-submission.server";
import { reasonMessages, UNDO_WINDOW_MS, type Verdict, verdictMoves } from "./decision";

/**
 * A moderator's decision on the version they saw. It counts at the desk at once and outside it after the undo window;
 * `bulk` when one press decided on several, at one moment. Ends the moderator's claim. Throws OWN_ENTRY, SECOND_MODERATOR
 * (they flagged it themselves), FORBIDDEN (removing is an admin's), FROZEN, REASON_REQUIRED, CLAIMED (somebody else is
 * looking at it), or CONFLICT: somebody was first, and the desk then shows how it stands.
 */
export async function decideSubmission(
  verdict: Verdict,
  moderator: Viewer,
  requestId: string,
  bulk?: { id: string; at: Date },
): Promise<void> {
  await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, verdict.submissionId);
    if (!submission) throw new DomainError("CONFLICT");
    if (submission.creatorId === moderator.userId) throw new DomainError("OWN_ENTRY");
    if (verdict.intent === "remove" && moderator.role !== "admin") throw new DomainError("FORBIDDEN");
    if (!verdictMoves[verdict.intent].from.includes(submission.state)) throw new DomainError("CONFLICT");
    if (await flaggedBy(tx, submission, moderator.userId)) throw new DomainError("SECOND_MODERATOR");
    const [challenge] = await tx
      .select({ frozenAt: challenges.frozenAt })
      .from(challenges)
      .where(eq(challenges.id, submission.challengeId));
    if (challenge?.frozenAt) throw new DomainError("FROZEN");
    await endClaim(tx, submission.id, moderator.userId);
    const decidedAt = bulk?.at ?? now();
    const outcome = outcomeOf(verdict);
    await recordDecision(tx, submission, {
      seenVersion: verdict.seenVersion,
      actor: { kind: "moderator", id: moderator.userId },
      ...outcome,
      bulkId: bulk?.id,
      decidedAt,
      effectiveAt: new Date(decidedAt.getTime() + UNDO_WINDOW_MS),
    });
    await audit(tx, {
      at: decidedAt,
      actor: { kind: "user", id: moderator.userId },
      action: `submission.${outcome.to}`,
      target: { kind: "submission", id: submission.id },
      before: { state: submission.state, version: submission.version },
      after: { state: outcome.to, version: submission.version + 1 },
      reason: outcome.reason,
      requestId,
    });
  });
}

/** Whoever else holds it goes first. */
async function endClaim(tx: Transaction, submissionId: string, moderatorId: string): Promise<void> {
  const [held] = await tx
    .select({ submissionId: claims.submissionId })
    .from(claims)
    .where(and(eq(claims.submissionId, submissionId), ne(claims.moderatorId, moderatorId), isHeld));
  if (held) throw new DomainError("CLAIMED");
  await tx.delete(claims).where(eq(claims.submissionId, submissionId));
}

/** A flag asks for a second pair of eyes, so it is not its maker who answers it. */
async function flaggedBy(tx: Transaction, { id, state }: Submission, userId: string): Promise<boolean> {
  if (state !== "flagged") return false;
  const [flag] = await tx
    .select({ actorId: decisions.actorId })
    .from(decisions)
    .where(and(eq(decisions.submissionId, id), eq(decisions.toState, "flagged"), isNull(decisions.undoOf)))
    .orderBy(desc(decisions.sequence))
    .limit(1);
  return flag?.actorId === userId;
}

function outcomeOf(verdict: Verdict): { to: DecisionState; reason?: ReasonCode; message?: string } {
  const { to } = verdictMoves[verdict.intent];
  switch (verdict.intent) {
    case "approve":
    case "flag":
      return { to };
    case "request_change":
      if (!verdict.message) throw new DomainError("REASON_REQUIRED");
      return { to, message: plainText(verdict.message, 1_000) };
    case "reject":
    case "disqualify":
    case "remove": {
      const { reason } = verdict;
      const message = verdict.message ?? (reason === "OTHER" ? undefined : reasonMessages[reason]);
      if (!message) throw new DomainError("REASON_REQUIRED");
      return { to, reason, message: plainText(message, 1_000) };
    }
  }
}
