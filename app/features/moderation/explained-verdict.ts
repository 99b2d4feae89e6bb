/** Verdicts that need words before they are given. */
export const explainedIntents = ["reject", "request_change", "reopen", "disqualify", "remove"] as const;
export type ExplainedIntent = (typeof explainedIntents)[number];
