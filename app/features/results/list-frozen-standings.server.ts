import { and, asc, eq, gt, inArray, ne, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { standings, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import { approvedAt, shownOfVideo } from "~/features/submissions/list-gallery.server";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import { db } from "~/infra/db.server";
import type { Standing } from "./standing";

/**
 * A frozen challenge's board from `offset` on: rank, score and inputs as they were frozen, names and covers as they are
 * at `at`. An entry that was removed, or whose creator deleted their data, keeps its place without either.
 */
export async function listFrozenStandings(
  challengeId: string,
  options: { at: Date; offset: number; limit: number },
): Promise<{ standings: Standing[]; ranked: number }> {
  const rows = await board.execute({ challengeId, ...options });
  return { standings: rows.map((row) => describe(row, options.at)), ranked: rows[0]?.ranked ?? 0 };
}

/** One entry's place on the frozen board, and among how many; null when it is not on it. */
export async function findFrozenStanding(
  challengeId: string,
  submissionId: string,
  at: Date,
): Promise<{ standing: Standing; ranked: number } | null> {
  const [row] = await select(and(eq(standings.challengeId, challengeId), eq(standings.submissionId, submissionId)), at);
  if (!row) return null;
  return {
    standing: describe(row, at),
    ranked: await db.$count(standings, eq(standings.challengeId, challengeId)),
  };
}

/** These entries' places on the frozen board, best first. */
export async function pickFrozenStandings(
  challengeId: string,
  submissionIds: readonly string[],
  at: Date,
): Promise<Standing[]> {
  if (submissionIds.length === 0) return [];
  const picked = and(eq(standings.challengeId, challengeId), inArray(standings.submissionId, [...submissionIds]));
  const rows = await select(picked, at).orderBy(asc(standings.rank), asc(standings.submissionId));
  return rows.map((row) => describe(row, at));
}

/** For a query over submissions: not taken out of public view by `at`. */
export function notRemovedAt(at: Date | SQLWrapper) {
  return or(ne(submissions.state, "removed"), gt(submissions.effectiveAt, at));
}

function select(where: SQL | undefined, at: Date | SQLWrapper) {
  return db
    .select({
      place: standings,
      ranked: sql<number>`(count(*) over ())::int`,
      video: shownOfVideo(at),
      creatorName: tiktokAccounts.displayName,
      creatorAvatarUrl: tiktokAccounts.avatarUrl,
      hasPage: sql<boolean>`coalesce(${approvedAt(at)}, false)`,
    })
    .from(standings)
    .innerJoin(submissions, eq(submissions.id, standings.submissionId))
    .leftJoin(videos, and(eq(videos.id, submissions.videoId), notRemovedAt(at)))
    .leftJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .where(where)
    .$dynamic();
}

type Row = Awaited<ReturnType<typeof select>>[number];

function describe({ place, video, creatorName, creatorAvatarUrl, hasPage }: Row, at: Date): Standing {
  return {
    rank: place.rank,
    submissionId: place.submissionId,
    score: place.score,
    inputs: {
      now: {
        views: place.viewCount,
        likes: place.likeCount,
        comments: place.commentCount,
        shares: place.shareCount,
        at: place.metricsAt?.toISOString() ?? null,
        stale: false,
      },
      before: {
        views: place.enteredViewCount,
        likes: place.enteredLikeCount,
        comments: place.enteredCommentCount,
        shares: place.enteredShareCount,
      },
    },
    held: false,
    entry:
      video && creatorName !== null
        ? { creatorName, creatorAvatarUrl, video: summarizeVideo(video, at), hasPage }
        : null,
  };
}

const board = select(
  eq(standings.challengeId, sql.placeholder("challengeId")),
  sql.param(sql.placeholder("at"), submissions.effectiveAt),
)
  .orderBy(asc(standings.rank), asc(standings.submissionId))
  .offset(sql.placeholder("offset"))
  .limit(sql.placeholder("limit"))
  .prepare("frozen_board");
