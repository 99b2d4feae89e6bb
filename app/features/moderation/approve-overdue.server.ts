import { and, asc, eq, exists, isNotNull, isNull, not, sql } from "drizzle-orm";
import { challenges, claims, reports, reviewSuggestions, submissions } from "#drizzle/schema";
import { listEnabledRules } from "~/features/submissions/list-enabled-rules.server";
import { listEntryFacts } from "~/features/submissions/list-entry-facts.server";
import { lockSubmission, recordDecision } from "~/features/submissions/record-decision.server";
import { isSampled, judgeEntry, matches, mayApproveAlone } from "~/features/submissions/review-rule";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { isHeld } from "./claim-submission.server";
import { isOverdue } from "./count-overdue.server";

/** Looked at in one run; what is left comes with the next minute. */
const BATCH = 200;

/**
 * Approves, in challenges that ask for it, the pending entries past their review deadline that meet every rule for certain,
 * that no rule that helps speaks of or leaves to a person, and nobody is looking at, but no entry of a
 * moderator or an admin: the system's decision, in a transaction of its own for each.
 * Whatever else is overdue goes on waiting for a person.
 */
export async function approveOverdue(stop?: AbortSignal): Promise<void> {
  const at = now();
  const due = await db
    .select({ id: submissions.id })
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .where(and(clearlyFit, isOverdue(at)))
    .orderBy(asc(submissions.id))
    .limit(BATCH);
  for (const { id } of due) {
    if (stop?.aborted) break;
    await db.transaction((tx) => approve(tx, id, at));
  }
}

/** Of what is written down of an entry and its challenge: nothing speaks against it. */
const clearlyFit = and(
  eq(submissions.state, "pending"),
  isNotNull(submissions.videoId),
  eq(challenges.approveAtTarget, true),
  isNull(challenges.frozenAt),
  isNull(challenges.cancelledAt),
  isNull(challenges.archivedAt),
  sql`${submissions.eligibility} <> '[]' and not ${submissions.eligibility} @? '$[*] ? (@.outcome != "pass")'`,
  not(exists(of(reviewSuggestions))),
  not(exists(of(claims, isHeld))),
  not(exists(of(reports, isNull(reports.dismissedAt)))),
);

function of(table: typeof reviewSuggestions | typeof claims | typeof reports, more?: ReturnType<typeof and>) {
  return db
    .select({ one: sql`1` })
    .from(table)
    .where(and(eq(table.submissionId, submissions.id), more));
}

/** Looks again once it is locked: somebody may have come to it since. */
async function approve(tx: Transaction, submissionId: string, at: Date): Promise<void> {
  const submission = await lockSubmission(tx, submissionId);
  if (!submission) return;
  const same = eq(submissions.id, submissionId);
  const [challenge] = await tx
    .select({ id: challenges.id, hours: challenges.reviewTargetHours })
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .where(and(same, clearlyFit, isOverdue(at)));
  if (!challenge) return;
  const [facts] = await listEntryFacts(tx, { where: same, asOf: at, limit: 1 });
  if (!facts || !mayApproveAlone(facts)) return;
  const rules = await listEnabledRules(tx, challenge.id);
  const { act, hold, suggestions } = judgeEntry(rules, facts);
  const sampled = rules.some((rule) => matches(rule, facts) && isSampled(rule, facts));
  if (act?.to === "flagged" || hold || suggestions.length > 0 || sampled) return;
  await recordDecision(tx, submission, {
    seenVersion: submission.version,
    actor: { kind: "system" },
    to: "approved",
    note: `Nobody decided within ${challenge.hours} hours, and it passes every rule.`,
    decidedAt: at,
    effectiveAt: at,
  });
  await audit(tx, {
    at,
    actor: { kind: "system" },
    action: "submission.approved",
    target: { kind: "submission", id: submissionId },
    before: { state: submission.state, version: submission.version },
    after: { state: "approved", version: submission.version + 1, deadlineHours: challenge.hours },
  });
}
