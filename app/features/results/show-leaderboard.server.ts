import type { ShownChallenge } from "~/features/challenges/challenge";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { showChallenge } from "~/features/challenges/show-challenge.server";
import { listStandings } from "./list-standings.server";
import type { Standing } from "./standing";

export interface Leaderboard {
  challenge: ShownChallenge;
  standings: Standing[];
  /** How many entries are ranked in all; 0 past the last page too. */
  ranked: number;
  hasNext: boolean;
}

const PAGE = 50;

/** One page (1, 2, …) of a published challenge's board at `at`; null when there is no such challenge. */
export async function showLeaderboard(slug: string, options: { page: number; at: Date }): Promise<Leaderboard | null> {
  const challenge = await findChallenge(slug);
  if (!challenge) return null;
  const offset = (options.page - 1) * PAGE;
  const { standings, ranked } = await listStandings(challenge, { at: options.at, offset, limit: PAGE });
  return {
    challenge: showChallenge(challenge, options.at),
    standings,
    ranked,
    hasNext: offset + standings.length < ranked,
  };
}
