import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { holds, reviewSuggestions, submissions } from "#drizzle/schema";
import type { Transaction } from "~/infra/db.server";
import { carryOutRules } from "./carry-out-rules.server";
import { listEnabledRules } from "./list-enabled-rules.server";
import { listEntryFacts } from "./list-entry-facts.server";
import { lockSubmission } from "./record-decision.server";
import { judgeEntry } from "./review-rule";

/**
 * Has the challenge's enabled rules look at an entry that was handed in at `at`, in the transaction of that: it is flagged
 * or approved by the system at once, will be held once it is approved, or gets suggestions for whoever decides. What they
 * said of it before is forgotten; what a person has released stays so.
 */
export async function followRules(tx: Transaction, submissionId: string, at: Date): Promise<void> {
  await tx.delete(reviewSuggestions).where(eq(reviewSuggestions.submissionId, submissionId));
  const submission = await lockSubmission(tx, submissionId);
  if (!submission) return;
  const byRule = and(eq(holds.submissionId, submissionId), isNotNull(holds.reviewRuleId), isNull(holds.releasedAt));
  await tx.delete(holds).where(byRule);
  const rules = await listEnabledRules(tx, submission.challengeId);
  if (rules.length === 0) return;
  const [facts] = await listEntryFacts(tx, { where: eq(submissions.id, submissionId), asOf: at, limit: 1 });
  if (facts)
    await carryOutRules(tx, submission, { facts, ...judgeEntry(rules, facts) }, { decidedAt: at, effectiveAt: at });
}
