import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { challengeRules, challenges, holds, standings, submissions, videos } from "#drizzle/schema";
import { countedNumbers, isOpenHold } from "~/features/submissions/counted-numbers.server";
import { approvedAt } from "~/features/submissions/list-gallery.server";
import { scoreBy } from "~/features/submissions/score-by.server";
import { db } from "~/infra/db.server";
import type { OwnStanding } from "./own-place";

/**
 * Where these entries stand at `at`, each in its own challenge; as they were frozen where the board is. Entries that are
 * not ranked are left out.
 */
export async function listOwnStandings(
  submissionIds: readonly string[],
  at: Date,
): Promise<Map<string, OwnStanding & { isFinal: boolean }>> {
  if (submissionIds.length === 0) return new Map();
  const [live, frozen] = await Promise.all([readLive(submissionIds, at), readFrozen(submissionIds)]);
  return new Map<string, OwnStanding & { isFinal: boolean }>([
    ...live.map(({ submissionId, rank, of, score, nextRank, nextScore }) => {
      const next = nextRank === null || nextScore === null ? null : { rank: nextRank, gap: nextScore - score };
      return [submissionId, { rank, of, score, next, isFinal: false }] as const;
    }),
    ...frozen.map(({ submissionId, ...place }) => [submissionId, { ...place, next: null, isFinal: true }] as const),
  ]);
}

function readLive(submissionIds: readonly string[], at: Date) {
  const score = scoreBy(challengeRules);
  const theirs = db
    .select({ id: submissions.challengeId })
    .from(submissions)
    .where(inArray(submissions.id, [...submissionIds]));
  const places = db
    .select({
      submissionId: submissions.id,
      challengeId: submissions.challengeId,
      score: sql`${score}`.mapWith(Number).as("score"),
      rank: sql<number>`(rank() over (partition by ${submissions.challengeId} order by ${score} desc))::int`.as("rank"),
      of: sql<number>`(count(*) over (partition by ${submissions.challengeId}))::int`.as("of"),
    })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .innerJoin(
      challengeRules,
      and(eq(challengeRules.challengeId, challenges.id), eq(challengeRules.version, challenges.rulesVersion)),
    )
    .leftJoin(holds, isOpenHold)
    .where(
      and(
        inArray(submissions.challengeId, theirs),
        isNull(challenges.frozenAt),
        approvedAt(at),
        isNotNull(countedNumbers.viewCount),
      ),
    )
    .as("places");
  // Everybody with more points: in the order of the board that begins one thousandth of a point above.
  const ahead = sql`over (partition by ${places.challengeId} order by ${places.score} desc
    range between unbounded preceding and 1::bigint preceding)`;
  const withNext = db
    .select({
      submissionId: places.submissionId,
      score: places.score,
      rank: places.rank,
      of: places.of,
      nextScore: sql<number | null>`min(${places.score}) ${ahead}`.mapWith(Number).as("next_score"),
      nextRank: sql<number | null>`max(${places.rank}) ${ahead}`.as("next_rank"),
    })
    .from(places)
    .as("with_next");
  return db
    .select()
    .from(withNext)
    .where(inArray(withNext.submissionId, [...submissionIds]));
}

function readFrozen(submissionIds: readonly string[]) {
  return db
    .select({
      submissionId: standings.submissionId,
      rank: standings.rank,
      score: standings.score,
      of: sql<number>`(select count(*)::int from ${standings} board where board.challenge_id = ${standings.challengeId})`,
    })
    .from(standings)
    .where(inArray(standings.submissionId, [...submissionIds]));
}
