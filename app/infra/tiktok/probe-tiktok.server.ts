import { createHash, randomBytes } from "node:crypto";
import { now } from "~/infra/clock.server";
import { env } from "~/infra/env.server";
import { type Answer, exchange } from "./request.server";

/** What TikTok makes of this app's settings, asked without anybody's token. Throws TikTokError when it does not answer. */
export interface TikTokProbe {
  /** TikTok's clock minus ours; null when it does not tell the time. */
  skewMs: number | null;
  /** The look-up path is there: it asks for a token. A 404 or 405 says that it is not. */
  lookupStatus: number;
  /** OAuth's word for a refresh token that is none; `invalid_client` says that key or secret are wrong. */
  clientCode: string | null;
  /** What the sign-in page makes of the app, the redirect URI and the scopes. */
  authorize: { status: number; error: string | null };
}

/** Nobody's token, and not the form of one. */
const NO_TOKEN = "doctor";
const PROBE_MS = 10_000;

export async function probeTikTok(redirectUri: string): Promise<TikTokProbe> {
  const asked = now().getTime();
  const lookup = await send(new URL(env.TIKTOK_VIDEO_LOOKUP_PATH, env.TIKTOK_DISPLAY_API_BASE_URL), {
    method: "POST",
    headers: { authorization: `Bearer ${NO_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ filters: { video_ids: [] } }),
  });
  const told = Date.parse(lookup.headers.get("date") ?? "");
  const client = await send(new URL("/v2/oauth/token/", env.TIKTOK_DISPLAY_API_BASE_URL), {
    method: "POST",
    body: new URLSearchParams({
      client_key: env.TIKTOK_CLIENT_KEY,
      client_secret: env.TIKTOK_CLIENT_SECRET,
      grant_type: "refresh_token",
      refresh_token: NO_TOKEN,
    }),
  });
  return {
    skewMs: Number.isNaN(told) ? null : told - (asked + now().getTime()) / 2,
    lookupStatus: lookup.status,
    clientCode: codeOf(client.body),
    authorize: await probeAuthorize(redirectUri),
  };
}

async function probeAuthorize(redirectUri: string): Promise<TikTokProbe["authorize"]> {
  const url = new URL(env.TIKTOK_AUTHORIZE_URL);
  const challenge = createHash("sha256").update(randomBytes(32)).digest("hex");
  url.search = new URLSearchParams({
    client_key: env.TIKTOK_CLIENT_KEY,
    response_type: "code",
    scope: env.TIKTOK_DISPLAY_SCOPES.join(","),
    redirect_uri: redirectUri,
    state: NO_TOKEN,
    ...(env.TIKTOK_PKCE === "hex" ? { code_challenge: challenge, code_challenge_method: "S256" } : {}),
  }).toString();
  const { status, headers } = await send(url, { method: "GET" });
  const location = headers.get("location");
  const back = location && URL.canParse(location, url) ? new URL(location, url) : null;
  return { status, error: back?.searchParams.get("error") ?? null };
}

function send(url: URL, init: RequestInit): Promise<Answer> {
  return exchange(url, { ...init, signal: AbortSignal.timeout(PROBE_MS) });
}

function codeOf(body: unknown): string | null {
  if (typeof body !== "object" || body === null || !("error" in body)) return null;
  return typeof body.error === "string" ? body.error : null;
}
