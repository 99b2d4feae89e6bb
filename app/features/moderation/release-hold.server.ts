import { and, eq, isNull } from "drizzle-orm";
import { holds } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import { lockSubmission } from "~/features/submissions/record-decision.server";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { plainText } from "~/infra/plain-text";
import type { HoldActor } from "./hold-submission.server";

/**
 * Ends a hold: from now on the entry counts with its video's numbers again. `note`: internal, what came of the check.
 * Throws OWN_ENTRY, or CONFLICT when it is not held.
 */
export async function releaseHold(
  { submissionId, note }: { submissionId: string; note?: string },
  actor: HoldActor,
  requestId?: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    if (!submission) throw new DomainError("CONFLICT");
    if (actor.kind === "moderator" && submission.creatorId === actor.id) throw new DomainError("OWN_ENTRY");
    const at = now();
    const released = await tx
      .update(holds)
      .set({
        releasedAt: at,
        releasedBy: actor.kind === "system" ? null : actor.id,
        releaseNote: (note && plainText(note, 1_000)) || null,
      })
      .where(and(eq(holds.submissionId, submissionId), isNull(holds.releasedAt)))
      .returning({ heldAt: holds.heldAt });
    const [hold] = released;
    if (!hold) throw new DomainError("CONFLICT");
    await audit(tx, {
      at,
      actor: actor.kind === "system" ? actor : { kind: "user", id: actor.id },
      action: "submission.released",
      target: { kind: "submission", id: submissionId },
      before: { heldAt: hold.heldAt },
      requestId,
    });
  });
}
