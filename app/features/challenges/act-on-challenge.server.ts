import { eq } from "drizzle-orm";
import { challenges } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { phaseOf } from "./challenge";
import { actsIn, type ChallengeAct } from "./challenge-form";

/** Publishes, pauses, resumes, closes, cancels or archives a challenge. Throws CONFLICT when its phase does not allow that. */
export async function actOnChallenge(slug: string, act: ChallengeAct, admin: Viewer, requestId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [challenge] = await tx.select().from(challenges).where(eq(challenges.slug, slug)).for("update");
    const at = now();
    if (!challenge || !actsIn[phaseOf(challenge, at)].includes(act)) throw new DomainError("CONFLICT");
    const after = changeOf(act, at);
    await tx.update(challenges).set(after).where(eq(challenges.id, challenge.id));
    const actor = { kind: "user", id: admin.userId } as const;
    const target = { kind: "challenge", id: challenge.id };
    const before = Object.fromEntries(Object.entries(challenge).filter(([field]) => field in after));
    await audit(tx, { at, actor, action: `challenge.${act}`, target, before, after, requestId });
  });
}

function changeOf(act: ChallengeAct, at: Date) {
  switch (act) {
    case "publish":
      return { publishedAt: at };
    case "pause":
      return { pausedAt: at };
    case "resume":
      return { pausedAt: null };
    case "close":
      return { closesAt: at, pausedAt: null };
    case "cancel":
      return { cancelledAt: at };
    case "archive":
      return { archivedAt: at };
  }
}
