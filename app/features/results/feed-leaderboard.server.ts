import { showLeaderboard } from "./show-leaderboard.server";
import { explainScore } from "./standing";

/**
 * The first page of a published challenge's board as JSON for other sites; null when there is no such challenge. Says
 * nothing of when it was asked for, so it reads the same until a standing changes.
 */
export async function feedLeaderboard(slug: string, at: Date): Promise<string | null> {
  const leaderboard = await showLeaderboard(slug, { page: 1, at, movements: false });
  if (!leaderboard) return null;
  const { challenge, standings, ranked, results } = leaderboard;
  const [result] = results;
  return JSON.stringify({
    challenge: { slug: challenge.slug, title: challenge.title, phase: challenge.phase },
    ranked,
    frozenAt: challenge.frozenAt,
    results: result && {
      version: result.version,
      publishedAt: result.publishedAt,
      winners: result.winners.map(({ submissionId }) => submissionId),
    },
    standings: standings.map(({ rank, submissionId, entry, inputs, held, score }) => ({
      rank,
      entry: submissionId,
      creator: entry?.creatorName ?? null,
      video: entry?.video.shareUrl ?? null,
      points: score / 1_000,
      parts: explainScore(inputs, challenge.rules).map(({ name, count, before, now, weight }) => ({
        name: name.toLowerCase(),
        count,
        ...(before === null ? {} : { before, now }),
        pointsPerThousand: weight,
      })),
      held,
      countedAt: inputs.now.at,
    })),
  });
}
