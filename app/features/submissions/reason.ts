import type { RuleCode } from "./submission";

/** Why a submission was decided as it was: the codes, and their words for everybody. */

export const reasonCodes = [
  "OFF_BRIEF",
  "MISSING_HASHTAG",
  "OUT_OF_WINDOW",
  "TOO_SHORT",
  "TOO_LONG",
  "NOT_ORIGINAL",
  "DUPLICATE",
  "AI_NOT_ALLOWED",
  "AI_UNLABELLED",
  "VIDEO_UNAVAILABLE",
  "COPYRIGHT_CLAIM",
  "DANGEROUS_ACT",
  "HATE_HARASSMENT",
  "SEXUAL_CONTENT",
  "MINOR_SAFETY",
  "SPAM_OR_AD",
  "METRIC_MANIPULATION",
  "CHANGE_NOT_MADE",
  "OTHER",
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** Reasons that a person may choose; CHANGE_NOT_MADE is the system's own. */
export const choosableReasons = reasonCodes.filter((code) => code !== "CHANGE_NOT_MADE");

/** In the order of the reason list. */
export const reasonLabels: Record<ReasonCode, string> = {
  OFF_BRIEF: "Not what the brief asks for",
  MISSING_HASHTAG: "Required hashtag is missing",
  OUT_OF_WINDOW: "Posted outside the dates",
  TOO_SHORT: "Too short",
  TOO_LONG: "Too long",
  NOT_ORIGINAL: "Not the creator's own video",
  DUPLICATE: "Entered before",
  AI_NOT_ALLOWED: "AI-generated video is not allowed",
  AI_UNLABELLED: "AI-generated without a label",
  VIDEO_UNAVAILABLE: "Video is no longer public",
  COPYRIGHT_CLAIM: "Copyright claim",
  DANGEROUS_ACT: "Shows a dangerous act",
  HATE_HARASSMENT: "Hate or harassment",
  SEXUAL_CONTENT: "Sexual content",
  MINOR_SAFETY: "Safety of a minor",
  SPAM_OR_AD: "Spam or advertising",
  METRIC_MANIPULATION: "Manipulated numbers",
  CHANGE_NOT_MADE: "Requested change was not made",
  OTHER: "Another reason",
};

/** The rule that a reason says was not met, for those that are about one that can be checked. */
export const ruleBehind: Partial<Record<ReasonCode, RuleCode>> = {
  MISSING_HASHTAG: "hashtags",
  OUT_OF_WINDOW: "posted_in_window",
  TOO_SHORT: "duration",
  TOO_LONG: "duration",
  AI_NOT_ALLOWED: "ai_label",
  AI_UNLABELLED: "ai_label",
};

/** A stored code's words; the code itself where this build does not know it. */
export function reasonWords(code: string): string {
  const known = reasonCodes.find((one) => one === code);
  return known ? reasonLabels[known] : code;
}
