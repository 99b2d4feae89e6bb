import { z } from "zod";
import type { AiPolicy, ChallengeRules } from "~/features/challenges/challenge";

/** One video in one challenge by one creator: its decision states and its eligibility. */

const decisionStates = [
  "pending",
  "approved",
  "rejected",
  "changes_requested",
  "flagged",
  "disqualified",
  "removed",
  "withdrawn",
] as const;
export type DecisionState = (typeof decisionStates)[number];

export const decisionStateLabels: Record<DecisionState, string> = {
  pending: "In review",
  approved: "Approved",
  rejected: "Rejected",
  changes_requested: "Change requested",
  flagged: "Second look",
  disqualified: "Disqualified",
  removed: "Removed",
  withdrawn: "Withdrawn",
};

export type ActorKind = "creator" | "moderator" | "system";

/** Who may take a submission from one state to another (product.md, section 3). `null` = the creator submits. */
const transitions: Record<DecisionState, Partial<Record<DecisionState, readonly ActorKind[]>>> = {
  pending: {
    // The system only by a rule that helps, or at the review's deadline.
    approved: ["moderator", "system"],
    rejected: ["moderator"],
    changes_requested: ["moderator"],
    flagged: ["moderator", "system"],
    removed: ["moderator"],
    withdrawn: ["creator"],
  },
  flagged: {
    approved: ["moderator"],
    rejected: ["moderator"],
    changes_requested: ["moderator"],
    removed: ["moderator"],
    withdrawn: ["creator"],
  },
  changes_requested: {
    pending: ["creator"],
    rejected: ["system"],
    removed: ["moderator"],
    withdrawn: ["creator"],
  },
  rejected: { approved: ["moderator"], removed: ["moderator"] },
  approved: { disqualified: ["moderator", "system"], removed: ["moderator"], withdrawn: ["creator"] },
  disqualified: { approved: ["moderator"], removed: ["moderator"] },
  removed: {},
  withdrawn: {},
};

export function mayMove(actor: ActorKind, from: DecisionState, to: DecisionState): boolean {
  return transitions[from][to]?.includes(actor) ?? false;
}

const ruleCodes = ["posted_in_window", "hashtags", "duration", "entry_limit", "ai_label"] as const;
export type RuleCode = (typeof ruleCodes)[number];

const ruleCheckSchema = z.object({
  rule: z.enum(ruleCodes),
  outcome: z.enum(["pass", "fail", "unknown"]),
  /** What the rule asks, in words. */
  asks: z.string(),
  /** The value that was seen, in words. */
  seen: z.string(),
});
export const eligibilitySchema = z.array(ruleCheckSchema);
export type RuleCheck = z.infer<typeof ruleCheckSchema>;

export interface CheckedVideo {
  caption: string;
  postedAt: Date | null;
  durationSeconds: number | null;
  isAigc: boolean | null;
}

/** Captions of this length or longer may have been cut by TikTok: a hashtag not found there is unknown, not missing. */
const CAPTION_MAY_BE_CUT_AT = 140;

/**
 * Checks a video against a challenge's rules. `entriesUsed` = the creator's submissions that count against the limit,
 * without this one. Nothing here rejects by itself: a fail stops a new entry, an unknown goes to a person.
 */
export function checkEligibility(video: CheckedVideo, rules: ChallengeRules, entriesUsed: number): RuleCheck[] {
  return [
    checkWindow(video, rules),
    ...(rules.requiredHashtags.length > 0 ? [checkHashtags(video, rules.requiredHashtags)] : []),
    ...(rules.minDurationSeconds !== null || rules.maxDurationSeconds !== null ? [checkDuration(video, rules)] : []),
    checkEntryLimit(rules.entriesPerCreator, entriesUsed),
    ...(rules.aiPolicy === "allowed" ? [] : [checkAiLabel(video, rules.aiPolicy)]),
  ];
}

export function isEligible(checks: readonly RuleCheck[]): boolean {
  return checks.every((check) => check.outcome !== "fail");
}

function checkWindow({ postedAt }: CheckedVideo, { postedFrom, postedUntil }: ChallengeRules): RuleCheck {
  const asks = `Posted between ${day(postedFrom)} and ${day(postedUntil)}`;
  const rule = "posted_in_window";
  if (!postedAt) return { rule, asks, outcome: "unknown", seen: "TikTok gave no date" };
  const inside = postedAt >= postedFrom && postedAt <= postedUntil;
  return { rule, asks, outcome: inside ? "pass" : "fail", seen: `posted ${day(postedAt)}` };
}

function checkHashtags({ caption }: CheckedVideo, required: readonly string[]): RuleCheck {
  const found = new Set(Array.from(caption.matchAll(/#([\p{L}\p{M}\p{N}_]+)/gu), (match) => match[1]?.toLowerCase()));
  const missing = required.filter((tag) => !found.has(tag));
  const rule = "hashtags";
  const asks = required.map((tag) => `#${tag}`).join(" ");
  if (missing.length === 0) return { rule, asks, outcome: "pass", seen: "in the caption" };
  const seen = `${missing.map((tag) => `#${tag}`).join(" ")} not in the caption`;
  if (caption.length >= CAPTION_MAY_BE_CUT_AT) {
    return { rule, asks, outcome: "unknown", seen: `${seen}, which TikTok may have shortened` };
  }
  return { rule, asks, outcome: "fail", seen };
}

function checkDuration({ durationSeconds }: CheckedVideo, rules: ChallengeRules): RuleCheck {
  const { minDurationSeconds: min, maxDurationSeconds: max } = rules;
  const rule = "duration";
  const asks = durationWords(min, max);
  if (durationSeconds === null) return { rule, asks, outcome: "unknown", seen: "TikTok gave no length" };
  const isPhoto = durationSeconds === 0;
  const tooShort = min !== null && durationSeconds < min;
  const tooLong = max !== null && durationSeconds > max;
  return {
    rule,
    asks,
    outcome: tooShort || tooLong ? "fail" : "pass",
    seen: isPhoto ? "photo post" : `${durationSeconds} seconds`,
  };
}

function checkEntryLimit(limit: number, used: number): RuleCheck {
  return {
    rule: "entry_limit",
    asks: limit === 1 ? "One entry per creator" : `Up to ${limit} entries per creator`,
    outcome: used < limit ? "pass" : "fail",
    seen: `${used} of ${limit} used`,
  };
}

function checkAiLabel({ isAigc }: CheckedVideo, policy: Exclude<AiPolicy, "allowed">): RuleCheck {
  const rule = "ai_label";
  const asks = policy === "not_allowed" ? "No AI-generated video" : "AI-generated video must be labelled";
  if (isAigc === null) return { rule, asks, outcome: "unknown", seen: "label not readable" };
  if (policy === "not_allowed" && isAigc) return { rule, asks, outcome: "fail", seen: "labelled as AI-generated" };
  // Without the label nobody but a person can tell whether the video should have carried it.
  if (isAigc) return { rule, asks, outcome: "pass", seen: "labelled as AI-generated" };
  return { rule, asks, outcome: "pass", seen: "no AI label" };
}

function durationWords(min: number | null, max: number | null): string {
  if (min !== null && max !== null) return `${min} to ${max} seconds`;
  if (min !== null) return `At least ${min} seconds`;
  return `At most ${max} seconds`;
}

function day(date: Date): string {
  return new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    date,
  );
}
