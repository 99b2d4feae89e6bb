import { and, DrizzleQueryError, eq, sql } from "drizzle-orm";
import { reviewRules, reviewRuleVersions, submissions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { listEntryFacts } from "~/features/submissions/list-entry-facts.server";
import { reviewRuleSchema } from "~/features/submissions/review-rule";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { lockRule, type SeenRule } from "./lock-rule.server";
import { type RuleTrial, TRIAL_ENTRIES, TRIAL_MS, tryOn } from "./rule-trial";

/** PostgreSQL stopped a statement that took too long. */
const QUERY_CANCELED = "57014";

/**
 * A dry run: what the version that was seen would have done to the challenge's newest entries, each as it was known when it
 * was handed in. Changes no entry; the rule remembers it, which allows to enable it. Throws CONFLICT or TRIAL_TOO_LONG.
 */
export async function tryRule(seen: SeenRule, admin: Viewer, requestId: string): Promise<RuleTrial> {
  const at = now();
  try {
    return await db.transaction(async (tx) => {
      const rule = await lockRule(tx, seen);
      const [version] = await tx
        .select({ definition: reviewRuleVersions.definition })
        .from(reviewRuleVersions)
        .where(and(eq(reviewRuleVersions.ruleId, rule.id), eq(reviewRuleVersions.version, rule.version)));
      await tx.execute(sql.raw(`set local statement_timeout = ${TRIAL_MS}`));
      const where = eq(submissions.challengeId, rule.challengeId);
      const entries = await listEntryFacts(tx, { where, limit: TRIAL_ENTRIES + 1 });
      const trial = tryOn(reviewRuleSchema.parse(version?.definition), entries);
      await tx.update(reviewRules).set({ triedAt: at, trial }).where(eq(reviewRules.id, rule.id));
      const actor = { kind: "user", id: admin.userId } as const;
      const target = { kind: "review_rule", id: rule.id };
      await audit(tx, {
        at,
        actor,
        action: "review_rule.tried",
        target,
        after: { version: rule.version, ...trial },
        requestId,
      });
      return trial;
    });
  } catch (error) {
    const cause = error instanceof DrizzleQueryError ? error.cause : error;
    const stopped = cause instanceof Error && "code" in cause && cause.code === QUERY_CANCELED;
    throw stopped ? new DomainError("TRIAL_TOO_LONG") : error;
  }
}
