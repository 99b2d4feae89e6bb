import { and, eq, isNull } from "drizzle-orm";
import { syncRuns } from "#drizzle/schema";
import { endOfLink } from "~/features/accounts/link-health";
import { requireLink } from "~/features/accounts/require-link.server";
import { DomainError } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { sendJob } from "~/infra/jobs.server";
import { syncQueue } from "./sync-videos.server";

/**
 * Stores a run and its job in one transaction and returns the run's id; when one is under way already, that one's.
 * Throws TIKTOK_EXPIRED, TIKTOK_REVOKED, TIKTOK_DISCONNECTED or TIKTOK_SCOPE_MISSING when the link cannot be used.
 */
export async function requestSync(accountId: string): Promise<string> {
  const link = await requireLink(accountId);
  const ended = endOfLink(link.health);
  if (ended) throw new DomainError(ended);
  if (link.missingScopes.includes("video.list")) throw new DomainError("TIKTOK_SCOPE_MISSING");
  return db.transaction(async (tx) => {
    const [made] = await tx
      .insert(syncRuns)
      .values({ id: newId(), accountId, state: "queued", requestedAt: now() })
      .onConflictDoNothing({ target: syncRuns.accountId, where: isNull(syncRuns.endedAt) })
      .returning({ id: syncRuns.id });
    if (made) {
      await sendJob(tx, syncQueue, { runId: made.id }, { singletonKey: made.id });
      return made.id;
    }
    const [active] = await tx
      .select({ id: syncRuns.id })
      .from(syncRuns)
      .where(and(eq(syncRuns.accountId, accountId), isNull(syncRuns.endedAt)));
    if (!active) throw new DomainError("CONFLICT");
    return active.id;
  });
}
