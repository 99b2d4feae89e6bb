import { and, eq } from "drizzle-orm";
import { tiktokCredentials } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import type { TikTokTokens } from "~/infra/tiktok/oauth.server";
import { vault } from "~/infra/vault.server";

export type TokenField = "access" | "refresh";

/** The context a token is sealed under: it opens for this account and this field only. */
export function tokenContext(accountId: string, field: TokenField) {
  return { purpose: "tiktok-token", account: accountId, field };
}

export interface SealedPair {
  accessTokenSealed: Uint8Array;
  refreshTokenSealed: Uint8Array;
  accessExpiresAt: Date;
  refreshExpiresAt: Date;
}

/**
 * Gets the keys for a token pair of one account; what comes back seals one pair. A refresh asks for it first, because a
 * pair that TikTok has just rotated must not be lost to a key provider that does not answer. Throws VaultError.
 */
export async function preparePair(accountId: string): Promise<(tokens: TikTokTokens) => SealedPair> {
  const [sealAccess, sealRefresh] = await Promise.all([
    vault.prepare(tokenContext(accountId, "access")),
    vault.prepare(tokenContext(accountId, "refresh")),
  ]);
  return (tokens) => {
    const at = now().getTime();
    return {
      accessTokenSealed: sealAccess(tokens.accessToken),
      refreshTokenSealed: sealRefresh(tokens.refreshToken),
      accessExpiresAt: new Date(at + tokens.accessTtlSeconds * 1000),
      refreshExpiresAt: new Date(at + tokens.refreshTtlSeconds * 1000),
    };
  };
}

/** Stores a new grant over whatever the account had; any refresh under way loses its version and with it its write. */
export async function storeGrantedPair(tx: Transaction, accountId: string, pair: SealedPair): Promise<void> {
  const [previous] = await tx
    .select({ version: tiktokCredentials.version })
    .from(tiktokCredentials)
    .where(eq(tiktokCredentials.accountId, accountId))
    .for("update");
  const values = { ...pair, leaseBy: null, leaseUntil: null, updatedAt: now() };
  await tx
    .insert(tiktokCredentials)
    .values({ accountId, ...values })
    .onConflictDoUpdate({
      target: tiktokCredentials.accountId,
      set: { ...values, version: (previous?.version ?? 0) + 1 },
    });
}

/** Stores a refreshed pair over the version it came from. False when somebody stored a newer one meanwhile. */
export async function storeRefreshedPair(accountId: string, version: number, pair: SealedPair): Promise<boolean> {
  const stored = await db
    .update(tiktokCredentials)
    .set({ ...pair, version: version + 1, leaseBy: null, leaseUntil: null, updatedAt: now() })
    .where(and(eq(tiktokCredentials.accountId, accountId), eq(tiktokCredentials.version, version)))
    .returning({ accountId: tiktokCredentials.accountId });
  return stored.length === 1;
}
