import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { tiktokAccounts, tiktokCredentials } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { log } from "~/infra/log.server";
import { OAuthRefusal, refreshTokens } from "~/infra/tiktok/oauth.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { vault } from "~/infra/vault.server";
import { preparePair, storeRefreshedPair, tokenContext } from "./store-credential.server";

/** A token this close to its end is refreshed before it is used. */
const REFRESH_AHEAD_MS = 5 * 60_000;
const LEASE_SECONDS = 30;
/** How long to wait for another process that is refreshing the same account. */
const WAIT_MS = 35_000;
const POLL_MS = 250;

type Credential = typeof tiktokCredentials.$inferSelect;

/**
 * Runs `use` with the account's access token in clear, which must not leave it. Refreshes ahead of expiry, and once when
 * TikTok calls the token invalid. Throws DomainError TIKTOK_EXPIRED or TIKTOK_REVOKED when there is no usable link, VaultError when
 * the key provider fails (that says nothing about the link), and whatever `use` throws.
 */
export async function withTikTokToken<T>(accountId: string, use: (accessToken: string) => Promise<T>): Promise<T> {
  let credential = await findCredential(accountId);
  if (credential.accessExpiresAt.getTime() - now().getTime() < REFRESH_AHEAD_MS) {
    credential = await refresh(credential);
  }
  try {
    return await use(await openAccessToken(credential));
  } catch (error) {
    if (!(error instanceof TikTokError) || error.kind !== "token_invalid") throw error;
  }
  const renewed = await refresh(credential);
  try {
    return await use(await openAccessToken(renewed));
  } catch (error) {
    if (!(error instanceof TikTokError) || error.kind !== "token_invalid") throw error;
    await markExpired(renewed);
    throw new DomainError("TIKTOK_EXPIRED");
  }
}

async function findCredential(accountId: string): Promise<Credential> {
  const [row] = await credentialOf.execute({ accountId });
  if (row?.credential && row.linkHealth !== "expired") return row.credential;
  throw new DomainError(row?.linkHealth === "revoked" ? "TIKTOK_REVOKED" : "TIKTOK_EXPIRED");
}

/** Asked before every call to TikTok, so it is built once and planned once per connection. */
const credentialOf = db
  .select({ credential: tiktokCredentials, linkHealth: tiktokAccounts.linkHealth })
  .from(tiktokAccounts)
  .leftJoin(tiktokCredentials, eq(tiktokCredentials.accountId, tiktokAccounts.id))
  .where(eq(tiktokAccounts.id, sql.placeholder("accountId")))
  .prepare("find_credential");

function openAccessToken(credential: Credential): Promise<string> {
  return vault.open(credential.accessTokenSealed, tokenContext(credential.accountId, "access"));
}

/**
 * One refresh per account over all processes: a lease on the database's clock, a version to store over, and no
 * transaction open while TikTok is asked. The refresh token may rotate, so the new pair is stored before it is used.
 */
async function refresh(from: Credential): Promise<Credential> {
  const deadline = Date.now() + WAIT_MS;
  while (Date.now() < deadline) {
    const lease = newId();
    const [held] = await db
      .update(tiktokCredentials)
      .set({ leaseBy: lease, leaseUntil: sql`clock_timestamp() + ${LEASE_SECONDS} * interval '1 second'` })
      .where(
        and(
          eq(tiktokCredentials.accountId, from.accountId),
          eq(tiktokCredentials.version, from.version),
          or(isNull(tiktokCredentials.leaseUntil), lt(tiktokCredentials.leaseUntil, sql`clock_timestamp()`)),
        ),
      )
      .returning();
    if (held) return refreshUnderLease(held, lease);
    const current = await findCredential(from.accountId);
    if (current.version > from.version) return current;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new TikTokError("unavailable", "refresh_busy");
}

async function refreshUnderLease(held: Credential, lease: string): Promise<Credential> {
  const { accountId, version } = held;
  try {
    const refreshToken = await vault.open(held.refreshTokenSealed, tokenContext(accountId, "refresh"));
    const seal = await preparePair(accountId);
    const tokens = await refreshTokens(refreshToken);
    const stored = await storeRefreshedPair(accountId, version, seal(tokens));
    if (!stored) log.warn({ accountId }, "a newer token pair was stored while this one was refreshed");
    return await findCredential(accountId);
  } catch (error) {
    await db
      .update(tiktokCredentials)
      .set({ leaseBy: null, leaseUntil: null })
      .where(and(eq(tiktokCredentials.accountId, accountId), eq(tiktokCredentials.leaseBy, lease)));
    if (!(error instanceof OAuthRefusal)) throw error;
    if (error.temporary) throw new TikTokError("unavailable", error.code);
    // Somebody may have reconnected or refreshed meanwhile: look once more before calling the link expired.
    const current = await findCredential(accountId);
    if (current.version > version) return current;
    await markExpired(held);
    throw new DomainError("TIKTOK_EXPIRED");
  }
}

/** Marks the link expired, unless a newer pair was stored since `refused`. */
async function markExpired(refused: Credential): Promise<void> {
  const at = now();
  await db.transaction(async (tx) => {
    const [current] = await tx
      .select({ version: tiktokCredentials.version })
      .from(tiktokCredentials)
      .where(eq(tiktokCredentials.accountId, refused.accountId))
      .for("update");
    if (current?.version !== refused.version) return;
    await tx
      .update(tiktokAccounts)
      .set({ linkHealth: "expired", linkChangedAt: at })
      .where(eq(tiktokAccounts.id, refused.accountId));
    const target = { kind: "tiktok_account", id: refused.accountId };
    await audit(tx, { at, actor: { kind: "system" }, action: "link.expired", target });
  });
}
