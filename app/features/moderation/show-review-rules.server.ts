import { and, asc, eq, isNull } from "drizzle-orm";
import { challenges, reviewRules, reviewRuleVersions } from "#drizzle/schema";
import type { ShownChallenge } from "~/features/challenges/challenge";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { showChallenge } from "~/features/challenges/show-challenge.server";
import { listEnabledRules } from "~/features/submissions/list-enabled-rules.server";
import { type ReviewRule, reviewRuleSchema } from "~/features/submissions/review-rule";
import { db } from "~/infra/db.server";
import { listApplicable } from "./list-applicable.server";
import { type RuleTrial, trialSchema } from "./rule-trial";

/** A rule that helps, as its admin sees it. Times are ISO. */
export interface ShownRule extends ReviewRule {
  id: string;
  version: number;
  madeAt: string;
  triedAt: string | null;
  trial: RuleTrial | null;
  enabledAt: string | null;
}

export interface ShownReview {
  challenge: ShownChallenge;
  targetHours: number | null;
  approveAtTarget: boolean;
  /** The oldest first. */
  rules: ShownRule[];
  /** How many pending entries the rule that was asked about would do something to. */
  applicable: { ruleId: string; entries: number } | null;
}

/**
 * How entries of a challenge are reviewed: its deadline and its rules that help, drafts of challenges too; null when there
 * is no such challenge. `askedRule`: the enabled one that may be applied to what waits already.
 */
export async function showReviewRules(
  slug: string,
  { at, askedRule }: { at: Date; askedRule: string | null },
): Promise<ShownReview | null> {
  const challenge = await findChallenge(slug, { drafts: true });
  if (!challenge) return null;
  const [rows, enabled, [target]] = await Promise.all([
    readRules(challenge.id),
    listEnabledRules(db, challenge.id),
    db
      .select({ hours: challenges.reviewTargetHours, approveAtTarget: challenges.approveAtTarget })
      .from(challenges)
      .where(eq(challenges.id, challenge.id)),
  ]);
  const asked = enabled.find(({ id }) => id === askedRule);
  const entries = asked ? await listApplicable(challenge.id, { rule: asked, rules: enabled, at }) : [];
  return {
    challenge: showChallenge(challenge, at),
    targetHours: target?.hours ?? null,
    approveAtTarget: target?.approveAtTarget ?? false,
    rules: rows.map(({ rule, definition, madeAt }) => ({
      ...reviewRuleSchema.parse(definition),
      id: rule.id,
      version: rule.version,
      madeAt: madeAt.toISOString(),
      triedAt: rule.triedAt?.toISOString() ?? null,
      trial: rule.trial === null ? null : trialSchema.parse(rule.trial),
      enabledAt: rule.enabledAt?.toISOString() ?? null,
    })),
    applicable: asked ? { ruleId: asked.id, entries: entries.length } : null,
  };
}

function readRules(challengeId: string) {
  return db
    .select({ rule: reviewRules, definition: reviewRuleVersions.definition, madeAt: reviewRuleVersions.madeAt })
    .from(reviewRules)
    .innerJoin(
      reviewRuleVersions,
      and(eq(reviewRuleVersions.ruleId, reviewRules.id), eq(reviewRuleVersions.version, reviewRules.version)),
    )
    .where(and(eq(reviewRules.challengeId, challengeId), isNull(reviewRules.retiredAt)))
    .orderBy(asc(reviewRules.id));
}
