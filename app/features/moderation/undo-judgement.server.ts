import { eq } from "drizzle-orm";
import { appeals } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { lockSubmission } from "~/features/submissions/record-decision.server";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { reopenAppeal } from "./reopen-appeal.server";
import { undoDecision } from "./undo-decision.server";

/**
 * Takes back the moderator's own answer to an appeal inside its window; an uphold by undoing the decision that it made.
 * Throws UNDO_TOO_LATE, or CONFLICT when the entry stands otherwise by now.
 */
export async function undoJudgement(
  seen: { submissionId: string; seenVersion: number },
  moderator: Viewer,
  requestId: string,
): Promise<void> {
  const { submissionId } = seen;
  const upheld = await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    if (submission?.version !== seen.seenVersion) throw new DomainError("CONFLICT");
    const [appeal] = await tx.select().from(appeals).where(eq(appeals.submissionId, submissionId));
    if (!appeal?.effectiveAt || appeal.decidedBy !== moderator.userId) throw new DomainError("CONFLICT");
    if (appeal.outcome === "upheld") return true;
    const at = now();
    // What its creator was told, by the clock of another process even, cannot be taken back.
    if (appeal.toldAt || appeal.effectiveAt <= at) throw new DomainError("UNDO_TOO_LATE");
    await reopenAppeal(tx, submissionId);
    await audit(tx, {
      at,
      actor: { kind: "user", id: moderator.userId },
      action: "appeal.undone",
      target: { kind: "submission", id: submissionId },
      before: { outcome: appeal.outcome },
      requestId,
    });
    return false;
  });
  if (upheld) await undoDecision(seen, moderator, requestId);
}
