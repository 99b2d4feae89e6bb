import { and, desc, eq, lt } from "drizzle-orm";
import { videos } from "#drizzle/schema";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import type { VideoSummary } from "~/features/videos/video";
import { db } from "~/infra/db.server";
import { shownOfVideo } from "./list-gallery.server";

const PAGE = 24;

/** An account's stored videos, newest first. `before`: the TikTok id that ended the page before this one. */
export async function listMyVideos(
  accountId: string,
  options: { before: string | null; at: Date; limit?: number },
): Promise<{ videos: VideoSummary[]; nextBefore: string | null; total: number }> {
  const limit = options.limit ?? PAGE;
  const mine = eq(videos.accountId, accountId);
  const [rows, total] = await Promise.all([
    db
      .select(shownOfVideo(options.at))
      .from(videos)
      .where(options.before === null ? mine : and(mine, lt(videos.tiktokVideoId, options.before)))
      .orderBy(desc(videos.tiktokVideoId))
      .limit(limit + 1),
    db.$count(videos, mine),
  ]);
  const page = rows.slice(0, limit);
  return {
    videos: page.map((row) => summarizeVideo(row, options.at)),
    nextBefore: rows.length > limit ? (page.at(-1)?.tiktokVideoId ?? null) : null,
    total,
  };
}
