import { eq } from "drizzle-orm";
import { challenges } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { lockSubmission, recordDecision } from "./record-decision.server";

/** Takes the viewer's own entry back, for good, until the challenge is frozen. Throws FORBIDDEN, FROZEN or CONFLICT. */
export async function withdrawSubmission(submissionId: string, viewer: Viewer): Promise<void> {
  await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    if (submission?.creatorId !== viewer.userId) throw new DomainError("FORBIDDEN");
    const [challenge] = await tx
      .select({ frozenAt: challenges.frozenAt })
      .from(challenges)
      .where(eq(challenges.id, submission.challengeId));
    if (challenge?.frozenAt) throw new DomainError("FROZEN");
    const at = now();
    await recordDecision(tx, submission, {
      seenVersion: submission.version,
      actor: { kind: "creator", id: viewer.userId },
      to: "withdrawn",
      decidedAt: at,
      effectiveAt: at,
    });
  });
}
