import type { videos } from "#drizzle/schema";
import { env } from "~/infra/env.server";
import type { VideoSummary } from "./video";

/** Product words: numbers are stale after two cycles of their tier; every video has at least the corpus's. */
const STALE_MS = 2 * env.TIKTOK_CORPUS_REFRESH_INTERVAL_MS;

type VideoRow = Pick<
  typeof videos.$inferSelect,
  | "tiktokVideoId"
  | "caption"
  | "postedAt"
  | "durationSeconds"
  | "coverUrl"
  | "coverExpiresAt"
  | "shareUrl"
  | "viewCount"
  | "likeCount"
  | "commentCount"
  | "shareCount"
  | "metricsAt"
>;

/** A video as pages show it at `at`: a cover whose signature has run out is left out. */
export function summarizeVideo(row: VideoRow, at: Date): VideoSummary {
  const coverLives = row.coverUrl !== null && row.coverExpiresAt !== null && row.coverExpiresAt > at;
  return {
    tiktokVideoId: row.tiktokVideoId,
    caption: row.caption,
    postedAt: row.postedAt?.toISOString() ?? null,
    durationSeconds: row.durationSeconds,
    coverUrl: coverLives ? row.coverUrl : null,
    shareUrl: row.shareUrl ?? `${env.TIKTOK_WEB_BASE_URL}/player/v1/${row.tiktokVideoId}`,
    metrics: {
      views: row.viewCount,
      likes: row.likeCount,
      comments: row.commentCount,
      shares: row.shareCount,
      at: row.metricsAt?.toISOString() ?? null,
      stale: row.metricsAt !== null && at.getTime() - row.metricsAt.getTime() > STALE_MS,
    },
  };
}
