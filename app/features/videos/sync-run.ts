import type { VideoPage } from "~/infra/tiktok/display-api.server";
import type { SyncFailure, SyncState } from "./video";

/**
 * How a walk over a video list goes on after a page. TikTok: only `has_more: false` ends a list (`end`). A walk may stop
 * earlier where an earlier complete one has been (`known`).
 */
export type NextStep =
  | { kind: "done"; at: "end" | "known" }
  | { kind: "next"; cursor: number }
  | { kind: "stop"; failure: SyncFailure };

/** 100,000 videos at 20 a page: beyond it something is wrong upstream. */
export const MAX_PAGES = 5_000;

/**
 * `cursor`: the one this page was asked with; `pages`: pages stored before this one. A cursor must strictly fall.
 * `knownBefore`: every post before this time (UTC ms) was listed by a complete walk; null when this one has to find out.
 */
export function nextStep(
  page: Pick<VideoPage, "cursor" | "hasMore">,
  cursor: number | null,
  pages: number,
  knownBefore: number | null = null,
): NextStep {
  if (!page.hasMore) return { kind: "done", at: "end" };
  if (page.cursor === null || (cursor !== null && page.cursor >= cursor))
    return { kind: "stop", failure: "cursor_stuck" };
  if (knownBefore !== null && page.cursor <= knownBefore) return { kind: "done", at: "known" };
  if (pages + 1 >= MAX_PAGES) return { kind: "stop", failure: "too_many_pages" };
  return { kind: "next", cursor: page.cursor };
}

/** Whether an ended run can go on at its cursor. A list that is longer than we read would stop at once again. */
export function isResumable({ state, failure }: { state: SyncState; failure: string | null }): boolean {
  return state === "cancelled" || (state === "failed" && failure !== "too_many_pages");
}
