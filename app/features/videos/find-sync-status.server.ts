import { desc, eq } from "drizzle-orm";
import { syncRuns } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import type { SyncFailure, SyncStatus } from "./video";

/** The account's latest sync run; `idle` when it never had one. */
export async function findSyncStatus(accountId: string): Promise<SyncStatus> {
  const [run] = await db
    .select()
    .from(syncRuns)
    .where(eq(syncRuns.accountId, accountId))
    .orderBy(desc(syncRuns.id))
    .limit(1);
  if (!run) return { state: "idle", count: 0, failure: null, startedAt: null, endedAt: null, retryAt: null };
  return {
    state: run.state,
    count: run.videosStored,
    failure: run.state === "failed" ? (run.failure as SyncFailure | null) : null,
    startedAt: run.startedAt?.toISOString() ?? null,
    endedAt: run.endedAt?.toISOString() ?? null,
    retryAt: run.retryAt?.toISOString() ?? null,
  };
}
