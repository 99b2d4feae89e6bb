import { showLeaderboard } from "./show-leaderboard.server";
import { explainScore } from "./standing";

/**
 * The first page of a published challenge's board as JSON for other sites; null when there is no such challenge. Says
 * nothing of when it was asked for, so it reads the same until a standing changes.
 */
export async function feedLeaderboard(slug: string, at: Date): Promise<string | null> {
  const leaderboard = await showLeaderboard(slug, { page: 1, at });
  if (!leaderboard) return null;
  const { challenge, standings, ranked } = leaderboard;
  return JSON.stringify({
    challenge: { slug: challenge.slug, title: challenge.title, phase: challenge.phase },
    ranked,
    standings: standings.map(({ rank, submissionId, creatorName, video, score }) => ({
      rank,
      entry: submissionId,
      creator: creatorName,
      video: video.shareUrl,
      points: score / 1_000,
      parts: explainScore(video.metrics, challenge.rules).map(({ name, count, weight }) => ({
        name: name.toLowerCase(),
        count,
        pointsPerThousand: weight,
      })),
      countedAt: video.metrics.at,
    })),
  });
}
