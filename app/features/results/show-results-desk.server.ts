import type { ShownChallenge } from "~/features/challenges/challenge";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { showChallenge } from "~/features/challenges/show-challenge.server";
import { countUndecided } from "./count-undecided.server";
import { listResults } from "./list-results.server";
import { listStandings } from "./list-standings.server";
import type { ResultVersion, Undecided } from "./result";
import type { Standing } from "./standing";

export interface ResultsDesk {
  challenge: ShownChallenge;
  undecided: Undecided;
  /** The top of the board. */
  standings: Standing[];
  ranked: number;
  /** Newest first. */
  results: ResultVersion[];
  /** Who can win in place of a winner: next on the board, still there, and never a winner before. */
  alternates: Standing[];
}

const TOP = 20;
/** Ten places win, some of them shared; so that alternates are left. */
const BOARD = 100;

/** What an admin needs at `at` to freeze a challenge, to publish its results or to replace a winner; null when there is none. */
export async function showResultsDesk(slug: string, at: Date): Promise<ResultsDesk | null> {
  const challenge = await findChallenge(slug);
  if (!challenge) return null;
  const [undecided, board, results] = await Promise.all([
    countUndecided(challenge.id, at),
    listStandings(challenge, { at, offset: 0, limit: BOARD }),
    listResults(challenge, at),
  ]);
  const won = new Set(results.flatMap(({ winners }) => winners.map(({ submissionId }) => submissionId)));
  return {
    challenge: showChallenge(challenge, at),
    undecided,
    standings: board.standings.slice(0, TOP),
    ranked: board.ranked,
    results,
    alternates: board.standings
      .filter(({ submissionId, entry }) => entry !== null && !won.has(submissionId))
      .slice(0, TOP),
  };
}
