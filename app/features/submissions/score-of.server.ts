import { type SQLWrapper, sql } from "drizzle-orm";
import { videos } from "#drizzle/schema";

const counted = (count: SQLWrapper, points: string) => sql`coalesce(${count}, 0) * ${sql.placeholder(points)}::bigint`;

/**
 * An entry's score in thousandths of a point, for a query over videos. The recipe is given when the query runs, under the
 * names of a challenge's rules: pointsViews, pointsLikes, pointsComments, pointsShares.
 */
export const scoreOf = sql.join(
  [
    counted(videos.viewCount, "pointsViews"),
    counted(videos.likeCount, "pointsLikes"),
    counted(videos.commentCount, "pointsComments"),
    counted(videos.shareCount, "pointsShares"),
  ],
  sql` + `,
);
