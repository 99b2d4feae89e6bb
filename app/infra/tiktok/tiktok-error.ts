/**
 * What a refused or failed TikTok call means to us. `rate_limited` carries TikTok's Retry-After in ms when it gave one.
 * `misconfigured` is ours to mend (wrong look-up path, scope the app lacks): never blamed on the visitor.
 */
export type TikTokErrorKind =
  | "token_invalid"
  | "scope_missing"
  | "rate_limited"
  | "unavailable"
  | "misconfigured"
  | "refused";

export class TikTokError extends Error {
  override readonly name = "TikTokError";
  constructor(
    readonly kind: TikTokErrorKind,
    /** TikTok's own code, or `http_<status>`, `timeout`, `network`, `malformed`, `breaker_open`, `busy`. */
    readonly code: string,
    readonly details: { logId?: string; retryAfterMs?: number; status?: number } = {},
  ) {
    super(`TikTok: ${kind} (${code})`);
  }
}
