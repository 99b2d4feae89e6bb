import { and, asc, eq, inArray, isNull, lte } from "drizzle-orm";
import { appeals, notifications, tiktokAccounts } from "#drizzle/schema";
import type { Transaction } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { holdAccounts } from "./hold-accounts.server";
import { queueLetters } from "./queue-letters.server";

/**
 * Tells of at most `limit` appeals whose dismissal counts at `at`, each once. An appeal is marked in the transaction that
 * tells of it; from then on its dismissal cannot be taken back. Returns how many were marked.
 */
export async function tellOfDismissals(tx: Transaction, at: Date, limit: number): Promise<number> {
  const due = await tx
    .select({
      id: appeals.id,
      submissionId: appeals.submissionId,
      userId: appeals.creatorId,
      accountId: tiktokAccounts.id,
    })
    .from(appeals)
    .leftJoin(tiktokAccounts, eq(tiktokAccounts.userId, appeals.creatorId))
    .where(and(eq(appeals.outcome, "dismissed"), isNull(appeals.toldAt), lte(appeals.effectiveAt, at)))
    .orderBy(asc(appeals.effectiveAt), asc(appeals.id))
    .limit(limit)
    .for("update", { of: appeals, skipLocked: true });
  const here = await holdAccounts(
    tx,
    due.map(({ accountId }) => accountId),
  );
  const left = due.filter(({ accountId }) => accountId === null || here.has(accountId));
  if (left.length === 0) return 0;
  const told = left
    .filter(({ accountId }) => accountId !== null)
    .map(({ submissionId, userId }) => ({
      id: newId(),
      userId,
      submissionId,
      kind: "appeal_dismissed" as const,
      createdAt: at,
    }));
  const rows = await queueLetters(tx, told, at);
  if (rows.length > 0) await tx.insert(notifications).values(rows).onConflictDoNothing();
  const ids = left.map(({ id }) => id);
  await tx.update(appeals).set({ toldAt: at }).where(inArray(appeals.id, ids));
  return left.length;
}
