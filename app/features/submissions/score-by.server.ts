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

/** What a video has, by TikTok. */
type Numbers = Record<"viewCount" | "likeCount" | "commentCount" | "shareCount", SQLWrapper>;

/**
 * An entry's score in thousandths of a point (see explainScore), for a query over submissions with their videos, joined
 * with holds by isOpenHold. `numbers`: other ones than those that it counts with now.
 */
export function scoreBy(recipe: Recipe, numbers: Numbers = countedNumbers) {
  const counted = (now: SQLWrapper, before: SQLWrapper, points: number | SQLWrapper) =>
    sql`case ${recipe.counting}::text
      when 'gain' then greatest(coalesce(${now}, 0) - coalesce(${before}, ${now}, 0), 0)
      else coalesce(${now}, 0) end * ${points}::bigint`;
  return sql.join(
    [
      counted(numbers.viewCount, submissions.enteredViewCount, recipe.pointsViews),
      counted(numbers.likeCount, submissions.enteredLikeCount, recipe.pointsLikes),
      counted(numbers.commentCount, submissions.enteredCommentCount, recipe.pointsComments),
      counted(numbers.shareCount, submissions.enteredShareCount, recipe.pointsShares),
    ],
    sql` + `,
  );
}
