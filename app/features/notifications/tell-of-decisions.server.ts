import {
  aliasedTable,
  and,
  asc,
  eq,
  exists,
  gt,
  inArray,
  isNull,
  lt,
  lte,
  notExists,
  type SQL,
  sql,
} from "drizzle-orm";
import { decisionEffects, decisions, notifications, submissions, tiktokAccounts } from "#drizzle/schema";
import type { Transaction } from "~/infra/db.server";
import { holdAccounts } from "./hold-accounts.server";
import { kindOf } from "./notification";
import { queueLetters } from "./queue-letters.server";

/**
 * Tells of at most `limit` decisions whose window is over at `at`, oldest first. Each leaves the outbox in the transaction
 * that tells of it. One that was overtaken inside its window never took effect, so it leaves untold; while the later one
 * can still be undone, it waits. Returns how many left the outbox.
 */
export async function tellOfDecisions(tx: Transaction, at: Date, limit: number): Promise<number> {
  const due = await tx
    .select({
      decisionId: decisionEffects.decisionId,
      submissionId: decisions.submissionId,
      from: decisions.fromState,
      to: decisions.toState,
      overtaken: sql<boolean>`${exists(overtaking(tx))}`,
      userId: submissions.creatorId,
      accountId: tiktokAccounts.id,
    })
    .from(decisionEffects)
    .innerJoin(decisions, eq(decisions.id, decisionEffects.decisionId))
    .innerJoin(submissions, eq(submissions.id, decisions.submissionId))
    .leftJoin(tiktokAccounts, eq(tiktokAccounts.userId, submissions.creatorId))
    .where(and(lte(decisionEffects.effectiveAt, at), notExists(overtaking(tx, gt(later.effectiveAt, at)))))
    .orderBy(asc(decisionEffects.effectiveAt), asc(decisionEffects.decisionId))
    .limit(limit)
    .for("update", { of: decisionEffects, skipLocked: true });
  const here = await holdAccounts(
    tx,
    due.map(({ accountId }) => accountId),
  );
  // Whoever has deleted their data is told nothing. Somebody who is doing so now is left to the next round.
  const left = due.filter(({ accountId }) => accountId === null || here.has(accountId));
  const told = left.flatMap(({ decisionId, submissionId, from, to, overtaken, userId, accountId }) => {
    const kind = accountId === null || overtaken ? null : kindOf(from, to);
    return kind === null ? [] : { id: decisionId, decisionId, submissionId, userId, kind, createdAt: at };
  });
  const rows = await queueLetters(tx, told, at);
  if (rows.length > 0) await tx.insert(notifications).values(rows).onConflictDoNothing();
  const gone = left.map(({ decisionId }) => decisionId);
  if (gone.length > 0) await tx.delete(decisionEffects).where(inArray(decisionEffects.decisionId, gone));
  return gone.length;
}

const later = aliasedTable(decisions, "later");
const undo = aliasedTable(decisions, "undo");

/** What came inside a decision's window and stood, so that outside nobody ever saw that decision. */
function overtaking(tx: Transaction, which?: SQL) {
  const undone = tx.select({ one: sql`1` }).from(undo).where(eq(undo.undoOf, later.id));
  return tx
    .select({ one: sql`1` })
    .from(later)
    .where(
      and(
        eq(later.submissionId, decisions.submissionId),
        gt(later.sequence, decisions.sequence),
        lt(later.decidedAt, decisions.effectiveAt),
        isNull(later.undoOf),
        notExists(undone),
        which,
      ),
    );
}
