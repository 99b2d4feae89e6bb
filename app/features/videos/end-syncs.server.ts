import { and, eq, isNull } from "drizzle-orm";
import { syncRuns } from "#drizzle/schema";
import type { Transaction } from "~/infra/db.server";
import type { SyncFailure } from "./video";

/** Ends an account's run with a reason, if one is under way. A worker that is in it can store nothing more. */
export async function endSyncs(tx: Transaction, accountId: string, failure: SyncFailure, at: Date): Promise<void> {
  await tx
    .update(syncRuns)
    .set({ state: "failed", failure, retryAt: null, endedAt: at })
    .where(and(eq(syncRuns.accountId, accountId), isNull(syncRuns.endedAt)));
}
