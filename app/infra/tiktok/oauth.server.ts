import { env } from "~/infra/env.server";
import { oauthErrorSchema, tokenSchema } from "./answers";
import { exchange, oncePolicy, underPolicy } from "./request.server";
import { parseScopes } from "./scopes";
import { TikTokError } from "./tiktok-error";

/** A token answer; lifetimes in seconds are TikTok's own numbers, never assumed. */
export interface TikTokTokens {
  accessToken: string;
  refreshToken: string;
  accessTtlSeconds: number;
  refreshTtlSeconds: number;
  openId: string;
  grantedScopes: string[];
}

/**
 * TikTok refused the grant (`error` of the flat OAuth answer). `temporary` when TikTok says it was its own trouble.
 */
export class OAuthRefusal extends Error {
  override readonly name = "OAuthRefusal";
  constructor(
    readonly code: string,
    readonly logId?: string,
  ) {
    super(`TikTok refused the grant (${code})`);
  }
  get temporary(): boolean {
    return this.code === "server_error" || this.code === "temporarily_unavailable";
  }
}

/** Exchanges a code. Never repeated once sent: a code works once. Throws OAuthRefusal or TikTokError. */
export function exchangeCode(code: string, redirectUri: string, codeVerifier: string | null): Promise<TikTokTokens> {
  return requestTokens({
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    ...(codeVerifier === null ? {} : { code_verifier: codeVerifier }),
  });
}

/** Refreshes once: TikTok may rotate the refresh token, so a blind repeat could lose the account. */
export function refreshTokens(refreshToken: string): Promise<TikTokTokens> {
  return requestTokens({ grant_type: "refresh_token", refresh_token: refreshToken });
}

async function requestTokens(grant: Record<string, string>): Promise<TikTokTokens> {
  // The trailing slash is required: without it TikTok answers 404. Credentials go in the body only.
  const answer = await underPolicy(oncePolicy, (signal) =>
    exchange(new URL("/v2/oauth/token/", env.TIKTOK_DISPLAY_API_BASE_URL), {
      method: "POST",
      headers: { accept: "application/json", "cache-control": "no-cache" },
      body: new URLSearchParams({
        client_key: env.TIKTOK_CLIENT_KEY,
        client_secret: env.TIKTOK_CLIENT_SECRET,
        ...grant,
      }),
      signal,
    }),
  );
  const refused = oauthErrorSchema.safeParse(answer.body);
  if (refused.success && refused.data.error !== "ok") throw new OAuthRefusal(refused.data.error, refused.data.log_id);
  const tokens = tokenSchema.safeParse(answer.body);
  if (!tokens.success || answer.status >= 300) {
    if (answer.status === 404) throw new TikTokError("misconfigured", "http_404", { status: 404 });
    throw new TikTokError("unavailable", tokens.success ? `http_${answer.status}` : "malformed", {
      status: answer.status,
    });
  }
  const { data } = tokens;
  return {
    accessToken: data.access_token,
    refreshToken: data.refresh_token,
    accessTtlSeconds: data.expires_in,
    refreshTtlSeconds: data.refresh_expires_in,
    openId: data.open_id,
    grantedScopes: parseScopes(data.scope),
  };
}
