import { and, desc, eq } from "drizzle-orm";
import { challengeRules, ruleAcceptances } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { diffRules, type RuleChanges } from "~/features/challenges/rule-changes";
import { db } from "~/infra/db.server";

/**
 * What the rules in force ask otherwise than the version that the viewer knows: `seen`, or else the last one that they
 * accepted in this challenge. Null when they know none, or the one in force.
 */
export async function findRuleChanges(slug: string, viewer: Viewer, seen: number | null): Promise<RuleChanges | null> {
  const challenge = await findChallenge(slug);
  if (!challenge) return null;
  const { id, rules, timeZone } = challenge;
  const from = seen ?? (await findAccepted(id, viewer));
  if (from === null || from >= rules.version) return null;
  const [known] = await db
    .select()
    .from(challengeRules)
    .where(and(eq(challengeRules.challengeId, id), eq(challengeRules.version, from)));
  return known ? { from, to: rules.version, changes: diffRules(known, rules, timeZone) } : null;
}

async function findAccepted(challengeId: string, { userId }: Viewer): Promise<number | null> {
  const [last] = await db
    .select({ version: ruleAcceptances.rulesVersion })
    .from(ruleAcceptances)
    .where(and(eq(ruleAcceptances.challengeId, challengeId), eq(ruleAcceptances.userId, userId)))
    .orderBy(desc(ruleAcceptances.rulesVersion))
    .limit(1);
  return last?.version ?? null;
}
