import type { VerdictIntent } from "./decision";

/** Verdicts that need words before they are given, and what all of them are called. */

export const explainedIntents = ["reject", "request_change", "reopen", "disqualify", "remove"] as const;
export type ExplainedIntent = (typeof explainedIntents)[number];

export function isExplained(intent: VerdictIntent): intent is ExplainedIntent {
  return explainedIntents.some((one) => one === intent);
}

export const verdictLabels: Record<VerdictIntent, string> = {
  approve: "Approve",
  reject: "Reject",
  flag: "Flag",
  request_change: "Request change",
  reopen: "Reopen",
  disqualify: "Disqualify",
  remove: "Remove",
};
