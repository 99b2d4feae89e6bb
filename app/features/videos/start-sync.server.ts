import { isNull } from "drizzle-orm";
import { syncRuns } from "#drizzle/schema";
import { endOfLink } from "~/features/accounts/link-health";
import { requireLink } from "~/features/accounts/require-link.server";
import { DomainError } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import type { Transaction } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { newId } from "~/infra/ids.server";
import { sendJob } from "~/infra/jobs.server";
import { scopeFor } from "~/infra/tiktok/scopes";
import { syncQueue } from "./sync-videos.server";

type NewRun = Required<Pick<typeof syncRuns.$inferInsert, "accountId" | "kind" | "requestedBy">>;

/**
 * Stores a run and its job in the caller's transaction and returns the run's id; null when one is under way already.
 * What a person asked for starts before what was scheduled, and before the later pages of long lists.
 */
export async function startSync(tx: Transaction, { accountId, kind, requestedBy }: NewRun): Promise<string | null> {
  const [made] = await tx
    .insert(syncRuns)
    .values({ id: newId(), accountId, kind, requestedBy, state: "queued", requestedAt: now() })
    .onConflictDoNothing({ target: syncRuns.accountId, where: isNull(syncRuns.endedAt) })
    .returning({ id: syncRuns.id });
  if (!made) return null;
  const priority = requestedBy === "person" ? 1 : 0;
  await sendJob(tx, syncQueue, { runId: made.id }, { singletonKey: made.id, priority });
  return made.id;
}

/**
 * Throws TIKTOK_EXPIRED, TIKTOK_REVOKED, TIKTOK_DISCONNECTED or TIKTOK_SCOPE_MISSING when the account's link cannot be
 * used for a sync.
 */
export async function requireSyncableLink(accountId: string): Promise<void> {
  const link = await requireLink(accountId);
  const ended = endOfLink(link.health);
  if (ended) throw new DomainError(ended);
  if (link.missingScopes.includes(scopeFor("list", env.TIKTOK_DISPLAY_SCOPES)))
    throw new DomainError("TIKTOK_SCOPE_MISSING");
}
