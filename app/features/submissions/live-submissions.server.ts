import { and, eq, gt, notInArray, or, type SQLWrapper } from "drizzle-orm";
import { submissions } from "#drizzle/schema";

/**
 * For a where clause over submissions. Product invariant 1: live = every state but withdrawn, removed, and rejected with
 * no appeal open. A decision that can still be undone at `at` does not end an entry yet: otherwise the video could be
 * entered again, and the undo clash.
 */
export function liveSubmissions(at: Date | SQLWrapper) {
  return or(
    notInArray(submissions.state, ["withdrawn", "removed", "rejected"]),
    and(eq(submissions.state, "rejected"), submissions.appealOpen),
    gt(submissions.effectiveAt, at),
  );
}
