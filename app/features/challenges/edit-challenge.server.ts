import { and, eq, ne } from "drizzle-orm";
import { challengeRules, challenges } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { phaseOf } from "./challenge";
import { areRules, changesOf, contentOf, fixedIn, rulesOf } from "./challenge-edit";
import type { ChallengeForm } from "./challenge-form";
import { findChallenge } from "./find-challenge.server";

/**
 * Changes a challenge as far as its phase allows. Other rules are a new version of them: entries keep the one that they
 * were made by. Returns the version of the rules when it is a new one. Throws CONFLICT when the challenge
 * changed since it was seen or its phase does not allow a change, FROZEN, DATE_PASSED and SLUG_TAKEN.
 */
export async function editChallenge(
  slug: string,
  { form, seenVersion }: { form: ChallengeForm; seenVersion: number },
  admin: Viewer,
  requestId: string,
): Promise<{ newRules: number | null }> {
  return db.transaction(async (tx) => {
    await tx.select({ id: challenges.id }).from(challenges).where(eq(challenges.slug, slug)).for("update");
    const challenge = await findChallenge(slug, { drafts: true, tx });
    if (!challenge) throw new DomainError("CONFLICT");
    const at = now();
    const fixed = fixedIn[phaseOf(challenge, at)];
    if (!fixed) throw new DomainError(challenge.frozenAt ? "FROZEN" : "CONFLICT");
    const before = contentOf(challenge);
    const changes = changesOf(before, form);
    const stale = challenge.version !== seenVersion || changes.some((field) => fixed.includes(field));
    if (stale) throw new DomainError("CONFLICT");
    if (changes.length === 0) return { newRules: null };
    if (challenge.publishedAt && changes.includes("closesAt") && form.closesAt <= at) {
      throw new DomainError("DATE_PASSED");
    }
    const others = and(eq(challenges.slug, form.slug), ne(challenges.id, challenge.id));
    if ((await tx.$count(challenges, others)) > 0) throw new DomainError("SLUG_TAKEN");

    // What is the same to the minute stays the same to the millisecond.
    const has = (field: "opensAt" | "closesAt" | "postedFrom") => (changes.includes(field) ? form : before)[field];
    const after = { ...form, opensAt: has("opensAt"), closesAt: has("closesAt"), postedFrom: has("postedFrom") };
    const { id } = challenge;
    const hasNewRules = areRules(changes);
    const rulesVersion = challenge.rules.version + (hasNewRules ? 1 : 0);
    if (hasNewRules) {
      await tx
        .insert(challengeRules)
        .values({ challengeId: id, version: rulesVersion, ...rulesOf(after), createdAt: at });
    }
    const { title, brief, organizer, prize, timeZone, opensAt, closesAt } = after;
    await tx
      .update(challenges)
      .set({
        ...{ slug: after.slug, title, brief, organizer, prize, timeZone, opensAt, closesAt },
        rulesVersion,
        version: challenge.version + 1,
      })
      .where(eq(challenges.id, id));
    const changed = (content: typeof before, rulesVersion: number) => {
      const all = { ...content, hashtags: content.requiredHashtags };
      const some = Object.fromEntries(changes.map((field) => [field, all[field]]));
      return hasNewRules ? { ...some, rulesVersion } : some;
    };
    await audit(tx, {
      at,
      actor: { kind: "user", id: admin.userId },
      action: "challenge.edited",
      target: { kind: "challenge", id },
      before: changed(before, challenge.rules.version),
      after: changed(after, rulesVersion),
      requestId,
    });
    return { newRules: hasNewRules ? rulesVersion : null };
  });
}
