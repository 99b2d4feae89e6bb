import { and, eq, isNull } from "drizzle-orm";
import { syncRuns } from "#drizzle/schema";
import type { Transaction } from "~/infra/db.server";
import { isResumable } from "./sync-run";

/**
 * Opens an ended run again where it stopped, in the caller's transaction. Returns whether it is open now by this: not
 * when it has succeeded, cannot go on, or another run of the account is under way.
 */
export async function reopenRun(tx: Transaction, runId: string): Promise<boolean> {
  const [run] = await tx.select().from(syncRuns).where(eq(syncRuns.id, runId)).for("update");
  if (!run || !isResumable(run)) return false;
  const active = await tx.$count(syncRuns, and(eq(syncRuns.accountId, run.accountId), isNull(syncRuns.endedAt)));
  if (active > 0) return false;
  await tx
    .update(syncRuns)
    .set({ state: "queued", failure: null, retryAt: null, endedAt: null })
    .where(eq(syncRuns.id, runId));
  return true;
}
