import { and, asc, eq, isNotNull } from "drizzle-orm";
import { reviewRules, reviewRuleVersions } from "#drizzle/schema";
import type { Database, Transaction } from "~/infra/db.server";
import { log } from "~/infra/log.server";
import { type KnownRule, reviewRuleSchema } from "./review-rule";

/**
 * The rules that help which are enabled in a challenge, the oldest first. None at all where one of them is not for this
 * build to read: what it might have flagged must not be approved by another.
 */
export async function listEnabledRules(from: Database | Transaction, challengeId: string): Promise<KnownRule[]> {
  const rows = await from
    .select({ id: reviewRules.id, version: reviewRules.version, definition: reviewRuleVersions.definition })
    .from(reviewRules)
    .innerJoin(
      reviewRuleVersions,
      and(eq(reviewRuleVersions.ruleId, reviewRules.id), eq(reviewRuleVersions.version, reviewRules.version)),
    )
    .where(and(eq(reviewRules.challengeId, challengeId), isNotNull(reviewRules.enabledAt)))
    .orderBy(asc(reviewRules.id));
  const rules = rows.flatMap(({ id, version, definition }) => {
    const read = reviewRuleSchema.safeParse(definition);
    return read.success ? [{ id, version, ...read.data }] : [];
  });
  if (rules.length === rows.length) return rules;
  log.error({ challengeId }, "a rule that helps cannot be read, so all of its challenge keep still");
  return [];
}
