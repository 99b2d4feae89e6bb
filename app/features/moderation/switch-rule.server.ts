import { eq } from "drizzle-orm";
import { reviewRules } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { lockRule, type SeenRule } from "./lock-rule.server";

/**
 * Enables the version of a rule that was seen, for entries handed in from now on; disables it, which takes its suggestions
 * off the cards; or puts it away for good. Throws RULE_NOT_TRIED, or CONFLICT when the rule stands otherwise.
 */
export async function switchRule(
  act: "enable" | "disable" | "retire",
  seen: SeenRule,
  admin: Viewer,
  requestId: string,
): Promise<void> {
  const at = now();
  await db.transaction(async (tx) => {
    const rule = await lockRule(tx, seen);
    if (act === "enable" && rule.triedAt === null) throw new DomainError("RULE_NOT_TRIED");
    await tx.update(reviewRules).set(changeOf(act, at)).where(eq(reviewRules.id, rule.id));
    const actor = { kind: "user", id: admin.userId } as const;
    const target = { kind: "review_rule", id: rule.id };
    const after = { version: rule.version };
    await audit(tx, { at, actor, action: `review_rule.${act}`, target, after, requestId });
  });
}

function changeOf(act: "enable" | "disable" | "retire", at: Date) {
  switch (act) {
    case "enable":
      return { enabledAt: at };
    case "disable":
      return { enabledAt: null };
    case "retire":
      return { enabledAt: null, retiredAt: at };
  }
}
