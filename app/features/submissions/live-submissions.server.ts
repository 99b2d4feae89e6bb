import { and, eq, ne, notInArray, or } from "drizzle-orm";
import { submissions } from "#drizzle/schema";

/** For a where clause over submissions: every state but withdrawn, removed, and rejected with no appeal open. */
export function liveSubmissions() {
  return and(
    notInArray(submissions.state, ["withdrawn", "removed"]),
    or(ne(submissions.state, "rejected"), eq(submissions.appealOpen, true)),
  );
}
