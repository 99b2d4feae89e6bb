import type { videos } from "#drizzle/schema";
import { env } from "~/infra/env.server";
import type { VideoSummary } from "./video";

interface VideoRow extends Columns {
  /** A live entry of an open challenge: its numbers are renewed more often. */
  entered: boolean;
}

type Columns = Pick<
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
  const cycleMs = row.entered ? env.TIKTOK_METRICS_REFRESH_INTERVAL_MS : env.TIKTOK_CORPUS_REFRESH_INTERVAL_MS;
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
      stale: row.metricsAt !== null && at.getTime() - row.metricsAt.getTime() > 2 * cycleMs,
    },
  };
}
