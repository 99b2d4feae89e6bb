import { DomainError } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { vault } from "~/infra/vault.server";
import { expireLink } from "./expire-link.server";
import { refreshCredential } from "./refresh-credential.server";
import { type Credential, requireCredential } from "./require-credential.server";
import { tokenContext } from "./store-credential.server";

/** A token this close to its end is refreshed before it is used. */
const REFRESH_AHEAD_MS = 5 * 60_000;

/**
 * Runs `use` with the account's access token in clear, which must not leave it. Refreshes ahead of expiry, and once when
 * TikTok calls the token invalid. Throws DomainError TIKTOK_EXPIRED, TIKTOK_REVOKED or TIKTOK_DISCONNECTED when there is
 * no usable link, VaultError when the key provider fails (that says nothing about the link), and whatever `use` throws.
 */
export async function withTikTokToken<T>(accountId: string, use: (accessToken: string) => Promise<T>): Promise<T> {
  let credential = await requireCredential(accountId);
  if (credential.accessExpiresAt.getTime() - now().getTime() < REFRESH_AHEAD_MS) {
    credential = await refreshCredential(credential);
  }
  try {
    return await use(await openAccessToken(credential));
  } catch (error) {
    if (!(error instanceof TikTokError) || error.kind !== "token_invalid") throw error;
  }
  const renewed = await refreshCredential(credential);
  try {
    return await use(await openAccessToken(renewed));
  } catch (error) {
    if (!(error instanceof TikTokError) || error.kind !== "token_invalid") throw error;
    await expireLink(renewed);
    throw new DomainError("TIKTOK_EXPIRED");
  }
}

function openAccessToken({ accountId, accessTokenSealed }: Credential): Promise<string> {
  return vault.open(accessTokenSealed, tokenContext(accountId, "access"));
}
