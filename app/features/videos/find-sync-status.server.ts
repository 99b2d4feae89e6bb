import { desc, eq } from "drizzle-orm";
import { syncRuns } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { isResumable } from "./sync-run";
import type { SyncFailure, SyncStatus } from "./video";

const never: SyncStatus = {
  state: "idle",
  kind: "full",
  count: 0,
  failure: null,
  resumable: false,
  startedAt: null,
  endedAt: null,
  retryAt: null,
  nextAt: null,
};

/** The account's latest sync run; `idle` when it never had one. */
export async function findSyncStatus(accountId: string): Promise<SyncStatus> {
  const [run] = await db
    .select()
    .from(syncRuns)
    .where(eq(syncRuns.accountId, accountId))
    .orderBy(desc(syncRuns.id))
    .limit(1);
  if (!run) return never;
  const nextAt = run.endedAt && new Date(run.endedAt.getTime() + env.TIKTOK_CORPUS_REFRESH_INTERVAL_MS);
  return {
    state: run.state,
    kind: run.kind,
    count: run.videosStored,
    failure: run.state === "failed" ? (run.failure as SyncFailure | null) : null,
    resumable: isResumable(run),
    startedAt: run.startedAt?.toISOString() ?? null,
    endedAt: run.endedAt?.toISOString() ?? null,
    retryAt: run.retryAt?.toISOString() ?? null,
    nextAt: nextAt?.toISOString() ?? null,
  };
}
