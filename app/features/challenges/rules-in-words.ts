import type { AiPolicy, ChallengeRules, Scoring } from "./challenge";

/** Rules as people read them. */

export const aiWords: Record<AiPolicy, { title: string; words: string }> = {
  allowed: { title: "AI is welcome", words: "Labelled or not" },
  must_be_labelled: { title: "AI must be labelled", words: "Use TikTok's own label when you post" },
  not_allowed: { title: "No AI video", words: "Your own footage only" },
};

type Durations = Pick<ChallengeRules, "minDurationSeconds" | "maxDurationSeconds">;

/** Null where any length will do. */
export function durationInWords({ minDurationSeconds: min, maxDurationSeconds: max }: Durations): string | null {
  if (min !== null && max !== null) return `${min} to ${max} seconds`;
  if (min !== null) return `At least ${min} seconds`;
  return max === null ? null : `At most ${max} seconds`;
}

export function entriesInWords(perCreator: number): string {
  return perCreator === 1 ? "One entry" : `Up to ${perCreator} entries`;
}

export function hashtagsInWords(tags: readonly string[]): string {
  return tags.map((tag) => `#${tag}`).join(" ");
}

export function pointsInWords({ counting, pointsViews, pointsLikes, pointsComments, pointsShares }: Scoring): string {
  const parts = [
    [pointsViews, "views"],
    [pointsLikes, "likes"],
    [pointsComments, "comments"],
    [pointsShares, "shares"],
  ] as const;
  const given = parts.filter(([points]) => points > 0).map(([points, what]) => `${points} for ${what}`);
  const what = counting === "gain" ? "A thousand more of each since you entered" : "A thousand of each";
  return `${what}: ${new Intl.ListFormat("en").format(given)}`;
}
