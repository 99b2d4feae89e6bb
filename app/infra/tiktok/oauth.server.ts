import { env } from "~/infra/env.server";
import { envelopeSchema, oauthErrorSchema, tokenSchema } from "./answers";
import { type Answer, exchange, oncePolicy, underPolicy } from "./request.server";
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

/** Ends the person's whole grant to this app. Throws OAuthRefusal or TikTokError; success has an empty body or `{}`. */
export async function revokeGrant(accessToken: string): Promise<void> {
  const answer = await post("/v2/oauth/revoke/", { token: accessToken });
  const { status } = answer;
  if (status >= 300) {
    throw new TikTokError(status === 404 ? "misconfigured" : "unavailable", `http_${status}`, { status });
  }
  // A page of some gateway is no yes, and neither is an error in the Display API's form.
  const envelope = envelopeSchema.safeParse(answer.body);
  const isPage = answer.headers.get("content-type")?.includes("html");
  if (isPage || (envelope.success && envelope.data.error.code !== "ok")) {
    throw new TikTokError("unavailable", "malformed", { status });
  }
}

/** One call, never repeated here. Credentials go in the body only, and without the trailing slash TikTok answers 404. */
async function post(path: string, form: Record<string, string>): Promise<Answer> {
  const answer = await underPolicy(oncePolicy, (signal) =>
    exchange(new URL(path, env.TIKTOK_DISPLAY_API_BASE_URL), {
      method: "POST",
      headers: { accept: "application/json", "cache-control": "no-cache" },
      body: new URLSearchParams({
        client_key: env.TIKTOK_CLIENT_KEY,
        client_secret: env.TIKTOK_CLIENT_SECRET,
        ...form,
      }),
      signal,
    }),
  );
  const refused = oauthErrorSchema.safeParse(answer.body);
  if (refused.success && refused.data.error !== "ok") throw new OAuthRefusal(refused.data.error, refused.data.log_id);
  return answer;
}

async function requestTokens(grant: Record<string, string>): Promise<TikTokTokens> {
  const answer = await post("/v2/oauth/token/", grant);
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
