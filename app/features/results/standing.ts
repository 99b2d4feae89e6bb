import type { Scoring } from "~/features/challenges/challenge";
import type { Metrics, VideoSummary } from "~/features/videos/video";

/** An entry's place on a challenge's board. Equal scores share a rank (1, 2, 2, 4). */
export interface Standing {
  rank: number;
  submissionId: string;
  /** In thousandths of a point, so that it is exact. */
  score: number;
  inputs: ScoreInputs;
  /** Its numbers are being checked: it counts with those from before. No frozen board has such an entry. */
  held: boolean;
  /** Who and what it is now; null once the entry was removed or its creator deleted their data. */
  entry: RankedEntry | null;
}

export interface RankedEntry {
  creatorName: string;
  creatorAvatarUrl: string | null;
  video: VideoSummary;
  /** Everybody may see it; false when its video is gone since the board was frozen. */
  hasPage: boolean;
}

/** What a score was made from. On a frozen board: as it was then. */
export interface ScoreInputs {
  now: Metrics;
  /** The numbers as they were known when the video was entered. */
  before: Counts;
}

export type Counts = Pick<Metrics, "views" | "likes" | "comments" | "shares">;

const points = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `469.63`, of thousandths. */
export const inPoints = (thousandths: number) => points.format(thousandths / 1_000);

export interface ScorePart {
  name: "Views" | "Likes" | "Comments" | "Shares";
  now: number;
  /** When it was entered; null where totals count. */
  before: number | null;
  /** What gets the points: the total, or the gain. */
  count: number;
  /** Points for a thousand. */
  weight: number;
  /** Thousandths of a point. */
  score: number;
}

/**
 * What a score is made of: inputs × weights, in the order of the recipe; a count that TikTok did not give is 0. A gain is
 * never negative, and nothing is gained over a count that was not known when the video was entered.
 */
export function explainScore(inputs: ScoreInputs, scoring: Scoring): ScorePart[] {
  const part = (name: ScorePart["name"], key: keyof Counts, weight: number): ScorePart => {
    const now = inputs.now[key] ?? 0;
    const before = scoring.counting === "gain" ? (inputs.before[key] ?? now) : null;
    const count = Math.max(now - (before ?? 0), 0);
    return { name, now, before, count, weight, score: count * weight };
  };
  return [
    part("Views", "views", scoring.pointsViews),
    part("Likes", "likes", scoring.pointsLikes),
    part("Comments", "comments", scoring.pointsComments),
    part("Shares", "shares", scoring.pointsShares),
  ].filter(({ weight }) => weight > 0);
}
