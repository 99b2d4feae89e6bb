import { asc, desc, eq, sql } from "drizzle-orm";
import { holds, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import type { Challenge } from "~/features/challenges/find-challenge.server";
import { countedNumbers, isOnHold, isOpenHold } from "~/features/submissions/counted-numbers.server";
import { shownOfCreator, shownOfVideo } from "~/features/submissions/list-gallery.server";
import { givenRecipe } from "~/features/submissions/score-by.server";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import { db } from "~/infra/db.server";
import { findFrozenStanding, listFrozenStandings } from "./list-frozen-standings.server";
import { isRanked, placeBy } from "./ranked-entries.server";
import type { Standing } from "./standing";

export type RankedChallenge = Pick<Challenge, "id" | "rules" | "frozenAt">;

/**
 * A challenge's board at `at`, best first, from `offset` on, and how many are ranked in all (0 past
 * the last). Of equal scores the earlier entry comes first; they share a rank. Once frozen it is the board as it was then.
 */
export async function listStandings(
  challenge: RankedChallenge,
  options: { at: Date; offset: number; limit: number },
): Promise<{ standings: Standing[]; ranked: number }> {
  if (challenge.frozenAt) return listFrozenStandings(challenge.id, options);
  const rows = await board.execute({ ...given(challenge), ...options });
  return { standings: rows.map((row) => describe(row, options.at)), ranked: rows[0]?.ranked ?? 0 };
}

/** Where one ranked entry stands at `at`, and among how many; null when it is not ranked. */
export async function findStanding(
  challenge: RankedChallenge,
  submissionId: string,
  at: Date,
): Promise<{ standing: Standing; ranked: number } | null> {
  if (challenge.frozenAt) return findFrozenStanding(challenge.id, submissionId, at);
  const [row] = await standing.execute({ ...given(challenge), submissionId, at });
  return row ? { standing: describe(row, at), ranked: row.ranked } : null;
}

function given({ id, rules }: RankedChallenge) {
  const { counting, pointsViews, pointsLikes, pointsComments, pointsShares } = rules;
  return { id, counting, pointsViews, pointsLikes, pointsComments, pointsShares };
}

function describe(row: Awaited<ReturnType<typeof board.execute>>[number], at: Date): Standing {
  const { creatorName, creatorAvatarUrl, rank, submissionId, score, before } = row;
  const video = summarizeVideo(row.video, at);
  return {
    rank,
    submissionId,
    score,
    inputs: { now: summarizeVideo({ ...row.video, ...row.counted }, at).metrics, before },
    held: row.held,
    entry: { creatorName, creatorAvatarUrl, video, hasPage: true },
  };
}

const at = sql.param(sql.placeholder("at"), submissions.effectiveAt);
const { score, place } = placeBy(givenRecipe);
const before = {
  views: submissions.enteredViewCount,
  likes: submissions.enteredLikeCount,
  comments: submissions.enteredCommentCount,
  shares: submissions.enteredShareCount,
};
const shown = { before, counted: countedNumbers, held: sql<boolean>`${isOnHold}` };
const isOnBoard = isRanked(sql.placeholder("id"), at);

const selectPlaces = () =>
  db
    .select(place)
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .leftJoin(holds, isOpenHold)
    .where(isOnBoard);

// Only those that are shown get their words and pictures: ranked with them, 100,000 entries would not fit into memory.
const selectStandings = (places: ReturnType<typeof everyPlace>) =>
  db
    .select({
      submissionId: places.submissionId,
      score: places.score,
      rank: places.rank,
      ranked: places.ranked,
      ...shown,
      video: shownOfVideo(at),
      ...shownOfCreator,
    })
    .from(places)
    .innerJoin(submissions, eq(submissions.id, places.submissionId))
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .leftJoin(holds, isOpenHold)
    .$dynamic();
const everyPlace = () => selectPlaces().as("places");
const onePage = () =>
  selectPlaces()
    .orderBy(desc(score), asc(submissions.id))
    .offset(sql.placeholder("offset"))
    .limit(sql.placeholder("limit"))
    .as("places");

// Built once, and planned once per connection: every challenge page shows the top of its board.
const page = onePage();
const board = selectStandings(page).orderBy(asc(page.rank), asc(page.submissionId)).prepare("board");
const every = everyPlace();
const standing = selectStandings(every)
  .where(eq(every.submissionId, sql.placeholder("submissionId")))
  .prepare("standing");
