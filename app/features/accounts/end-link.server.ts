import { eq } from "drizzle-orm";
import { tiktokAccounts, tiktokCredentials } from "#drizzle/schema";
import { type AuditEvent, audit } from "~/infra/audit.server";
import type { Transaction } from "~/infra/db.server";
import type { SealedPair } from "./store-credential.server";

export interface EndOfLink {
  health: "disconnected" | "revoked";
  at: Date;
  actor: AuditEvent["actor"];
  requestId?: string;
  /** TikTok's reason, 0 to 5. */
  revokedReason?: number;
  /** Leave a link alone that was connected after this: what is told of is the one before it. */
  unlessConnectedAfter?: Date;
}

export type LinkEnding = { outcome: "ended"; pair: SealedPair | null } | { outcome: "newer_link" | "no_link" };

/**
 * Ends an account's link: its tokens are gone from its row, and why is kept. Whatever refreshes them meanwhile loses its
 * write. Gives back the sealed pair that was taken out. `no_link`: it had ended before, and stays as it was.
 */
export async function endLink(tx: Transaction, accountId: string, end: EndOfLink): Promise<LinkEnding> {
  // The credential first, as everywhere; and both are read under their locks, or a reconnect in between would go unseen.
  const [pair] = await tx
    .select({
      accessTokenSealed: tiktokCredentials.accessTokenSealed,
      refreshTokenSealed: tiktokCredentials.refreshTokenSealed,
      accessExpiresAt: tiktokCredentials.accessExpiresAt,
      refreshExpiresAt: tiktokCredentials.refreshExpiresAt,
    })
    .from(tiktokCredentials)
    .where(eq(tiktokCredentials.accountId, accountId))
    .for("update");
  const [account] = await tx
    .select({
      health: tiktokAccounts.linkHealth,
      scopes: tiktokAccounts.grantedScopes,
      connectedAt: tiktokAccounts.connectedAt,
    })
    .from(tiktokAccounts)
    .where(eq(tiktokAccounts.id, accountId))
    .for("no key update");
  if (!account || account.health === "disconnected" || account.health === "revoked") return { outcome: "no_link" };
  if (end.unlessConnectedAfter && account.connectedAt > end.unlessConnectedAfter) return { outcome: "newer_link" };
  await tx.delete(tiktokCredentials).where(eq(tiktokCredentials.accountId, accountId));
  await tx
    .update(tiktokAccounts)
    .set({
      linkHealth: end.health,
      revokedReason: end.revokedReason ?? null,
      grantedScopes: [],
      linkChangedAt: end.at,
    })
    .where(eq(tiktokAccounts.id, accountId));
  await audit(tx, {
    at: end.at,
    actor: end.actor,
    action: `link.${end.health}`,
    target: { kind: "tiktok_account", id: accountId },
    before: { health: account.health, scopes: account.scopes },
    after: { health: end.health, ...(end.revokedReason === undefined ? {} : { reason: end.revokedReason }) },
    requestId: end.requestId,
  });
  return { outcome: "ended", pair: pair ?? null };
}
