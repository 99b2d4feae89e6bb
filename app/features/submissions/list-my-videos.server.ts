import { and, asc, desc, eq, exists, isNull, lt, not, type SQL, sql } from "drizzle-orm";
import { submissions, tiktokAccounts, videos } from "#drizzle/schema";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import type { Availability, VideoSummary } from "~/features/videos/video";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { queryWords } from "./gallery";
import { shownOfVideo } from "./list-gallery.server";
import { liveSubmissions } from "./live-submissions.server";
import { type AiLabel, isNarrowed, type VideoCursor, type VideoSort, type VideosView } from "./my-videos";

export interface MyVideo extends VideoSummary {
  availability: Availability;
  /** A live entry of any challenge. */
  entered: boolean;
}

const PAGE = 24;

interface MyVideosPage {
  videos: MyVideo[];
  /** Where the next page begins, null on the last. */
  nextBefore: VideoCursor | null;
  /** How many there are of those that are asked for. */
  found: number;
  /** How many there are. */
  total: number;
  /** TikTok is asked for its AI label. */
  readsAi: boolean;
}

/** A page of an account's stored videos as `view` asks for them; whatever it asks, only the account's own rows are read. */
export async function listMyVideos(
  accountId: string,
  options: { view: VideosView; at: Date; limit?: number },
): Promise<MyVideosPage> {
  const { view, at, limit = PAGE } = options;
  const mine = eq(videos.accountId, accountId);
  const entered = enteredBy(accountId, at);
  const wanted = and(mine, matching(view, entered));
  const value = values[view.sort];
  const [rows, total, found] = await Promise.all([
    db
      .select({
        ...shownOfVideo(at),
        value,
        availability: videos.availability,
        isEntered: sql<boolean>`${entered}`,
      })
      .from(videos)
      .where(and(wanted, later(view)))
      .orderBy(...order[view.sort])
      .limit(limit + 1),
    db.$count(videos, mine),
    isNarrowed(view) ? db.$count(videos, wanted) : null,
  ]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    videos: page.map((row) => ({
      ...summarizeVideo(row, at),
      availability: row.availability,
      entered: row.isEntered,
    })),
    nextBefore: rows.length > limit && last ? { value: last.value, tiktokVideoId: last.tiktokVideoId } : null,
    found: found ?? total,
    total,
    readsAi: env.TIKTOK_AIGC_FIELD,
  };
}

/** For a query over videos: the words of a search are all in the caption. */
export function captionHas(query: string): SQL {
  // Looked for as they stand: in a pattern, a % of the creator's would be more than itself.
  return sql.join(
    queryWords(query).map((word) => sql`strpos(lower(${videos.caption}), lower(${word})) > 0`),
    sql` and `,
  );
}

/** Only the account's own entries are looked through: nobody enters another's video. */
function enteredBy(accountId: string, at: Date) {
  const owner = db
    .select({ userId: tiktokAccounts.userId })
    .from(tiktokAccounts)
    .where(eq(tiktokAccounts.id, accountId));
  return exists(
    db
      .select({ id: submissions.id })
      .from(submissions)
      .where(and(eq(submissions.videoId, videos.id), eq(submissions.creatorId, owner), liveSubmissions(at))),
  );
}

const labelIs: Record<AiLabel, SQL> = {
  labelled: eq(videos.isAigc, true),
  unlabelled: eq(videos.isAigc, false),
  unknown: isNull(videos.isAigc),
};

function matching({ query, availability, entered, ai }: VideosView, isEntered: SQL) {
  return and(
    queryWords(query).length > 0 ? captionHas(query) : undefined,
    availability === null ? undefined : eq(videos.availability, availability),
    entered === null ? undefined : entered === "yes" ? isEntered : not(isEntered),
    ai === null ? undefined : labelIs[ai],
  );
}

/** What an order goes by before the video's age; what is not known counts as less than nothing. */
const values: Record<VideoSort, SQL<number | null>> = {
  newest: sql<null>`null::bigint`,
  views: sql`coalesce(${videos.viewCount}, -1)`.mapWith(Number),
  // Microseconds, so that no two times become one.
  refreshed: sql`coalesce((extract(epoch from ${videos.metricsAt}) * 1000000)::bigint, -1)`.mapWith(Number),
};

const order: Record<VideoSort, [SQL, ...SQL[]]> = {
  newest: [desc(videos.tiktokVideoId)],
  views: [desc(values.views), desc(videos.tiktokVideoId)],
  refreshed: [asc(values.refreshed), asc(videos.tiktokVideoId)],
};

function later({ sort, before }: VideosView): SQL | undefined {
  if (before === null) return undefined;
  const place = sql`(${before.value}::bigint, ${before.tiktokVideoId})`;
  switch (sort) {
    case "newest":
      return lt(videos.tiktokVideoId, before.tiktokVideoId);
    case "views":
      return sql`(${values.views}, ${videos.tiktokVideoId}) < ${place}`;
    case "refreshed":
      return sql`(${values.refreshed}, ${videos.tiktokVideoId}) > ${place}`;
  }
}
