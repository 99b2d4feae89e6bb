/** The stored copy of a public TikTok video, as pages see it. */

/** Digits only; above 2^53, so never a number. */
export const tiktokVideoIdPattern = /^[0-9]{6,25}$/;

/** Whether TikTok still gives it: absent once, it is `unconfirmed`; twice in a row, some time apart, `unavailable`. */
export const availabilities = ["public", "unconfirmed", "unavailable"] as const;
export type Availability = (typeof availabilities)[number];

/** A video that look-ups do not return is known to be unavailable when it is still missing this much later. */
export const CONFIRM_ABSENCE_MS = 10 * 60_000;

export interface Metrics {
  views: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  /** ISO time at which TikTok gave these numbers; null when it never did. */
  at: string | null;
  /** They are older than two cycles of the refresh, which are shorter for live entries of open challenges. */
  stale: boolean;
}

export interface VideoSummary {
  /** TikTok's id. */
  tiktokVideoId: string;
  caption: string;
  /** ISO time, null when TikTok did not say. */
  postedAt: string | null;
  /** 0 for photo posts, null when TikTok did not say. */
  durationSeconds: number | null;
  /** null when there is none or its signature has run out. */
  coverUrl: string | null;
  /** The video's page on TikTok, without our key in its query. */
  shareUrl: string;
  metrics: Metrics;
}

export type SyncState =
  | "idle"
  | "queued"
  | "running"
  | "rate_limited"
  | "succeeded"
  | "partial"
  | "failed"
  | "cancelled";

export type SyncFailure =
  | "cursor_stuck"
  | "too_many_pages"
  | "link_expired"
  | "scope_missing"
  | "link_revoked"
  | "link_disconnected"
  | "tiktok_unavailable"
  | "key_unavailable"
  | "unexpected";

export interface SyncStatus {
  state: SyncState;
  /** `full` walks to the end of the list, `incremental` looks for new posts. */
  kind: "full" | "incremental";
  /** Videos stored by this run so far. */
  count: number;
  failure: SyncFailure | null;
  /** It can go on where it stopped. */
  resumable: boolean;
  /** ISO times. */
  startedAt: string | null;
  endedAt: string | null;
  retryAt: string | null;
  /** When the next one starts by itself. */
  nextAt: string | null;
}

/** True while a page showing this run should ask again. */
export function isSyncActive(state: SyncState): boolean {
  return state === "queued" || state === "running" || state === "rate_limited";
}
