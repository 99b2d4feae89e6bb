import { sql } from "drizzle-orm";
import { reviewSuggestions } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import type { Transaction } from "~/infra/db.server";
import { holdByRule } from "./hold-by-rule.server";
import { recordDecision, type Submission } from "./record-decision.server";
import { conditionWords, type EntryFacts, holds, type Judgement, type KnownRule } from "./review-rule";

/**
 * Does to a locked entry what rules made of it: keeps their suggestions, and holds it and decides as the system, each in the
 * name of one of them. Returns whether anything was done. Throws CONFLICT when that is no move of the entry's state.
 */
export async function carryOutRules(
  tx: Transaction,
  submission: Submission,
  { act, hold, suggestions, facts }: Judgement & { facts: EntryFacts },
  moment: { decidedAt: Date; effectiveAt: Date; bulkId?: string },
): Promise<boolean> {
  if (suggestions.length > 0) {
    await tx
      .insert(reviewSuggestions)
      .values(
        suggestions.map(({ rule, reason }) => ({
          submissionId: submission.id,
          ruleId: rule.id,
          ruleVersion: rule.version,
          reasonCode: reason,
          madeAt: moment.decidedAt,
        })),
      )
      // An older version of the rule may have said something else.
      .onConflictDoUpdate({
        target: [reviewSuggestions.submissionId, reviewSuggestions.ruleId],
        set: {
          ruleVersion: sql`excluded.rule_version`,
          reasonCode: sql`excluded.reason_code`,
          madeAt: moment.decidedAt,
        },
      });
  }
  const held =
    hold !== null && (await holdByRule(tx, submission, { rule: hold, note: evidence(hold, facts), ...moment }));
  if (!act) return held || suggestions.length > 0;
  const { rule, to } = act;
  await recordDecision(tx, submission, {
    seenVersion: submission.version,
    actor: { kind: "system" },
    to,
    note: evidence(rule, facts),
    rule: { id: rule.id, version: rule.version },
    ...moment,
  });
  await audit(tx, {
    at: moment.decidedAt,
    actor: { kind: "system" },
    action: `submission.${to}`,
    target: { kind: "submission", id: submission.id },
    before: { state: submission.state, version: submission.version },
    after: { state: to, version: submission.version + 1, rule: rule.id, ruleVersion: rule.version },
  });
  return true;
}

/** For moderators: which rule it was, and what of it held. */
function evidence(rule: KnownRule, facts: EntryFacts): string {
  const held = rule.conditions.filter((condition) => holds(condition, facts)).map(conditionWords);
  const why = held.length > 0 ? held.join("; ") : `${facts.approvedBefore} approved entries and none refused`;
  return `Rule “${rule.name}”, version ${rule.version}: ${why}`.slice(0, 1_000);
}
