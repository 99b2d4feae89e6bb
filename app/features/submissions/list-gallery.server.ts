import { and, desc, eq, gt, lt, lte, ne, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { submissions, tiktokAccounts, videos } from "#drizzle/schema";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import type { VideoSummary } from "~/features/videos/video";
import { db } from "~/infra/db.server";
import { OLDEST_SHOWN_SANITIZER_VERSION } from "~/infra/sanitize-html.server";
import { inOpenChallenge } from "./in-open-challenge.server";

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
export function approvedAt(at: Date | SQLWrapper) {
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
  const given = { challengeId, at: options.at, limit: limit + 1 };
  const rows = await (options.before === null
    ? firstPage.execute(given)
    : laterPage.execute({ ...given, before: options.before }));
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
  const rows = await counted.execute({ challengeIds: `{${challengeIds.join()}}`, at });
  return new Map(rows.map(({ challengeId, approved, entries }) => [challengeId, { approved, entries }]));
}

/** What pages show of a video at `at`, as summarizeVideo takes it. */
export const shownOfVideo = (at: Date | SQLWrapper) => ({
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
  embedHtml: sql<
    string | null
  >`case when ${videos.embedSanitizerVersion} >= ${OLDEST_SHOWN_SANITIZER_VERSION} then ${videos.embedHtml} end`,
  entered: inOpenChallenge(at),
});

export const shownOfCreator = {
  creatorName: tiktokAccounts.displayName,
  creatorAvatarUrl: tiktokAccounts.avatarUrl,
};

// What a public page asks is built once, and planned once per connection: a busy page is asked for all the time.
const placeholders = {
  challengeId: sql.placeholder("challengeId"),
  at: sql.param(sql.placeholder("at"), submissions.effectiveAt),
  before: sql.placeholder("before"),
};

function selectPage(after: SQL | undefined) {
  return db
    .select({ submissionId: submissions.id, video: shownOfVideo(placeholders.at), ...shownOfCreator })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .where(and(eq(submissions.challengeId, placeholders.challengeId), approvedAt(placeholders.at), after))
    .orderBy(desc(submissions.id))
    .limit(sql.placeholder("limit"));
}
const firstPage = selectPage(undefined).prepare("gallery_first_page");
const laterPage = selectPage(lt(submissions.id, placeholders.before)).prepare("gallery_later_page");

const counted = db
  .select({
    challengeId: submissions.challengeId,
    approved: sql<number>`count(*) filter (where ${approvedAt(placeholders.at)})::int`,
    entries: sql<number>`count(*) filter (where ${submissions.state} not in ('withdrawn', 'removed'))::int`,
  })
  .from(submissions)
  .innerJoin(videos, eq(videos.id, submissions.videoId))
  .where(sql`${submissions.challengeId} = any(${sql.placeholder("challengeIds")}::uuid[])`)
  .groupBy(submissions.challengeId)
  .prepare("count_entries");
