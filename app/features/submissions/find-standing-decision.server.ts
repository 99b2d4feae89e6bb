import { and, desc, eq, isNull } from "drizzle-orm";
import { decisions } from "#drizzle/schema";
import type { Transaction } from "~/infra/db.server";
import type { Submission } from "./record-decision.server";

/** The decision that a locked submission's state comes from, whatever was done and undone after it. */
export async function findStandingDecision(tx: Transaction, { id, state }: Submission) {
  const [standing] = await tx
    .select({
      id: decisions.id,
      sequence: decisions.sequence,
      actorId: decisions.actorId,
      effectiveAt: decisions.effectiveAt,
    })
    .from(decisions)
    .where(and(eq(decisions.submissionId, id), eq(decisions.toState, state), isNull(decisions.undoOf)))
    .orderBy(desc(decisions.sequence))
    .limit(1);
  if (!standing) throw new Error("a submission's state comes from a decision");
  return standing;
}
