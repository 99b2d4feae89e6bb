import type { VideoPage } from "~/infra/tiktok/display-api.server";
import type { SyncFailure } from "./video";

/** How a walk over a video list goes on after a page. TikTok: only `has_more: false` ends it. */
export type NextStep = { kind: "done" } | { kind: "next"; cursor: number } | { kind: "stop"; failure: SyncFailure };

/** 100,000 videos at 20 a page: beyond it something is wrong upstream. */
export const MAX_PAGES = 5_000;

/** `cursor`: the one this page was asked with; `pages`: pages stored before this one. A cursor must strictly fall. */
export function nextStep(page: Pick<VideoPage, "cursor" | "hasMore">, cursor: number | null, pages: number): NextStep {
  if (!page.hasMore) return { kind: "done" };
  if (page.cursor === null || (cursor !== null && page.cursor >= cursor))
    return { kind: "stop", failure: "cursor_stuck" };
  if (pages + 1 >= MAX_PAGES) return { kind: "stop", failure: "too_many_pages" };
  return { kind: "next", cursor: page.cursor };
}
