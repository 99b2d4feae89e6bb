import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { tiktokCredentials } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import { db } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { log } from "~/infra/log.server";
import { countTokenRefresh } from "~/infra/metrics.server";
import { OAuthRefusal, refreshTokens } from "~/infra/tiktok/oauth.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { vault } from "~/infra/vault.server";
import { expireLink } from "./expire-link.server";
import { type Credential, requireCredential } from "./require-credential.server";
import { preparePair, storeRefreshedPair, tokenContext } from "./store-credential.server";

const LEASE_SECONDS = 30;
/** How long to wait for another process that is refreshing the same account. */
const WAIT_MS = 35_000;
const POLL_MS = 250;

/**
 * A newer pair than `from`: refreshed here, or by whoever else is at it. One refresh per account over all processes: a
 * lease on the database's clock, a version to store over, and no transaction open while TikTok is asked. The refresh
 * token may rotate, so the new pair is stored before it is used. Throws what requireCredential throws, VaultError, and
 * TikTokError when TikTok does not answer; a refusal ends the link (TIKTOK_EXPIRED).
 */
export async function refreshCredential(from: Credential): Promise<Credential> {
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
    const current = await requireCredential(from.accountId);
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
    const stored = await storeRefreshedPair(held, seal(tokens), tokens.grantedScopes);
    countTokenRefresh(stored ? "refreshed" : "superseded");
    if (!stored) log.warn({ accountId }, "a newer token pair was stored while this one was refreshed");
    return await requireCredential(accountId);
  } catch (error) {
    await db
      .update(tiktokCredentials)
      .set({ leaseBy: null, leaseUntil: null })
      .where(and(eq(tiktokCredentials.accountId, accountId), eq(tiktokCredentials.leaseBy, lease)));
    // What is stored is counted; the look at it afterwards may say that the link has ended meanwhile.
    if (!(error instanceof DomainError)) countTokenRefresh(error instanceof OAuthRefusal ? "refused" : "failed");
    if (!(error instanceof OAuthRefusal)) throw error;
    if (error.temporary) throw new TikTokError("unavailable", error.code);
    if (!saysNoMore(error)) throw notTheirs(error);
    // Somebody may have reconnected or refreshed meanwhile: look once more before calling the link expired.
    const current = await requireCredential(accountId);
    if (current.version > version) return current;
    await expireLink(held);
    throw new DomainError("TIKTOK_EXPIRED");
  }
}

/** TikTok speaks of this grant. Anything else is about this app, and a wrong secret must not end everybody's link. */
const saysNoMore = ({ code }: OAuthRefusal) => code === "invalid_grant" || code === "access_denied";

function notTheirs({ code, logId }: OAuthRefusal): TikTokError {
  log.error({ setting: "TIKTOK_CLIENT_KEY", code, logId }, "TikTok refuses this app's key or secret");
  return new TikTokError("misconfigured", code, { logId });
}
