import { eq, sql } from "drizzle-orm";
import { appeals, submissions } from "#drizzle/schema";
import { type Database, db, type Transaction } from "~/infra/db.server";
import type { Undecided } from "./result";

/** How many of a challenge's entries could still change at `at`, each counted once under what comes first. */
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
    when ${submissions.appealOpen} then 'appealed' end`;
  const ofKind = (name: keyof Undecided) => sql<number>`count(*) filter (where ${kind} = ${name})::int`;
  const [counted] = await from
    .select({
      pending: ofKind("pending"),
      flagged: ofKind("flagged"),
      unchanged: ofKind("unchanged"),
      undoable: ofKind("undoable"),
      appealed: ofKind("appealed"),
    })
    .from(submissions)
    .where(eq(submissions.challengeId, challengeId));
  return counted ?? { pending: 0, flagged: 0, unchanged: 0, undoable: 0, appealed: 0 };
}
