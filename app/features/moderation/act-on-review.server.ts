import type { Viewer } from "~/features/accounts/account";
import { applyRule, type RuleRun } from "./apply-rule.server";
import type { ReviewAct } from "./rule-form";
import { saveRule } from "./save-rule.server";
import { setReviewTarget } from "./set-review-target.server";
import { switchRule } from "./switch-rule.server";
import { tryRule } from "./try-rule.server";
import { undoDecisions } from "./undo-decisions.server";

/** What came of a press on the page of a challenge's review. */
export type ReviewActDone =
  | { kind: "saved" | "tried" | "enabled" | "disabled" | "retired"; ruleId: string }
  | { kind: "target" }
  | { kind: "applied"; run: RuleRun }
  | { kind: "undone"; done: number; skipped: number };

/** What a button of that page does. Throws what the verb behind the button throws. */
export async function actOnReview(
  slug: string,
  act: ReviewAct,
  admin: Viewer,
  requestId: string,
): Promise<ReviewActDone> {
  switch (act.intent) {
    case "save": {
      const seen = { slug, ruleId: act.ruleId || null, seenVersion: act.seenVersion };
      return { kind: "saved", ruleId: await saveRule(seen, act.rule, admin, requestId) };
    }
    case "try":
      await tryRule({ slug, ...act }, admin, requestId);
      return { kind: "tried", ruleId: act.ruleId };
    case "enable":
    case "disable":
    case "retire":
      await switchRule(act.intent, { slug, ...act }, admin, requestId);
      return { kind: `${act.intent}d`, ruleId: act.ruleId };
    case "apply":
      return { kind: "applied", run: await applyRule({ slug, ...act }, admin, requestId) };
    case "undo": {
      const { done, skipped } = await undoDecisions(act.bulkId, admin, requestId);
      return { kind: "undone", done, skipped: skipped.length };
    }
    case "target":
      await setReviewTarget({ slug, ...act }, admin, requestId);
      return { kind: "target" };
  }
}
