import { and, eq, exists, isNull, not, or, sql } from "drizzle-orm";
import { holds, reviewSuggestions, submissions } from "#drizzle/schema";
import { listEntryFacts } from "~/features/submissions/list-entry-facts.server";
import { hasPart, judgeEntry, type KnownRule, partOf } from "~/features/submissions/review-rule";
import { db } from "~/infra/db.server";
import { TRIAL_ENTRIES } from "./rule-trial";

/**
 * The pending entries of a challenge that one of its enabled rules would do something to, with all of them at work; the
 * newest first. Not those that it has spoken of already, and to be held not those that are or that it held before.
 */
export async function listApplicable(
  challengeId: string,
  { rule, rules, at }: { rule: KnownRule; rules: readonly KnownRule[]; at: Date },
): Promise<string[]> {
  const said = db
    .select({ one: sql`1` })
    .from(reviewSuggestions)
    .where(
      and(
        eq(reviewSuggestions.submissionId, submissions.id),
        eq(reviewSuggestions.ruleId, rule.id),
        eq(reviewSuggestions.ruleVersion, rule.version),
      ),
    );
  const held = db
    .select({ one: sql`1` })
    .from(holds)
    .where(and(eq(holds.submissionId, submissions.id), or(isNull(holds.releasedAt), eq(holds.reviewRuleId, rule.id))));
  const pending = and(
    eq(submissions.challengeId, challengeId),
    eq(submissions.state, "pending"),
    not(exists(rule.act.act === "hold" ? held : said)),
  );
  const entries = await listEntryFacts(db, { where: pending, asOf: at, limit: TRIAL_ENTRIES });
  return entries
    .filter((facts) => hasPart(partOf(rule, judgeEntry(rules, facts))))
    .map(({ submissionId }) => submissionId);
}
