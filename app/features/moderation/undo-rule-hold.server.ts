import { and, eq, isNull } from "drizzle-orm";
import { holds } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { lockSubmission } from "~/features/submissions/record-decision.server";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { UNDO_WINDOW_MS } from "./decision";

/**
 * Takes back the hold that a rule asked for when it was applied to what waits, inside the window of that press: it is gone,
 * for it never counted. Throws UNDO_TOO_LATE, OWN_ENTRY, or CONFLICT when the entry was decided on or released since.
 */
export async function undoRuleHold(
  { submissionId, bulkId }: { submissionId: string; bulkId: string },
  moderator: Viewer,
  requestId: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    if (submission?.state !== "pending") throw new DomainError("CONFLICT");
    if (submission.creatorId === moderator.userId) throw new DomainError("OWN_ENTRY");
    const at = now();
    const [hold] = await tx
      .delete(holds)
      .where(and(eq(holds.submissionId, submissionId), eq(holds.bulkId, bulkId), isNull(holds.releasedAt)))
      .returning({ heldAt: holds.heldAt, rule: holds.reviewRuleId });
    if (!hold) throw new DomainError("CONFLICT");
    if (hold.heldAt.getTime() + UNDO_WINDOW_MS <= at.getTime()) throw new DomainError("UNDO_TOO_LATE");
    await audit(tx, {
      at,
      actor: { kind: "user", id: moderator.userId },
      action: "submission.hold_undone",
      target: { kind: "submission", id: submissionId },
      before: { heldAt: hold.heldAt, rule: hold.rule },
      requestId,
    });
  });
}
