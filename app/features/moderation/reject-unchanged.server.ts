import { and, asc, eq, isNull, lte, type SQL, sql } from "drizzle-orm";
import { challenges, submissions } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { type Database, db, type Transaction } from "~/infra/db.server";
import { decideAsSystem } from "./decide-as-system.server";

/**
 * Rejects every entry whose requested change was not made before its challenge closed. Left alone are requests that can
 * still be undone, and challenges that are frozen or were cancelled.
 */
export async function rejectUnchanged(stop?: AbortSignal): Promise<void> {
  for (const { id } of await listUnchanged(db, now())) {
    if (stop?.aborted) return;
    await decideAsSystem(
      id,
      { to: "rejected", reason: "CHANGE_NOT_MADE" },
      async (tx, at) => (await listUnchanged(tx, at, eq(submissions.id, id))).length > 0,
    );
  }
}

function listUnchanged(from: Database | Transaction, at: Date, which?: SQL) {
  return from
    .select({ id: submissions.id })
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .where(
      and(
        // In so many words, so that its index is found.
        sql`${submissions.state} = 'changes_requested'`,
        lte(submissions.effectiveAt, at),
        lte(challenges.closesAt, at),
        isNull(challenges.frozenAt),
        isNull(challenges.cancelledAt),
        which,
      ),
    )
    .orderBy(asc(submissions.id));
}
