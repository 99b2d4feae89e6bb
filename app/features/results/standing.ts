import type { Scoring } from "~/features/challenges/challenge";
import type { Metrics, VideoSummary } from "~/features/videos/video";

/** An entry's place on a challenge's board. Equal scores share a rank (1, 2, 2, 4). */
export interface Standing {
  rank: number;
  submissionId: string;
  creatorName: string;
  creatorAvatarUrl: string | null;
  video: VideoSummary;
  /** In thousandths of a point, so that it is exact. */
  score: number;
}

const points = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `469.63`, of thousandths. */
export const inPoints = (thousandths: number) => points.format(thousandths / 1_000);

export interface ScorePart {
  name: "Views" | "Likes" | "Comments" | "Shares";
  count: number;
  /** Points for a thousand. */
  weight: number;
  /** Thousandths of a point. */
  score: number;
}

/** What a score is made of: inputs × weights, in the order of the recipe; a count that TikTok did not give is 0. */
export function explainScore(metrics: Metrics, scoring: Scoring): ScorePart[] {
  const part = (name: ScorePart["name"], count: number | null, weight: number): ScorePart => ({
    name,
    count: count ?? 0,
    weight,
    score: (count ?? 0) * weight,
  });
  return [
    part("Views", metrics.views, scoring.pointsViews),
    part("Likes", metrics.likes, scoring.pointsLikes),
    part("Comments", metrics.comments, scoring.pointsComments),
    part("Shares", metrics.shares, scoring.pointsShares),
  ].filter(({ weight }) => weight > 0);
}
