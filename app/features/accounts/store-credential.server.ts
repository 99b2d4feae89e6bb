import { and, eq, sql } from "drizzle-orm";
import { tiktokAccounts, tiktokCredentials, tiktokRevocations } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import type { TikTokTokens } from "~/infra/tiktok/oauth.server";
import { vault } from "~/infra/vault.server";
import { healthAfterGrant } from "./link-health";
import type { Credential } from "./require-credential.server";

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

/** Whose grant a pair is, also once their account is gone: a hash, because it may outlive the person's data. */
export const openIdHashOf = (accountId: string) =>
  sql<Uint8Array>`(select sha256(convert_to(${tiktokAccounts.openId}, 'UTF8')) from ${tiktokAccounts} where ${tiktokAccounts.id} = ${accountId})`;

/** Stores a new grant over whatever the account had; any refresh under way loses its version and with it its write. */
export async function storeGrantedPair(tx: Transaction, accountId: string, pair: SealedPair): Promise<void> {
  const [previous] = await tx
    .select({ version: tiktokCredentials.version })
    .from(tiktokCredentials)
    .where(eq(tiktokCredentials.accountId, accountId))
    .for("update");
  // TikTok ends a person's whole grant, so an earlier disconnect that it has not heard of would end the new one.
  await tx.delete(tiktokRevocations).where(eq(tiktokRevocations.openIdHash, openIdHashOf(accountId)));
  const values = { ...pair, leaseBy: null, leaseUntil: null, updatedAt: now() };
  await tx
    .insert(tiktokCredentials)
    .values({ accountId, ...values })
    .onConflictDoUpdate({
      target: tiktokCredentials.accountId,
      set: { ...values, version: (previous?.version ?? 0) + 1 },
    });
}

/**
 * That an account's pair is still the one that was read. The version alone does not tell: it starts again when a link
 * ended and came back.
 */
export const isStill = ({ accountId, version, updatedAt }: Pick<Credential, "accountId" | "version" | "updatedAt">) =>
  and(
    eq(tiktokCredentials.accountId, accountId),
    eq(tiktokCredentials.version, version),
    eq(tiktokCredentials.updatedAt, updatedAt),
  );

/**
 * Stores a refreshed pair over the one it came from, and what TikTok now says of its scopes. False when somebody stored
 * a newer pair meanwhile, or the link has ended.
 */
export async function storeRefreshedPair(
  from: Credential,
  pair: SealedPair,
  scopes: readonly string[],
): Promise<boolean> {
  const at = now();
  return db.transaction(async (tx) => {
    const stored = await tx
      .update(tiktokCredentials)
      .set({ ...pair, version: from.version + 1, leaseBy: null, leaseUntil: null, updatedAt: at })
      .where(isStill(from))
      .returning({ accountId: tiktokCredentials.accountId });
    if (stored.length === 0) return false;
    const target = { kind: "tiktok_account", id: from.accountId };
    const change = {
      before: { version: from.version, accessExpiresAt: from.accessExpiresAt },
      after: { version: from.version + 1, accessExpiresAt: pair.accessExpiresAt },
    };
    await audit(tx, { at, actor: { kind: "system" }, action: "link.refreshed", target, ...change });
    await storeScopes(tx, from.accountId, scopes, at);
    return true;
  });
}

/** A person may take single scopes back. An answer that names none says nothing. */
async function storeScopes(tx: Transaction, accountId: string, scopes: readonly string[], at: Date): Promise<void> {
  const [account] = await tx
    .select({ scopes: tiktokAccounts.grantedScopes, health: tiktokAccounts.linkHealth })
    .from(tiktokAccounts)
    .where(eq(tiktokAccounts.id, accountId));
  if (!account || scopes.length === 0 || named(scopes) === named(account.scopes)) return;
  const health = healthAfterGrant(scopes, env.TIKTOK_DISPLAY_SCOPES);
  await tx
    .update(tiktokAccounts)
    .set({
      grantedScopes: [...scopes],
      linkHealth: health,
      ...(health === account.health ? {} : { linkChangedAt: at }),
    })
    .where(eq(tiktokAccounts.id, accountId));
  const target = { kind: "tiktok_account", id: accountId };
  const change = { before: { scopes: account.scopes }, after: { scopes } };
  await audit(tx, { at, actor: { kind: "system" }, action: "link.scopes_changed", target, ...change });
}

/** TikTok names scopes in any order. */
const named = (scopes: readonly string[]) => [...scopes].sort().join(" ");
