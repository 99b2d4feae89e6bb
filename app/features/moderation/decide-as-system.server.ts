import type { ReasonCode } from "~/features/submissions/reason";
import { lockSubmission, recordDecision } from "~/features/submissions/record-decision.server";
import type { DecisionState } from "~/features/submissions/submission";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { reasonMessages } from "./decision";

/**
 * A decision of the system on one entry, in a transaction of its own and effective at once: nobody has to be able to undo
 * it. `stillDue` is asked once the entry is held, so that whatever came first stands. Returns whether it was decided.
 */
export async function decideAsSystem(
  submissionId: string,
  { to, reason }: { to: DecisionState; reason: Exclude<ReasonCode, "OTHER"> },
  stillDue: (tx: Transaction, at: Date) => Promise<boolean>,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    const at = now();
    if (!submission || !(await stillDue(tx, at))) return false;
    await recordDecision(tx, submission, {
      seenVersion: submission.version,
      actor: { kind: "system" },
      to,
      reason,
      message: reasonMessages[reason],
      decidedAt: at,
      effectiveAt: at,
    });
    await audit(tx, {
      at,
      actor: { kind: "system" },
      action: `submission.${to}`,
      target: { kind: "submission", id: submissionId },
      before: { state: submission.state, version: submission.version },
      after: { state: to, version: submission.version + 1 },
      reason,
    });
    return true;
  });
}
