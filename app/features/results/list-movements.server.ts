import { aliasedTable, and, desc, eq, inArray, isNull, lte, notExists, sql } from "drizzle-orm";
import { decisions, holds, submissions, videoMetricSnapshots, videos } from "#drizzle/schema";
import { isOpenHold } from "~/features/submissions/counted-numbers.server";
import { scoreBy } from "~/features/submissions/score-by.server";
import { db } from "~/infra/db.server";
import type { RankedChallenge } from "./list-standings.server";
import { isRanked } from "./ranked-entries.server";
import type { Standing } from "./standing";

/** What a movement is counted from: the board as it was so long ago. */
const AGO_MS = 24 * 3_600_000;

const undo = aliasedTable(decisions, "undo");

/**
 * How many places each of these entries of a board that is not frozen has moved up (negative: down) since a day before
 * `at`; null when it was not on the board then. Nothing is kept for it: the board of that time is worked out of each
 * video's last metric snapshot by then, the numbers with which it was entered, the decisions that counted by then, and the
 * rules. Only entries that are on the board now are in it, so what has left since moves nobody.
 */
export async function listMovements(
  { id, rules }: RankedChallenge,
  standings: readonly Standing[],
  at: Date,
): Promise<Record<string, number | null>> {
  if (standings.length === 0) return {};
  const then = new Date(at.getTime() - AGO_MS);
  const ids = standings.map(({ submissionId }) => submissionId);
  const board = boardOf(id, rules, { at, then });
  const rows = await db.select().from(board).where(inArray(board.submissionId, ids));
  const before = new Map(rows.map(({ submissionId, rank }) => [submissionId, rank]));
  return Object.fromEntries(
    standings.map(({ submissionId, rank }) => {
      const was = before.get(submissionId);
      return [submissionId, was === undefined ? null : was - rank];
    }),
  );
}

function boardOf(challengeId: string, rules: RankedChallenge["rules"], { at, then }: { at: Date; then: Date }) {
  // Of a held entry those that nobody doubts; least() passes over what is null.
  const known = sql`least(${sql.param(then, videoMetricSnapshots.takenAt)}, ${holds.metricsAt})`;
  const numbers = db
    .select({
      viewCount: videoMetricSnapshots.viewCount,
      likeCount: videoMetricSnapshots.likeCount,
      commentCount: videoMetricSnapshots.commentCount,
      shareCount: videoMetricSnapshots.shareCount,
    })
    .from(videoMetricSnapshots)
    .where(and(eq(videoMetricSnapshots.videoId, videos.id), lte(videoMetricSnapshots.takenAt, known)))
    .orderBy(desc(videoMetricSnapshots.takenAt))
    .limit(1)
    .as("numbers");
  const state = db
    .select({ toState: decisions.toState })
    .from(decisions)
    .where(
      and(
        eq(decisions.submissionId, submissions.id),
        lte(decisions.effectiveAt, then),
        isNull(decisions.undoOf),
        notExists(db.select({ one: sql`1` }).from(undo).where(eq(undo.undoOf, decisions.id))),
      ),
    )
    .orderBy(desc(decisions.sequence))
    .limit(1)
    .as("state");
  return db
    .select({
      submissionId: submissions.id,
      rank: sql<number>`(rank() over (order by ${scoreBy(rules, numbers)} desc))::int`.as("rank"),
    })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .leftJoin(holds, isOpenHold)
    .innerJoinLateral(numbers, sql`true`)
    .innerJoinLateral(state, eq(state.toState, "approved"))
    .where(isRanked(challengeId, at))
    .as("board");
}
