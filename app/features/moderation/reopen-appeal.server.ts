import { eq } from "drizzle-orm";
import { appeals, submissions } from "#drizzle/schema";
import type { Transaction } from "~/infra/db.server";

/** The answer to a locked submission's appeal is taken back: it waits for one again. */
export async function reopenAppeal(tx: Transaction, submissionId: string): Promise<void> {
  await tx
    .update(appeals)
    .set({ outcome: null, decidedBy: null, answer: null, decidedAt: null, effectiveAt: null, upheldSequence: null })
    .where(eq(appeals.submissionId, submissionId));
  await tx.update(submissions).set({ appealOpen: true }).where(eq(submissions.id, submissionId));
}
