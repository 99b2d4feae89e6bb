import { eq } from "drizzle-orm";
import { challenges } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";

/**
 * Within how many hours entries of a challenge are to be decided (null: no deadline), and whether one that passes every
 * rule is approved when they are over. Throws CONFLICT when the challenge is gone.
 */
export async function setReviewTarget(
  { slug, hours, approveAtTarget }: { slug: string; hours: number | null; approveAtTarget: boolean },
  admin: Viewer,
  requestId: string,
): Promise<void> {
  const at = now();
  const after = { reviewTargetHours: hours, approveAtTarget: approveAtTarget && hours !== null };
  await db.transaction(async (tx) => {
    const [before] = await tx
      .select({
        id: challenges.id,
        reviewTargetHours: challenges.reviewTargetHours,
        approveAtTarget: challenges.approveAtTarget,
      })
      .from(challenges)
      .where(eq(challenges.slug, slug))
      .for("update");
    if (!before) throw new DomainError("CONFLICT");
    const { id, ...had } = before;
    await tx.update(challenges).set(after).where(eq(challenges.id, id));
    const actor = { kind: "user", id: admin.userId } as const;
    const target = { kind: "challenge", id };
    await audit(tx, { at, actor, action: "challenge.review_target", target, before: had, after, requestId });
  });
}
