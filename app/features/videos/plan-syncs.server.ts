import { and, asc, eq, exists, gt, inArray, lte, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { syncRuns, tiktokAccounts } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { scopeFor } from "~/infra/tiktok/scopes";
import { startSync } from "./start-sync.server";

/** Old posts that became public are found by a walk to the end alone. */
const FULL_WALK_EVERY_MS = 7 * 86_400_000;
/** Started by one plan, a minute: a day's accounts spread over the day instead of coming at once. */
const PLAN_SYNCS = 100;

/**
 * Starts a sync for accounts whose last one ended a corpus interval ago: for new posts only where a whole walk was done
 * within a week, else to the end. Accounts that were never synced wait for their creator. Returns how many were started.
 */
export async function planSyncs(): Promise<number> {
  const at = now();
  const due = await listDueSyncs(at);
  for (const { accountId, walked } of due) {
    const kind = walked ? ("incremental" as const) : ("full" as const);
    await db.transaction((tx) => startSync(tx, { accountId, kind, requestedBy: "schedule" }));
  }
  return due.length;
}

async function listDueSyncs(at: Date) {
  const later = alias(syncRuns, "later");
  const whole = alias(syncRuns, "whole");
  const newer = db
    .select({ id: later.id })
    .from(later)
    .where(and(eq(later.accountId, syncRuns.accountId), gt(later.id, syncRuns.id)));
  const walked = db
    .select({ id: whole.id })
    .from(whole)
    .where(
      and(
        eq(whole.accountId, syncRuns.accountId),
        eq(whole.kind, "full"),
        eq(whole.state, "succeeded"),
        gt(whole.startedAt, new Date(at.getTime() - FULL_WALK_EVERY_MS)),
      ),
    );
  return db
    .select({ accountId: syncRuns.accountId, walked: sql<boolean>`${exists(walked)}` })
    .from(syncRuns)
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, syncRuns.accountId))
    .where(
      and(
        lte(syncRuns.endedAt, new Date(at.getTime() - env.TIKTOK_CORPUS_REFRESH_INTERVAL_MS)),
        notExists(newer),
        sql`${scopeFor("list", env.TIKTOK_DISPLAY_SCOPES)} = any(${tiktokAccounts.grantedScopes})`,
        inArray(tiktokAccounts.linkHealth, ["healthy", "scope_missing"]),
      ),
    )
    .orderBy(asc(syncRuns.endedAt))
    .limit(PLAN_SYNCS);
}
