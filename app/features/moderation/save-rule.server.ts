import { and, eq, isNull } from "drizzle-orm";
import { challenges, reviewRules, reviewRuleVersions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import type { ReviewRule } from "~/features/submissions/review-rule";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { plainText } from "~/infra/plain-text";
import { lockRule, type SeenRule } from "./lock-rule.server";

/** Each entry is looked at by all of them. */
const MAX_RULES = 20;

/**
 * Keeps a new rule of a challenge, or a new version of the one that was seen, which is off until it is tried and enabled.
 * Returns its id. Throws CONFLICT when somebody changed it since or there is no such challenge, or TOO_MANY_RULES.
 */
export async function saveRule(
  { slug, ruleId, seenVersion }: Omit<SeenRule, "ruleId"> & { ruleId: string | null },
  definition: ReviewRule,
  admin: Viewer,
  requestId: string,
): Promise<string> {
  const at = now();
  return db.transaction(async (tx) => {
    const version = ruleId === null ? 1 : seenVersion + 1;
    const id = ruleId ?? (await addRule(tx, slug));
    if (ruleId !== null) {
      const before = await lockRule(tx, { slug, ruleId, seenVersion });
      await tx
        .update(reviewRules)
        .set({ version, triedAt: null, trial: null, enabledAt: null })
        .where(eq(reviewRules.id, before.id));
    }
    const kept = { ...definition, name: plainText(definition.name, 80) };
    await tx
      .insert(reviewRuleVersions)
      .values({ ruleId: id, version, definition: kept, madeBy: admin.userId, madeAt: at });
    const actor = { kind: "user", id: admin.userId } as const;
    const target = { kind: "review_rule", id };
    await audit(tx, { at, actor, action: "review_rule.saved", target, after: { version, ...kept }, requestId });
    return id;
  });
}

async function addRule(tx: Transaction, slug: string): Promise<string> {
  const [challenge] = await tx
    .select({ id: challenges.id })
    .from(challenges)
    .where(eq(challenges.slug, slug))
    .for("update");
  if (!challenge) throw new DomainError("CONFLICT");
  const there = and(eq(reviewRules.challengeId, challenge.id), isNull(reviewRules.retiredAt));
  if ((await tx.$count(reviewRules, there)) >= MAX_RULES) throw new DomainError("TOO_MANY_RULES");
  const id = newId();
  await tx.insert(reviewRules).values({ id, challengeId: challenge.id, version: 1 });
  return id;
}
