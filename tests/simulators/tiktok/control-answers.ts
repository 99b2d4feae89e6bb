import type { CaughtLetter } from "../smtp/catcher";
import type { Endpoint, FaultKind, FaultState, Settings } from "./control-protocol";
import type { CountName } from "./sim-video";

/** What the control API answers. */

export interface LedgerEntry {
  seq: number;
  /** ISO; when the request arrived, on this machine's clock. */
  at: string;
  endpoint: Endpoint;
  method: string;
  /** Without the query. */
  path: string;
  clientKey: string | null;
  openId: string | null;
  grantType?: string;
  scopes?: string[];
  fields?: string[];
  cursor?: number;
  maxCount?: number;
  videoIds?: string[];
  /** 0 when no status was sent (hang, reset, lost answer). */
  status: number;
  /** TikTok's code or OAuth error; `ok`; or `http_<status>` where the answer carries none. */
  code: string;
  fault?: FaultKind;
  ms: number;
}

export interface VideoState {
  id: string;
  createMs: number;
  caption: string;
  durationSeconds: number;
  privacy: "public" | "private";
  deleted: boolean;
  isAigc: boolean;
  /** As they are now. */
  counts: Record<CountName, number | null>;
  shareUrl: string;
  shortCode: string;
  shortUrl: string;
}

export interface AccountState {
  openId: string;
  displayName: string;
  username: string;
  kind: string;
  publicVideos: number;
  liveAccessTokens: number;
  liveRefreshTokens: number;
}

export interface TokenCounts {
  codesIssued: number;
  pairsIssued: number;
  refreshes: number;
  liveAccessTokens: number;
  liveRefreshTokens: number;
}

export interface TokenPair {
  accessToken: string;
  refreshToken: string;
  openId: string;
  scopes: string[];
  accessTtlSeconds: number;
  refreshTtlSeconds: number;
}

export interface WebhookDelivery {
  /** Null when nobody answered. */
  status: number | null;
}

export interface CommandAnswers {
  state: {
    origin: string;
    contract: Settings["contract"];
    startedAt: string;
    settings: Settings;
    faults: FaultState[];
    cast: AccountState[];
  };
  reset: { ok: true };
  "world/keep": { ok: true };
  "world/bring-back": { ok: true };
  settings: Settings;
  "accounts/add": AccountState;
  "accounts/change": AccountState;
  "videos/list": VideoState[];
  "videos/add": VideoState;
  "videos/change": VideoState;
  "tokens/grant": TokenPair;
  "tokens/expire": TokenCounts;
  "tokens/kill-refresh": TokenCounts;
  "tokens/remove": { deliveries: WebhookDelivery[] };
  "tokens/counts": TokenCounts;
  "faults/add": FaultState;
  "faults/remove": { removed: boolean };
  "faults/clear": { ok: true };
  "ledger/get": LedgerEntry[];
  "ledger/clear": { ok: true };
  /** Oldest first. */
  "letters/get": Pick<CaughtLetter, "to" | "subject" | "text" | "takenAt">[];
  "webhooks/send": { deliveries: WebhookDelivery[] };
}
