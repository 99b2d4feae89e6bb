import { and, eq, isNull } from "drizzle-orm";
import { challenges, reviewRules } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import type { Transaction } from "~/infra/db.server";

/** Which version of which rule of which challenge somebody saw. */
export interface SeenRule {
  slug: string;
  ruleId: string;
  seenVersion: number;
}

/** Locks a rule that somebody saw, until the transaction ends. Throws CONFLICT when it stands otherwise or is put away. */
export async function lockRule(tx: Transaction, { slug, ruleId, seenVersion }: SeenRule) {
  const ofChallenge = tx.select({ id: challenges.id }).from(challenges).where(eq(challenges.slug, slug));
  const [rule] = await tx
    .select()
    .from(reviewRules)
    .where(and(eq(reviewRules.id, ruleId), eq(reviewRules.challengeId, ofChallenge), isNull(reviewRules.retiredAt)))
    .for("update");
  if (rule?.version !== seenVersion) throw new DomainError("CONFLICT");
  return rule;
}
