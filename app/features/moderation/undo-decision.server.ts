import { and, eq } from "drizzle-orm";
import { appeals, decisionEffects, decisions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { lockSubmission } from "~/features/submissions/record-decision.server";
import { recordUndo } from "~/features/submissions/record-undo.server";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { reopenAppeal } from "./reopen-appeal.server";

/**
 * Takes back the moderator's own last decision on a submission, or a rule's, inside its window, by a compensating row:
 * outside the desk nobody ever saw anything. What it goes back to counts there once its own window is over too. Throws
 * UNDO_TOO_LATE, OWN_ENTRY (what a rule did to it), or CONFLICT when another decision came since.
 */
export async function undoDecision(
  { submissionId, seenVersion }: { submissionId: string; seenVersion: number },
  moderator: Viewer,
  requestId: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    if (!submission || submission.version !== seenVersion) throw new DomainError("CONFLICT");
    const [last] = await tx
      .select()
      .from(decisions)
      .where(and(eq(decisions.submissionId, submissionId), eq(decisions.sequence, submission.version)));
    const byRule = last !== undefined && last.reviewRuleId !== null;
    if (byRule && submission.creatorId === moderator.userId) throw new DomainError("OWN_ENTRY");
    const mayUndo = byRule || last?.actorId === moderator.userId;
    if (!last?.fromState || !mayUndo || last.undoOf) throw new DomainError("CONFLICT");
    // Locked until the trigger takes it out: what has left, by the clock of another process even, cannot be taken back.
    const waiting = await tx
      .select({ decisionId: decisionEffects.decisionId })
      .from(decisionEffects)
      .where(eq(decisionEffects.decisionId, last.id))
      .for("update");
    const at = now();
    if (waiting.length === 0 || last.effectiveAt <= at) throw new DomainError("UNDO_TOO_LATE");
    await recordUndo(tx, submission, last.id, { kind: "moderator", id: moderator.userId }, at);
    const upheld = and(eq(appeals.submissionId, submissionId), eq(appeals.upheldSequence, last.sequence));
    if ((await tx.$count(appeals, upheld)) > 0) await reopenAppeal(tx, submissionId);
    await audit(tx, {
      at,
      actor: { kind: "user", id: moderator.userId },
      action: "submission.undone",
      target: { kind: "submission", id: submissionId },
      before: { state: last.toState },
      after: { state: last.fromState },
      requestId,
    });
  });
}
