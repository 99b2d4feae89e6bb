import { aliasedTable, and, desc, eq, isNull, lt, notExists, sql } from "drizzle-orm";
import { decisions } from "#drizzle/schema";
import type { Transaction } from "~/infra/db.server";
import { type NewDecision, recordDecision, type Submission } from "./record-decision.server";

const undo = aliasedTable(decisions, "undo");

/**
 * Takes a locked submission's decision back at `at`, inside its window, by a compensating row. What it goes back to may
 * have been decided seconds ago as well: it counts outside the desk once its own window is over, and not before.
 */
export async function recordUndo(
  tx: Transaction,
  submission: Submission,
  decisionId: string,
  actor: NewDecision["actor"],
  at: Date,
): Promise<void> {
  const [undone] = await tx.select().from(decisions).where(eq(decisions.id, decisionId));
  if (!undone?.fromState) throw new Error("there is nothing before a first decision");
  const itsUndo = tx.select({ one: sql`1` }).from(undo).where(eq(undo.undoOf, decisions.id));
  const [before] = await tx
    .select({ effectiveAt: decisions.effectiveAt })
    .from(decisions)
    .where(
      and(
        eq(decisions.submissionId, submission.id),
        lt(decisions.sequence, undone.sequence),
        isNull(decisions.undoOf),
        notExists(itsUndo),
      ),
    )
    .orderBy(desc(decisions.sequence))
    .limit(1);
  await recordDecision(tx, submission, {
    seenVersion: submission.version,
    actor,
    to: undone.fromState,
    undoOf: undone.id,
    decidedAt: at,
    effectiveAt: before && before.effectiveAt > at ? before.effectiveAt : at,
  });
}
