import { and, eq, isNull } from "drizzle-orm";
import { syncRuns } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import { db } from "~/infra/db.server";
import { requireSyncableLink, startSync } from "./start-sync.server";

/**
 * A person asks for a sync: a walk over the whole list. Returns the run's id; when one is under way already that one's,
 * which now walks to the end even if it was scheduled to stop earlier. Throws TIKTOK_EXPIRED, TIKTOK_REVOKED,
 * TIKTOK_DISCONNECTED or TIKTOK_SCOPE_MISSING when the link cannot be used.
 */
export async function requestSync(accountId: string): Promise<string> {
  await requireSyncableLink(accountId);
  return db.transaction(async (tx) => {
    const made = await startSync(tx, { accountId, kind: "full", requestedBy: "person" });
    if (made) return made;
    const [active] = await tx
      .update(syncRuns)
      .set({ kind: "full", requestedBy: "person" })
      .where(and(eq(syncRuns.accountId, accountId), isNull(syncRuns.endedAt)))
      .returning({ id: syncRuns.id });
    if (!active) throw new DomainError("CONFLICT");
    return active.id;
  });
}
