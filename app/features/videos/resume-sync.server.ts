import { desc, eq } from "drizzle-orm";
import { syncRuns } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { offerJob } from "~/infra/jobs.server";
import { reopenRun } from "./reopen-run.server";
import { requireSyncableLink } from "./start-sync.server";
import { syncQueue } from "./sync-videos.server";

/**
 * Lets the account's latest sync go on at the page where it failed or was cancelled. Does nothing when there is nothing to
 * go on with (it goes on already, or has succeeded). Throws what requestSync throws.
 */
export async function resumeSync(accountId: string): Promise<void> {
  await requireSyncableLink(accountId);
  await db.transaction(async (tx) => {
    const [latest] = await tx
      .select({ id: syncRuns.id })
      .from(syncRuns)
      .where(eq(syncRuns.accountId, accountId))
      .orderBy(desc(syncRuns.id))
      .limit(1);
    if (!latest || !(await reopenRun(tx, latest.id))) return;
    // The job of a run that was cancelled while it waited is still there and takes it up.
    await offerJob(tx, syncQueue, { runId: latest.id }, { singletonKey: latest.id, priority: 1 });
  });
}
