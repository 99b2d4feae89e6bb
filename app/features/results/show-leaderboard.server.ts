import type { ShownChallenge } from "~/features/challenges/challenge";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { showChallenge } from "~/features/challenges/show-challenge.server";
import { listDisqualified } from "./list-disqualified.server";
import { listMovements } from "./list-movements.server";
import { listResults } from "./list-results.server";
import { listStandings } from "./list-standings.server";
import type { ResultVersion } from "./result";
import type { RankedEntry, Standing } from "./standing";

export interface Leaderboard {
  challenge: ShownChallenge;
  standings: Standing[];
  /** How many entries are ranked in all; 0 past the last page too. */
  ranked: number;
  hasNext: boolean;
  /** Every version of the results, newest first. */
  results: ResultVersion[];
  /** Places moved up within a day, by submission id; null for an entry that is new on it. None on a frozen board. */
  movements: Record<string, number | null> | null;
  /** Below the last rank: accepted once, and without a rank since. */
  disqualified: (RankedEntry & { submissionId: string })[];
}

const PAGE = 50;

/**
 * One page (1, 2, …) of a published challenge's board at `at`; null when there is no such challenge. `movements`: false for
 * whoever does not say how entries moved.
 */
export async function showLeaderboard(
  slug: string,
  options: { page: number; at: Date; movements?: boolean },
): Promise<Leaderboard | null> {
  const challenge = await findChallenge(slug);
  if (!challenge) return null;
  const offset = (options.page - 1) * PAGE;
  const [{ standings, ranked }, results] = await Promise.all([
    listStandings(challenge, { at: options.at, offset, limit: PAGE }),
    listResults(challenge, options.at),
  ]);
  const hasNext = offset + standings.length < ranked;
  const [movements, disqualified] = await Promise.all([
    challenge.frozenAt || options.movements === false ? null : listMovements(challenge, standings, options.at),
    hasNext ? [] : listDisqualified(challenge.id, options.at),
  ]);
  return {
    challenge: showChallenge(challenge, options.at),
    standings,
    ranked,
    hasNext,
    results,
    movements,
    disqualified,
  };
}
