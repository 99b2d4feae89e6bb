import { and, eq } from "drizzle-orm";
import { challenges, claims, submissions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { carryOutRules } from "~/features/submissions/carry-out-rules.server";
import { listEnabledRules } from "~/features/submissions/list-enabled-rules.server";
import { listEntryFacts } from "~/features/submissions/list-entry-facts.server";
import { lockSubmission } from "~/features/submissions/record-decision.server";
import { hasPart, judgeEntry, type KnownRule, partOf, type RuleAct } from "~/features/submissions/review-rule";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { isHeld } from "./claim-submission.server";
import { UNDO_WINDOW_MS } from "./decision";
import { listApplicable } from "./list-applicable.server";
import { lockRule, type SeenRule } from "./lock-rule.server";

/** With one press; what is left comes with the next. */
const MAX_APPLIED = 200;

/** What a rule did with one press. */
export interface RuleRun {
  bulkId: string;
  name: string;
  act: RuleAct["act"];
  done: number;
  /** Somebody was looking at them, or they were decided in between. */
  skipped: number;
  /** There is more to apply it to. */
  left: number;
  /** Set while what it decided can be taken back. ISO. */
  undoableUntil: string | null;
}

/**
 * Has an enabled rule look at the entries that wait already, each once and in a transaction of its own. What it decides is
 * the system's, counts after the undo window and names the rule, and so does a hold, which waits for an approval; who pressed stands in the audit log. Entries that somebody
 * looks at are left alone. Throws CONFLICT when the rule stands otherwise, or FROZEN.
 */
export async function applyRule(seen: SeenRule, admin: Viewer, requestId: string): Promise<RuleRun> {
  const at = now();
  const { challengeId, rules, rule } = await db.transaction((tx) => findEnabled(tx, seen));
  const applicable = await listApplicable(challengeId, { rule, rules, at });
  const chosen = applicable.slice(0, MAX_APPLIED);
  const bulkId = newId();
  let done = 0;
  for (const submissionId of chosen) {
    if (await db.transaction((tx) => applyTo(tx, submissionId, { rules, rule, at, bulkId }))) done += 1;
  }
  await audit(db, {
    at,
    actor: { kind: "user", id: admin.userId },
    action: "review_rule.applied",
    target: { kind: "review_rule", id: rule.id },
    after: { version: rule.version, bulkId, done },
    requestId,
  });
  const decides = rule.act.act !== "suggest_rejection" && done > 0;
  return {
    bulkId,
    name: rule.name,
    act: rule.act.act,
    done,
    skipped: chosen.length - done,
    left: applicable.length - chosen.length,
    undoableUntil: decides ? new Date(at.getTime() + UNDO_WINDOW_MS).toISOString() : null,
  };
}

async function findEnabled(tx: Transaction, seen: SeenRule) {
  const { challengeId } = await lockRule(tx, seen);
  const [challenge] = await tx
    .select({ frozenAt: challenges.frozenAt })
    .from(challenges)
    .where(eq(challenges.id, challengeId));
  if (challenge?.frozenAt) throw new DomainError("FROZEN");
  const rules = await listEnabledRules(tx, challengeId);
  const rule = rules.find(({ id }) => id === seen.ruleId);
  if (!rule) throw new DomainError("CONFLICT");
  return { challengeId, rules, rule };
}

/** Returns whether the rule did something: the entry is looked at anew once it is locked. */
async function applyTo(
  tx: Transaction,
  submissionId: string,
  run: { rules: readonly KnownRule[]; rule: KnownRule; at: Date; bulkId: string },
): Promise<boolean> {
  const submission = await lockSubmission(tx, submissionId);
  if (submission?.state !== "pending") return false;
  if ((await tx.$count(claims, and(eq(claims.submissionId, submissionId), isHeld))) > 0) return false;
  const where = eq(submissions.id, submissionId);
  const [facts] = await listEntryFacts(tx, { where, asOf: run.at, limit: 1 });
  if (!facts) return false;
  const part = partOf(run.rule, judgeEntry(run.rules, facts));
  if (!hasPart(part)) return false;
  const effectiveAt = new Date(run.at.getTime() + UNDO_WINDOW_MS);
  return carryOutRules(tx, submission, { ...part, facts }, { decidedAt: run.at, effectiveAt, bulkId: run.bulkId });
}
