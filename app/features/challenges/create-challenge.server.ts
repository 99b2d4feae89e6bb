import { challengeRules, challenges } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { rulesOf } from "./challenge-edit";
import type { ChallengeForm } from "./challenge-form";

/** Makes a draft with version 1 of its rules; only admins see it until it is published. Throws SLUG_TAKEN. */
export async function createChallenge(
  form: ChallengeForm,
  admin: Viewer,
  requestId: string,
): Promise<{ slug: string }> {
  const at = now();
  const id = newId();
  await db.transaction(async (tx) => {
    const made = await tx
      .insert(challenges)
      .values({
        id,
        slug: form.slug,
        title: form.title,
        brief: form.brief,
        organizer: form.organizer,
        prize: form.prize,
        timeZone: form.timeZone,
        opensAt: form.opensAt,
        closesAt: form.closesAt,
        rulesVersion: 1,
        createdBy: admin.userId,
        createdAt: at,
      })
      .onConflictDoNothing({ target: challenges.slug })
      .returning({ id: challenges.id });
    if (made.length === 0) throw new DomainError("SLUG_TAKEN");
    await tx.insert(challengeRules).values({ challengeId: id, version: 1, ...rulesOf(form), createdAt: at });
    const actor = { kind: "user", id: admin.userId } as const;
    const target = { kind: "challenge", id };
    const after = { slug: form.slug, opensAt: form.opensAt, closesAt: form.closesAt };
    await audit(tx, { at, actor, action: "challenge.created", target, after, requestId });
  });
  return { slug: form.slug };
}
