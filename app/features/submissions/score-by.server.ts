import { type SQLWrapper, sql } from "drizzle-orm";
import { submissions } from "#drizzle/schema";
import type { Scoring } from "~/features/challenges/challenge";
import { countedNumbers } from "./counted-numbers.server";

/** Values, or placeholders for them. */
export type Recipe = { [Part in keyof Scoring]: Scoring[Part] | SQLWrapper };

/** A recipe that is given when a prepared query runs, under the names of a challenge's rules. */
export const givenRecipe: Recipe = {
  counting: sql.placeholder("counting"),
  pointsViews: sql.placeholder("pointsViews"),
  pointsLikes: sql.placeholder("pointsLikes"),
  pointsComments: sql.placeholder("pointsComments"),
  pointsShares: sql.placeholder("pointsShares"),
};

/**
 * An entry's score in thousandths of a point (see explainScore), for a query over submissions with their videos, joined
 * with holds by isOpenHold.
 */
export function scoreBy(recipe: Recipe) {
  const counted = (now: SQLWrapper, before: SQLWrapper, points: number | SQLWrapper) =>
    sql`case ${recipe.counting}::text
      when 'gain' then greatest(coalesce(${now}, 0) - coalesce(${before}, ${now}, 0), 0)
      else coalesce(${now}, 0) end * ${points}::bigint`;
  return sql.join(
    [
      counted(countedNumbers.viewCount, submissions.enteredViewCount, recipe.pointsViews),
      counted(countedNumbers.likeCount, submissions.enteredLikeCount, recipe.pointsLikes),
      counted(countedNumbers.commentCount, submissions.enteredCommentCount, recipe.pointsComments),
      counted(countedNumbers.shareCount, submissions.enteredShareCount, recipe.pointsShares),
    ],
    sql` + `,
  );
}
