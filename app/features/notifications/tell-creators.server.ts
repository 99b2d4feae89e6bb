import { asc, eq, inArray, lte } from "drizzle-orm";
import { decisionEffects, decisions, notifications, submissions, tiktokAccounts } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import type { JobQueue } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { kindOf } from "./notification";
import { queueLetters } from "./queue-letters.server";

/** Told in one transaction. */
const BATCH = 100;

/** Sent with a moderator's decision for when its window is over, and every minute for whatever there is. */
export const tellQueue: JobQueue<object> = {
  name: "tell-creators",
  schedule: "* * * * *",
  concurrency: 1,
  retryLimit: 2,
  expireInSeconds: 120,
  onePerKey: false,
  handle: ({ signal }) => tellCreators(signal),
  onDead: async () => log.error("creators could not be told of decisions; the next minute tries again"),
  // The next minute tells whatever is due anyway.
  revive: () => Promise.resolve(),
};

/**
 * Tells creators of every decision whose window is over, oldest first. A decision leaves the outbox in the transaction that
 * tells of it, so it is told once, however many do this at a time and wherever one of them is killed.
 */
export async function tellCreators(stop?: AbortSignal): Promise<void> {
  while (!stop?.aborted) {
    const done = await db.transaction((tx) => tellSome(tx, now()));
    if (done < BATCH) return;
  }
}

/** Returns how many left the outbox. */
async function tellSome(tx: Transaction, at: Date): Promise<number> {
  const due = await tx
    .select({
      decisionId: decisionEffects.decisionId,
      from: decisions.fromState,
      to: decisions.toState,
      userId: submissions.creatorId,
      accountId: tiktokAccounts.id,
    })
    .from(decisionEffects)
    .innerJoin(decisions, eq(decisions.id, decisionEffects.decisionId))
    .innerJoin(submissions, eq(submissions.id, decisions.submissionId))
    .leftJoin(tiktokAccounts, eq(tiktokAccounts.userId, submissions.creatorId))
    .where(lte(decisionEffects.effectiveAt, at))
    .orderBy(asc(decisionEffects.effectiveAt), asc(decisionEffects.decisionId))
    .limit(BATCH)
    .for("update", { of: decisionEffects, skipLocked: true });
  const here = await holdAccounts(tx, due);
  // Whoever has deleted their data is told nothing. Somebody who is doing so now is left to the next round.
  const left = due.filter(({ accountId }) => accountId === null || here.has(accountId));
  const told = left.flatMap(({ decisionId, from, to, userId, accountId }) => {
    const kind = accountId === null ? null : kindOf(from, to);
    return kind === null ? [] : { decisionId, userId, kind, createdAt: at };
  });
  const rows = await queueLetters(tx, told, at);
  if (rows.length > 0) await tx.insert(notifications).values(rows).onConflictDoNothing();
  const gone = left.map(({ decisionId }) => decisionId);
  if (gone.length > 0) await tx.delete(decisionEffects).where(inArray(decisionEffects.decisionId, gone));
  return gone.length;
}

/** Keeps people from deleting their data between here and the commit; waits for nobody who is at it. */
async function holdAccounts(tx: Transaction, due: readonly { accountId: string | null }[]): Promise<Set<string>> {
  const wanted = [...new Set(due.flatMap(({ accountId }) => accountId ?? []))];
  if (wanted.length === 0) return new Set();
  const held = await tx
    .select({ id: tiktokAccounts.id })
    .from(tiktokAccounts)
    .where(inArray(tiktokAccounts.id, wanted))
    .for("key share", { skipLocked: true });
  return new Set(held.map(({ id }) => id));
}
