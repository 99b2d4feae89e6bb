import { and, desc, eq, gt, inArray, lt, lte, ne, or, sql } from "drizzle-orm";
import { submissions, tiktokAccounts, videos } from "#drizzle/schema";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import type { VideoSummary } from "~/features/videos/video";
import { db } from "~/infra/db.server";

export interface GalleryEntry {
  submissionId: string;
  video: VideoSummary;
  creatorName: string;
  creatorAvatarUrl: string | null;
  /** Sanitised when it was stored; null when TikTok gave no markup. */
  embedHtml: string | null;
}

const PAGE = 24;

/** Approved, in effect at `at`, and not known to be unavailable. */
export function approvedAt(at: Date) {
  return and(
    or(
      and(eq(submissions.state, "approved"), lte(submissions.effectiveAt, at)),
      and(eq(submissions.effectiveStateBefore, "approved"), gt(submissions.effectiveAt, at)),
    ),
    ne(videos.availability, "unavailable"),
  );
}

/** A challenge's public gallery, newest entry first. `before`: the submission id that ended the page before. */
export async function listGallery(
  challengeId: string,
  options: { at: Date; before: string | null; limit?: number },
): Promise<{ entries: GalleryEntry[]; nextBefore: string | null }> {
  const limit = options.limit ?? PAGE;
  const rows = await db
    .select({ submissionId: submissions.id, video: shownOfVideo, ...shownOfCreator })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .where(
      and(
        eq(submissions.challengeId, challengeId),
        approvedAt(options.at),
        options.before === null ? undefined : lt(submissions.id, options.before),
      ),
    )
    .orderBy(desc(submissions.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    entries: page.map((row) => ({
      submissionId: row.submissionId,
      video: summarizeVideo(row.video, options.at),
      creatorName: row.creatorName,
      creatorAvatarUrl: row.creatorAvatarUrl,
      embedHtml: row.video.embedHtml,
    })),
    nextBefore: rows.length > limit ? (page.at(-1)?.submissionId ?? null) : null,
  };
}

/** Per challenge: how many entries are approved and in effect, and how many count at all. */
export async function countEntries(
  challengeIds: readonly string[],
  at: Date,
): Promise<Map<string, { approved: number; entries: number }>> {
  if (challengeIds.length === 0) return new Map();
  const rows = await db
    .select({
      challengeId: submissions.challengeId,
      approved: sql<number>`count(*) filter (where ${approvedAt(at)})::int`,
      entries: sql<number>`count(*) filter (where ${submissions.state} not in ('withdrawn', 'removed'))::int`,
    })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .where(inArray(submissions.challengeId, [...challengeIds]))
    .groupBy(submissions.challengeId);
  return new Map(rows.map(({ challengeId, approved, entries }) => [challengeId, { approved, entries }]));
}

export const shownOfVideo = {
  tiktokVideoId: videos.tiktokVideoId,
  caption: videos.caption,
  postedAt: videos.postedAt,
  durationSeconds: videos.durationSeconds,
  coverUrl: videos.coverUrl,
  coverExpiresAt: videos.coverExpiresAt,
  shareUrl: videos.shareUrl,
  viewCount: videos.viewCount,
  likeCount: videos.likeCount,
  commentCount: videos.commentCount,
  shareCount: videos.shareCount,
  metricsAt: videos.metricsAt,
  embedHtml: videos.embedHtml,
};

export const shownOfCreator = {
  creatorName: tiktokAccounts.displayName,
  creatorAvatarUrl: tiktokAccounts.avatarUrl,
};
