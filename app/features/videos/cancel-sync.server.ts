import { and, eq, isNull } from "drizzle-orm";
import { syncRuns } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";

/**
 * Ends the account's sync that is under way, if any; what it has stored stays. The page that a worker has in hand finds
 * the run ended and is dropped; a waiting job finds nothing to do.
 */
export async function cancelSync(accountId: string): Promise<void> {
  await db
    .update(syncRuns)
    .set({ state: "cancelled", retryAt: null, endedAt: now() })
    .where(and(eq(syncRuns.accountId, accountId), isNull(syncRuns.endedAt)));
}
