import { and, eq, isNotNull, type SQLWrapper, sql } from "drizzle-orm";
import { submissions } from "#drizzle/schema";
import { countedNumbers } from "~/features/submissions/counted-numbers.server";
import { approvedAt } from "~/features/submissions/list-gallery.server";
import { type Recipe, scoreBy } from "~/features/submissions/score-by.server";

/**
 * For a query over submissions with their videos and open holds: score (thousandths of a point), rank among the
 * selected, and how many are selected. Equal scores share a rank.
 */
export function placeBy(recipe: Recipe) {
  const score = scoreBy(recipe);
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

/** Ranked = approved and in effect at `at`, not known to be unavailable, and with numbers that count. */
export function isRanked(challengeId: string | SQLWrapper, at: Date | SQLWrapper) {
  return and(eq(submissions.challengeId, challengeId), approvedAt(at), isNotNull(countedNumbers.viewCount));
}
