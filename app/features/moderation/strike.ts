import type { ReasonCode } from "~/features/submissions/reason";
import { type DecisionRecord, effectiveDecisions } from "~/features/submissions/timeline";

/** A strike: an entry that stands refused for a serious reason. It is for moderators to weigh; it decides nothing. */

/** After so long it is not held against anybody any more: three months, about as long as the longest challenge. */
export const STRIKE_DAYS = 90;
const DAY_MS = 86_400_000;

/** What harms somebody or cheats. Not among them: what misses a rule or the brief. */
const seriousReasons: readonly ReasonCode[] = [
  "NOT_ORIGINAL",
  "COPYRIGHT_CLAIM",
  "DANGEROUS_ACT",
  "HATE_HARASSMENT",
  "SEXUAL_CONTENT",
  "MINOR_SAFETY",
  "METRIC_MANIPULATION",
];

export interface Strike {
  submissionId: string;
  reason: ReasonCode;
  /** ISO time of the decision's taking effect. */
  at: string;
  /** ISO time. */
  expiresAt: string;
}

/**
 * What counts against a creator at `at`, newest first: of each entry the decision that is in effect. An undone, reopened
 * or appealed refusal that was taken back is none.
 */
export function strikesOf(
  entries: readonly { submissionId: string; decisions: readonly DecisionRecord[] }[],
  at: Date,
): Strike[] {
  return entries
    .flatMap(({ submissionId, decisions }) => {
      const standing = effectiveDecisions(decisions, at).at(-1);
      if (!standing || !["rejected", "disqualified", "removed"].includes(standing.toState)) return [];
      const reason = seriousReasons.find((code) => code === standing.reasonCode);
      const expiresAt = new Date(standing.effectiveAt.getTime() + STRIKE_DAYS * DAY_MS);
      if (!reason || expiresAt <= at) return [];
      return [{ submissionId, reason, at: standing.effectiveAt.toISOString(), expiresAt: expiresAt.toISOString() }];
    })
    .sort((a, b) => b.at.localeCompare(a.at));
}
