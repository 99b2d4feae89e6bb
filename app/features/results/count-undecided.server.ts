import { eq, sql } from "drizzle-orm";
import { appeals, holds, submissions } from "#drizzle/schema";
import { isOnHold, isOpenHold } from "~/features/submissions/counted-numbers.server";
import { type Database, db, type Transaction } from "~/infra/db.server";
import type { Undecided } from "./result";

/** How many of a challenge's entries could still change, or count with other numbers, at `at`, each counted once under what comes first. */
export async function countUndecided(
  challengeId: string,
  at: Date,
  from: Database | Transaction = db,
): Promise<Undecided> {
  const undoableAppeal = sql`exists (select from ${appeals}
    where ${appeals.submissionId} = ${submissions.id} and ${appeals.effectiveAt} > ${sql.param(at, appeals.effectiveAt)})`;
  const kind = sql`case
    when ${submissions.state} in ('pending', 'flagged') then ${submissions.state}
    when ${submissions.state} = 'changes_requested' then 'unchanged'
    when ${submissions.effectiveAt} > ${sql.param(at, submissions.effectiveAt)} or ${undoableAppeal} then 'undoable'
    when ${submissions.appealOpen} then 'appealed'
    when ${submissions.state} = 'approved' and ${isOnHold} then 'held' end`;
  const ofKind = (name: keyof Undecided) => sql<number>`count(*) filter (where ${kind} = ${name})::int`;
  const [counted] = await from
    .select({
      pending: ofKind("pending"),
      flagged: ofKind("flagged"),
      unchanged: ofKind("unchanged"),
      undoable: ofKind("undoable"),
      appealed: ofKind("appealed"),
      held: ofKind("held"),
    })
    .from(submissions)
    .leftJoin(holds, isOpenHold)
    .where(eq(submissions.challengeId, challengeId));
  return counted ?? { pending: 0, flagged: 0, unchanged: 0, undoable: 0, appealed: 0, held: 0 };
}
