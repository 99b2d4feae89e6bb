import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { holds, submissions, videos } from "#drizzle/schema";

/** For a left join of a query over submissions: the hold that an entry is under. */
export const isOpenHold = and(eq(holds.submissionId, submissions.id), isNull(holds.releasedAt));

/** After that join. */
export const isOnHold = isNotNull(holds.id);

const counted = (ofHold: PgColumn, ofVideo: PgColumn): SQL<number | null> =>
  sql`case when ${isOnHold} then ${ofHold} else ${ofVideo} end`.mapWith(Number);

/** What an entry counts with, after that join: its video's numbers, or while it is held the last that nobody doubts. */
export const countedNumbers = {
  viewCount: counted(holds.viewCount, videos.viewCount),
  likeCount: counted(holds.likeCount, videos.likeCount),
  commentCount: counted(holds.commentCount, videos.commentCount),
  shareCount: counted(holds.shareCount, videos.shareCount),
  metricsAt: sql<Date | null>`case when ${isOnHold} then ${holds.metricsAt} else ${videos.metricsAt} end`.mapWith(
    videos.metricsAt,
  ),
};
