/** How the installation stands with TikTok, as far as it is known without asking. */

/**
 * Where the settings lead. Of an app at TikTok they do not tell whether it is the sandbox's or live; TikTok gives a sandbox
 * away when it refuses somebody who is not one of its test users.
 */
export type Provider =
  | { mode: "simulator"; host: string }
  | { mode: "tiktok" | "elsewhere"; host: string }
  | { mode: "sandbox"; host: string /** ISO: when it refused somebody. */; seenAt: string };

export interface TikTokStanding {
  provider: Provider;
  redirectUri: string;
  webhook: { url: string /** ISO; null: none has come. */; lastAt: string | null };
  lookupPath: string;
  grants: { links: number; scopes: readonly { scope: string; without: number; isNeeded: boolean }[] };
  quotas: readonly Quota[];
}

/** One endpoint's calls, of all processes, in the minute that runs. */
export interface Quota {
  path: string;
  used: number;
  /** What may start within one minute at most. */
  limit: number;
  /** ISO; null: it may be asked. */
  pausedUntil: string | null;
}
