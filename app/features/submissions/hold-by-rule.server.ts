import { holds } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import type { Transaction } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import type { Submission } from "./record-decision.server";
import type { KnownRule } from "./review-rule";

/**
 * Holds a locked entry that waits in the name of a rule, as the system: from when an approval of it takes effect, it has no
 * rank until a person releases it, for nobody has cleared any of its numbers. An approval that is undone leaves the hold as it
 * was. Returns false when the entry is held already, or was held by this rule before.
 */
export async function holdByRule(
  tx: Transaction,
  submission: Submission,
  hold: { rule: KnownRule; note: string; decidedAt: Date; bulkId?: string },
): Promise<boolean> {
  const { rule, note, decidedAt, bulkId } = hold;
  const made = await tx
    .insert(holds)
    .values({
      id: newId(),
      submissionId: submission.id,
      actorKind: "system",
      reasonCode: "RULE",
      note,
      reviewRuleId: rule.id,
      reviewRuleVersion: rule.version,
      bulkId: bulkId ?? null,
      heldAt: decidedAt,
    })
    .onConflictDoNothing()
    .returning({ id: holds.id });
  if (made.length === 0) return false;
  await audit(tx, {
    at: decidedAt,
    actor: { kind: "system" },
    action: "submission.held",
    target: { kind: "submission", id: submission.id },
    after: { rule: rule.id, ruleVersion: rule.version },
    reason: "RULE",
  });
  return true;
}
