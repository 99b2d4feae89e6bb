import { and, eq, isNotNull, type SQLWrapper, sql } from "drizzle-orm";
import { submissions, videos } from "#drizzle/schema";
import type { Scoring } from "~/features/challenges/challenge";
import { approvedAt } from "~/features/submissions/list-gallery.server";

/** Values, or placeholders for them. */
type Recipe = { [Part in keyof Scoring]: Scoring[Part] | SQLWrapper };

/**
 * For a query over submissions with their videos: score (thousandths of a point, see explainScore), rank among the
 * selected, and how many are selected. Equal scores share a rank.
 */
export function placeBy(recipe: Recipe) {
  const counted = (now: SQLWrapper, before: SQLWrapper, points: number | SQLWrapper) =>
    sql`case ${recipe.counting}::text
      when 'gain' then greatest(coalesce(${now}, 0) - coalesce(${before}, ${now}, 0), 0)
      else coalesce(${now}, 0) end * ${points}::bigint`;
  const score = sql.join(
    [
      counted(videos.viewCount, submissions.enteredViewCount, recipe.pointsViews),
      counted(videos.likeCount, submissions.enteredLikeCount, recipe.pointsLikes),
      counted(videos.commentCount, submissions.enteredCommentCount, recipe.pointsComments),
      counted(videos.shareCount, submissions.enteredShareCount, recipe.pointsShares),
    ],
    sql` + `,
  );
  return {
    score,
    place: {
      submissionId: submissions.id,
      score: sql`${score}`.mapWith(Number).as("score"),
      rank: sql<number>`(rank() over (order by ${score} desc))::int`.as("rank"),
      ranked: sql<number>`(count(*) over ())::int`.as("ranked"),
    },
  };
}

/** Ranked = approved and in effect at `at`, not known to be unavailable, and with numbers. */
export function isRanked(challengeId: string | SQLWrapper, at: Date | SQLWrapper) {
  return and(eq(submissions.challengeId, challengeId), approvedAt(at), isNotNull(videos.viewCount));
}
