import { and, asc, desc, eq, isNotNull, sql } from "drizzle-orm";
import { videoMetricSnapshots } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import type { ViewsAt } from "./view-history";

/** A picture of some hundred points has no room for more. */
const READINGS = 60;

/** A video's views as TikTok told them, oldest first; of many readings every so manieth, and always the last. */
export async function listViewHistory(videoId: string): Promise<ViewsAt[]> {
  const { takenAt, viewCount } = videoMetricSnapshots;
  const parted = db
    .select({
      takenAt,
      viewCount,
      part: sql<number>`ntile(${READINGS}) over (order by ${takenAt})`.as("part"),
    })
    .from(videoMetricSnapshots)
    .where(and(eq(videoMetricSnapshots.videoId, videoId), isNotNull(viewCount)))
    .as("parted");
  const rows = await db
    .selectDistinctOn([parted.part], { takenAt: parted.takenAt, views: parted.viewCount })
    .from(parted)
    .orderBy(asc(parted.part), desc(parted.takenAt));
  return rows.flatMap(({ takenAt: at, views }) => (views === null ? [] : [{ at: at.toISOString(), views }]));
}
