import type { TikTokProbe } from "~/infra/tiktok/probe-tiktok.server";
import { bad, type Finding, good } from "./finding";

/** What TikTok's answers to the probe say about the settings, each fault by the name of its setting. */

/** Sealed signatures and token lifetimes bear some seconds; more means that a clock is not kept. */
const MAX_SKEW_MS = 30_000;

export function judgeClock(check: string, whose: string, skewMs: number | null): Finding {
  if (skewMs === null) return good(check, `${whose} clock was not told`);
  const seconds = Math.round(skewMs / 1000);
  if (Math.abs(skewMs) <= MAX_SKEW_MS) return good(check, `${seconds} s from ${whose} clock`);
  return bad(
    check,
    `${seconds} s from ${whose} clock. Set this machine's time (NTP): tokens and webhooks depend on it`,
  );
}

export function judgeClient({ clientCode }: TikTokProbe): Finding {
  const check = "client key and secret";
  if (clientCode === "invalid_client" || clientCode === "unauthorized_client") {
    return bad(check, `TikTok refuses them (${clientCode}). Check TIKTOK_CLIENT_KEY and TIKTOK_CLIENT_SECRET`);
  }
  if (clientCode === null)
    return bad(check, "TikTok's token endpoint gave no answer. Check TIKTOK_DISPLAY_API_BASE_URL");
  return good(check, "TikTok knows them");
}

export function judgeLookup(probe: TikTokProbe, path: string): Finding {
  const check = "look-up endpoint";
  if (probe.lookupStatus === 404 || probe.lookupStatus === 405) {
    return bad(
      check,
      `a configuration fault: TikTok answers ${probe.lookupStatus} at ${path}. Set TIKTOK_VIDEO_LOOKUP_PATH to your app's path`,
    );
  }
  if (probe.lookupStatus >= 500) return bad(check, `TikTok answers ${probe.lookupStatus} at ${path}. Try again later`);
  return good(check, `${path} is there`);
}

export function judgeRedirect({ authorize }: TikTokProbe, redirectUri: string): Finding {
  const check = "redirect URI";
  const { protocol, hostname } = new URL(redirectUri);
  const loopback = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  if (protocol !== "https:" && !loopback)
    return bad(check, `${redirectUri} is not https, so TikTok takes it not. Set APP_ORIGIN`);
  if (redirectUri.length >= 512) return bad(check, "it is longer than TikTok's 511 characters. Set APP_ORIGIN");
  if (authorize.error === "unauthorized_client") {
    return bad(check, "TikTok says that the app is not live. Publish it, or set TIKTOK_CLIENT_KEY to its sandbox's");
  }
  if (authorize.status >= 400) {
    return bad(
      check,
      `TikTok's sign-in page refuses it (${authorize.status}). Register ${redirectUri} for this TIKTOK_CLIENT_KEY, character for character`,
    );
  }
  return good(check, redirectUri);
}

export function judgeAskedScopes({ authorize }: TikTokProbe, asked: readonly string[]): Finding {
  const check = "scopes asked";
  if (authorize.error === "invalid_scope") {
    return bad(check, `TikTok refuses one of "${asked.join(" ")}". Set TIKTOK_DISPLAY_SCOPES to what your app has`);
  }
  return good(check, asked.join(" "));
}
