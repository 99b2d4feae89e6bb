import { and, eq, lte, sql } from "drizzle-orm";
import { tiktokAccounts } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { log } from "~/infra/log.server";
import { type Operation, scopeFor } from "~/infra/tiktok/scopes";

/**
 * TikTok refused an operation for want of its scope, whatever the grant said: the scope is taken off the account's and
 * the link says so, so that nothing asks again before the person reconnects. A grant newer than `askedAt` stays.
 */
export async function recordScopeRefusal(accountId: string, operation: Operation, askedAt: Date): Promise<void> {
  const scope = scopeFor(operation, env.TIKTOK_DISPLAY_SCOPES);
  const at = now();
  await db.transaction(async (tx) => {
    const [changed] = await tx
      .update(tiktokAccounts)
      .set({
        grantedScopes: sql`array_remove(${tiktokAccounts.grantedScopes}, ${scope})`,
        linkHealth: "scope_missing",
        linkChangedAt: at,
      })
      .where(
        and(
          eq(tiktokAccounts.id, accountId),
          eq(tiktokAccounts.linkHealth, "healthy"),
          lte(tiktokAccounts.connectedAt, askedAt),
        ),
      )
      .returning({ id: tiktokAccounts.id });
    if (!changed) return;
    const target = { kind: "tiktok_account", id: accountId };
    const change = { before: { health: "healthy" }, after: { health: "scope_missing", scope } };
    await audit(tx, { at, actor: { kind: "system" }, action: "link.scope_missing", target, ...change });
    log.warn({ accountId, scope }, "TikTok refused a scope that was granted");
  });
}
