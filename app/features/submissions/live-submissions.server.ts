import { and, eq, exists, gt, notInArray, or, type SQLWrapper, sql } from "drizzle-orm";
import { appeals, submissions } from "#drizzle/schema";
import { db } from "~/infra/db.server";

/**
 * For a where clause over submissions. Product invariant 1: live = every state but withdrawn, removed, and rejected with
 * no appeal open. A decision that can still be undone at `at`, on the entry or on its appeal, does not end it yet:
 * otherwise the video could be entered again, and the undo clash.
 */
export function liveSubmissions(at: Date | SQLWrapper) {
  return or(
    notInArray(submissions.state, ["withdrawn", "removed", "rejected"]),
    and(eq(submissions.state, "rejected"), submissions.appealOpen),
    gt(submissions.effectiveAt, at),
    exists(
      db
        .select({ one: sql`1` })
        .from(appeals)
        .where(and(eq(appeals.submissionId, submissions.id), gt(appeals.effectiveAt, at))),
    ),
  );
}
