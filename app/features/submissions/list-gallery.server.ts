import { and, desc, eq, gt, isNotNull, isNull, lt, lte, ne, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { holds, standings, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import type { Challenge } from "~/features/challenges/find-challenge.server";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import type { VideoSummary } from "~/features/videos/video";
import { db } from "~/infra/db.server";
import { OLDEST_SHOWN_SANITIZER_VERSION } from "~/infra/sanitize-html.server";
import { isOpenHold } from "./counted-numbers.server";
import {
  type GalleryCursor,
  type GalleryShow,
  type GallerySort,
  type GalleryView,
  galleryPeriods,
  queryWords,
} from "./gallery";
import { isEnteredAt } from "./in-open-challenge.server";
import { givenRecipe, scoreBy } from "./score-by.server";

export interface GalleryEntry {
  submissionId: string;
  /** ISO time. */
  submittedAt: string;
  video: VideoSummary;
  creatorName: string;
  creatorAvatarUrl: string | null;
  /** Sanitised when it was stored; null when TikTok gave no markup. */
  embedHtml: string | null;
}

const PAGE = 24;

/** Approved, in effect at `at`, and not known to be unavailable. */
export function approvedAt(at: Date | SQLWrapper) {
  return shownAs("approved", at);
}

/** In this state, in effect at `at`, and not known to be unavailable. */
export function shownAs(state: "approved" | "disqualified", at: Date | SQLWrapper) {
  return and(isInEffect(state, at), ne(videos.availability, "unavailable"));
}

function isInEffect(state: "approved" | "disqualified", at: Date | SQLWrapper) {
  return or(
    and(eq(submissions.state, state), lte(submissions.effectiveAt, at)),
    and(eq(submissions.effectiveStateBefore, state), gt(submissions.effectiveAt, at)),
  );
}

/**
 * A page of a challenge's public gallery in the order that `view` asks for; of equal entries, and of those whose numbers
 * are not known, the newer one comes first. Once the standings are frozen, points are those of the frozen board.
 * `nextBefore`: where the next page begins, null on the last.
 */
export async function listGallery(
  { id, rules, frozenAt }: Pick<Challenge, "id" | "rules" | "frozenAt">,
  options: { at: Date; view: GalleryView; limit?: number },
): Promise<{ entries: GalleryEntry[]; nextBefore: GalleryCursor | null }> {
  const { at, view, limit = PAGE } = options;
  const { counting, pointsViews, pointsLikes, pointsComments, pointsShares } = rules;
  const given = {
    ...{ challengeId: id, at, limit: limit + 1, words: queryWords(view.query).join(" ") },
    ...{ counting, pointsViews, pointsLikes, pointsComments, pointsShares },
    ...{ since: new Date(at.getTime() - (view.show === "day" ? galleryPeriods.day : galleryPeriods.week)) },
    ...{ before: view.before?.submissionId, value: view.before?.value },
  };
  const rows = await pageFor(view, frozenAt !== null).execute(given);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    entries: page.map((row) => ({
      submissionId: row.submissionId,
      submittedAt: row.submittedAt.toISOString(),
      video: summarizeVideo(row.video, at),
      creatorName: row.creatorName,
      creatorAvatarUrl: row.creatorAvatarUrl,
      embedHtml: row.video.embedHtml,
    })),
    nextBefore: rows.length > limit && last ? { value: last.value, submissionId: last.submissionId } : null,
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
  entered: isEnteredAt(at),
});

export const shownOfCreator = {
  creatorName: tiktokAccounts.displayName,
  creatorAvatarUrl: tiktokAccounts.avatarUrl,
};

const placeholders = {
  challengeId: sql.placeholder("challengeId"),
  at: sql.param(sql.placeholder("at"), submissions.effectiveAt),
  before: sql.placeholder("before"),
};

/** What an order goes by before the entry's age; numbers that are not known come last. */
const values: Record<GallerySort | "frozen", SQL<number | null>> = {
  newest: sql<null>`null::bigint`,
  views: sql`coalesce(${videos.viewCount}, -1)`.mapWith(Number),
  frozen: sql`coalesce((select ${standings.score} from ${standings}
    where ${standings.challengeId} = ${submissions.challengeId} and ${standings.submissionId} = ${submissions.id}), -1)`.mapWith(
    Number,
  ),
  score: sql`case when ${videos.viewCount} is null then -1 else ${scoreBy(givenRecipe)} end`.mapWith(Number),
};

const isFound = sql`not exists (select from unnest(string_to_array(${sql.placeholder("words")}, ' ')) word
  where strpos(lower(${tiktokAccounts.displayName} || ' ' || ${videos.caption}), lower(word)) = 0)`;

function isAmong(show: GalleryShow): SQL | undefined {
  switch (show) {
    case "all":
      return;
    case "day":
    case "week":
      return gt(submissions.submittedAt, sql.param(sql.placeholder("since"), submissions.submittedAt));
    case "ai":
      return eq(videos.isAigc, true);
  }
}

function selectPage(sort: keyof typeof values, which: { later: boolean; filtered: boolean; show: GalleryShow }) {
  const value = values[sort];
  const older = lt(submissions.id, placeholders.before);
  const after =
    sort === "newest"
      ? older
      : sql`(${value}, ${submissions.id}) < (${sql.placeholder("value")}::bigint, ${placeholders.before})`;
  return (
    db
      .select({
        submissionId: submissions.id,
        submittedAt: submissions.submittedAt,
        value,
        video: shownOfVideo(placeholders.at),
        ...shownOfCreator,
      })
      .from(submissions)
      .innerJoin(videos, eq(videos.id, submissions.videoId))
      .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
      // Only points ask for it.
      .leftJoin(holds, sort === "score" ? isOpenHold : sql`false`)
      .where(
        and(
          eq(submissions.challengeId, placeholders.challengeId),
          approvedAt(placeholders.at),
          which.later ? after : undefined,
          which.filtered ? isFound : undefined,
          isAmong(which.show),
        ),
      )
      .orderBy(...(sort === "newest" ? [] : [desc(value)]), desc(submissions.id))
      .limit(sql.placeholder("limit"))
  );
}

// What a public page asks is built once, and planned once per connection: a busy page is asked for all the time.
const firstPage = selectPage("newest", { later: false, filtered: false, show: "all" }).prepare("gallery_first_page");
const laterPage = selectPage("newest", { later: true, filtered: false, show: "all" }).prepare("gallery_later_page");

function pageFor({ sort, show, query, before }: GalleryView, isFrozen: boolean) {
  if (sort === "newest" && show === "all" && query === "") return before === null ? firstPage : laterPage;
  const which = { later: before !== null, filtered: query !== "", show };
  return selectPage(sort === "score" && isFrozen ? "frozen" : sort, which);
}

// The few that are unavailable, so that no video has to be read to count entries.
const unavailable = db
  .select({ id: videos.id })
  .from(videos)
  .where(eq(videos.availability, "unavailable"))
  .as("unavailable");
const isShown = and(isInEffect("approved", placeholders.at), isNull(unavailable.id));
const counted = db
  .select({
    challengeId: submissions.challengeId,
    approved: sql<number>`count(*) filter (where ${isShown})::int`,
    entries: sql<number>`count(*) filter (where ${submissions.state} not in ('withdrawn', 'removed'))::int`,
  })
  .from(submissions)
  .leftJoin(unavailable, eq(unavailable.id, submissions.videoId))
  .where(
    and(
      sql`${submissions.challengeId} = any(${sql.placeholder("challengeIds")}::uuid[])`,
      isNotNull(submissions.videoId),
    ),
  )
  .groupBy(submissions.challengeId)
  .prepare("count_entries");
