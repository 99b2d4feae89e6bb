/** A time-boxed call for videos: its phase is computed from dates and acts, its rules have versions. */

export interface ChallengeDates {
  opensAt: Date;
  closesAt: Date;
  publishedAt: Date | null;
  pausedAt: Date | null;
  frozenAt: Date | null;
  finalisedAt: Date | null;
  cancelledAt: Date | null;
  archivedAt: Date | null;
}

const phases = [
  "draft",
  "scheduled",
  "open",
  "paused",
  "reviewing",
  "frozen",
  "final",
  "archived",
  "cancelled",
] as const;
export type Phase = (typeof phases)[number];

/** The phase at `at`. An act outranks a date; `closesAt` itself is already closed. */
export function phaseOf(challenge: ChallengeDates, at: Date): Phase {
  if (challenge.archivedAt) return "archived";
  if (challenge.cancelledAt) return "cancelled";
  if (challenge.finalisedAt) return "final";
  if (challenge.frozenAt) return "frozen";
  if (!challenge.publishedAt) return "draft";
  if (at < challenge.opensAt) return "scheduled";
  if (at >= challenge.closesAt) return "reviewing";
  return challenge.pausedAt ? "paused" : "open";
}

export const aiPolicies = ["allowed", "must_be_labelled", "not_allowed"] as const;
export type AiPolicy = (typeof aiPolicies)[number];

/** What points are given for: all that was counted, or what came since the entry was made. */
export const countings = ["total", "gain"] as const;
export type Counting = (typeof countings)[number];

/** Points for a thousand views, likes, comments and shares. */
export interface Scoring {
  counting: Counting;
  pointsViews: number;
  pointsLikes: number;
  pointsComments: number;
  pointsShares: number;
}

export interface ChallengeRules extends Scoring {
  version: number;
  /** Without `#`, lower case. */
  requiredHashtags: readonly string[];
  minDurationSeconds: number | null;
  maxDurationSeconds: number | null;
  entriesPerCreator: number;
  aiPolicy: AiPolicy;
  postedFrom: Date;
  postedUntil: Date;
}

/** What pages show of a challenge; times are ISO. */
export interface ShownChallenge {
  slug: string;
  title: string;
  brief: string;
  organizer: string;
  prize: string | null;
  timeZone: string;
  opensAt: string;
  closesAt: string;
  phase: Phase;
  frozenAt: string | null;
  finalisedAt: string | null;
  rules: ShownRules;
}

export interface ShownRules extends Omit<ChallengeRules, "postedFrom" | "postedUntil"> {
  postedFrom: string;
  postedUntil: string;
}
