import { and, asc, desc, eq, isNotNull, sql } from "drizzle-orm";
import { submissions, tiktokAccounts, videos } from "#drizzle/schema";
import type { Challenge } from "~/features/challenges/find-challenge.server";
import { approvedAt, shownOfCreator, shownOfVideo } from "~/features/submissions/list-gallery.server";
import { scoreOf } from "~/features/submissions/score-of.server";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import { db } from "~/infra/db.server";
import type { Standing } from "./standing";

/**
 * A challenge's board at `at`, best first, from `offset` on, and how many are ranked in all (0 past
 * the last). Ranked = approved and in
 * effect, not known to be unavailable, and with numbers. Of equal scores the earlier entry comes first; they share a rank.
 */
export async function listStandings(
  { id, rules }: Pick<Challenge, "id" | "rules">,
  options: { at: Date; offset: number; limit: number },
): Promise<{ standings: Standing[]; ranked: number }> {
  const { pointsViews, pointsLikes, pointsComments, pointsShares } = rules;
  const rows = await board.execute({ id, pointsViews, pointsLikes, pointsComments, pointsShares, ...options });
  return {
    standings: rows.map((row) => ({
      rank: row.rank,
      submissionId: row.submissionId,
      creatorName: row.creatorName,
      creatorAvatarUrl: row.creatorAvatarUrl,
      video: summarizeVideo(row.video, options.at),
      score: row.score,
    })),
    ranked: rows[0]?.ranked ?? 0,
  };
}

/** Where one ranked entry stands at `at`, and among how many; null when it is not ranked. */
export async function findStanding(
  { id, rules }: Pick<Challenge, "id" | "rules">,
  submissionId: string,
  at: Date,
): Promise<{ rank: number; score: number; ranked: number } | null> {
  const { pointsViews, pointsLikes, pointsComments, pointsShares } = rules;
  const [row] = await standing.execute({
    id,
    submissionId,
    pointsViews,
    pointsLikes,
    pointsComments,
    pointsShares,
    at,
  });
  return row ?? null;
}

const place = {
  submissionId: submissions.id,
  score: sql`${scoreOf}`.mapWith(Number).as("score"),
  rank: sql<number>`(rank() over (order by ${scoreOf} desc))::int`.as("rank"),
  ranked: sql<number>`(count(*) over ())::int`.as("ranked"),
};
const at = sql.param(sql.placeholder("at"), submissions.effectiveAt);
const isRanked = and(eq(submissions.challengeId, sql.placeholder("id")), approvedAt(at), isNotNull(videos.viewCount));

// Built once, and planned once per connection: every challenge page shows the top of its board.
const board = db
  .select({ ...place, video: shownOfVideo(at), ...shownOfCreator })
  .from(submissions)
  .innerJoin(videos, eq(videos.id, submissions.videoId))
  .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
  .where(isRanked)
  .orderBy(desc(scoreOf), asc(submissions.id))
  .offset(sql.placeholder("offset"))
  .limit(sql.placeholder("limit"))
  .prepare("board");

const places = db
  .select(place)
  .from(submissions)
  .innerJoin(videos, eq(videos.id, submissions.videoId))
  .where(isRanked)
  .as("places");
const standing = db
  .select({ rank: places.rank, score: places.score, ranked: places.ranked })
  .from(places)
  .where(eq(places.submissionId, sql.placeholder("submissionId")))
  .prepare("standing");
