import { createHash, randomBytes } from "node:crypto";
import { OAuth2Strategy } from "remix-auth-oauth2";
import { env } from "~/infra/env.server";
import { exchangeCode, OAuthRefusal, type TikTokTokens } from "./oauth.server";
import { TikTokError } from "./tiktok-error";

/** Why nobody is signed in after a visit to the callback. */
export type SignInFailure =
  | "unknown_state"
  | "denied"
  | "not_a_test_user"
  | "app_misconfigured"
  | "scope_misconfigured"
  | "code_refused"
  | "tiktok_unavailable";

export class SignInError extends Error {
  override readonly name = "SignInError";
  constructor(readonly reason: SignInFailure) {
    super(`Sign-in failed: ${reason}`);
  }
}

/** Keeps what must survive the trip to TikTok: one use, bound to the browser that began. */
export interface SignInAttempts {
  begin(request: Request, attempt: { state: string; codeVerifier: string }): Promise<Headers>;
  /** The attempt's secrets, taken once; null when this browser has no such attempt. */
  take(request: Request, state: string): Promise<{ codeVerifier: string; returnTo: string } | null>;
}

type Verify<User> = (arrival: { request: Request; tokens: TikTokTokens; returnTo: string }) => Promise<User>;

/** Where TikTok sends people back to; registered there character for character. */
const redirectUri = `${env.APP_ORIGIN}/auth/tiktok/callback`;

/**
 * TikTok Login Kit on remix-auth-oauth2. TikTok wants `client_key`, scopes joined by commas, PKCE in lower-case hex,
 * and answers its token call flat. State is not left to the library, whose cookie can be replayed and tossed:
 * a callback without a known state is an error and never a new redirect to TikTok.
 */
export class TikTokStrategy<User> extends OAuth2Strategy<User> {
  override readonly name = "tiktok";

  constructor(
    private readonly attempts: SignInAttempts,
    private readonly arrive: Verify<User>,
  ) {
    super(
      {
        clientId: env.TIKTOK_CLIENT_KEY,
        clientSecret: null,
        authorizationEndpoint: env.TIKTOK_AUTHORIZE_URL,
        tokenEndpoint: `${env.TIKTOK_DISPLAY_API_BASE_URL}/v2/oauth/token/`,
        redirectURI: redirectUri,
        scopes: [...env.TIKTOK_DISPLAY_SCOPES],
      },
      () => Promise.reject(new Error("TikTokStrategy verifies through `arrive`")),
    );
  }

  /** On the callback path: finishes and returns the user, or throws SignInError. Elsewhere: throws the redirect to TikTok. */
  override async authenticate(request: Request): Promise<User> {
    const url = new URL(request.url);
    if (url.pathname === new URL(redirectUri).pathname) return this.finish(request, url.searchParams);
    const { state, codeVerifier, url: target } = this.createAuthorizationURL();
    const headers = await this.attempts.begin(request, { state, codeVerifier });
    headers.set("Location", target.toString());
    throw new Response(null, { status: 302, headers });
  }

  protected override createAuthorizationURL() {
    const state = randomBytes(32).toString("base64url");
    const codeVerifier = randomBytes(32).toString("base64url");
    const url = new URL(this.options.authorizationEndpoint);
    url.search = new URLSearchParams({
      client_key: this.options.clientId,
      response_type: "code",
      scope: (this.options.scopes ?? []).join(","),
      redirect_uri: redirectUri,
      state,
      ...(env.TIKTOK_PKCE === "hex"
        ? { code_challenge: hexChallenge(codeVerifier), code_challenge_method: "S256" }
        : {}),
    }).toString();
    return { state, codeVerifier, url };
  }

  private async finish(request: Request, params: URLSearchParams): Promise<User> {
    const state = params.get("state");
    // State first, on errors too: otherwise anybody could show this browser an error page of their choosing.
    const attempt = state === null ? null : await this.attempts.take(request, state);
    if (attempt === null) throw new SignInError("unknown_state");
    const error = params.get("error");
    if (error !== null) throw new SignInError(refusalOnReturn(error, params.get("error_type")));
    const code = params.get("code");
    if (!code) throw new SignInError("unknown_state");
    const tokens = await this.exchange(code, attempt.codeVerifier);
    return this.arrive({ request, tokens, returnTo: attempt.returnTo });
  }

  private async exchange(code: string, codeVerifier: string): Promise<TikTokTokens> {
    try {
      return await exchangeCode(code, redirectUri, env.TIKTOK_PKCE === "hex" ? codeVerifier : null);
    } catch (error) {
      if (error instanceof OAuthRefusal) {
        if (error.temporary) throw new SignInError("tiktok_unavailable");
        if (error.code === "invalid_scope") throw new SignInError("scope_misconfigured");
        if (error.code === "invalid_client" || error.code === "unauthorized_client") {
          throw new SignInError("app_misconfigured");
        }
        throw new SignInError("code_refused");
      }
      if (error instanceof TikTokError) {
        throw new SignInError(error.kind === "misconfigured" ? "app_misconfigured" : "tiktok_unavailable");
      }
      throw error;
    }
  }
}

/** TikTok: the challenge is the lower-case hex SHA-256 of the verifier, still called S256; base64url is refused. */
function hexChallenge(codeVerifier: string): string {
  return createHash("sha256").update(codeVerifier).digest("hex");
}

function refusalOnReturn(error: string, type: string | null): SignInFailure {
  switch (error) {
    case "access_denied":
      return type === "non_sandbox_target" ? "not_a_test_user" : "denied";
    case "invalid_scope":
      return "scope_misconfigured";
    case "unauthorized_client":
    case "invalid_client":
    case "invalid_request":
      return "app_misconfigured";
    default:
      return "tiktok_unavailable";
  }
}
