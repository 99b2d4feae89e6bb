import { and, eq, gt, inArray, isNotNull, sql } from "drizzle-orm";
import { submissions, videos } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { approvedAt } from "./list-gallery.server";

/** Per challenge, the newest approved entries' covers whose signature still holds at `at`, at most `count` each. */
export async function listGalleryCovers(
  challengeIds: readonly string[],
  count: number,
  at: Date,
): Promise<Map<string, string[]>> {
  if (challengeIds.length === 0) return new Map();
  const ranked = db
    .select({
      challengeId: submissions.challengeId,
      coverUrl: videos.coverUrl,
      place:
        sql<number>`row_number() over (partition by ${submissions.challengeId} order by ${submissions.id} desc)`.as(
          "place",
        ),
    })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .where(
      and(
        inArray(submissions.challengeId, [...challengeIds]),
        approvedAt(at),
        isNotNull(videos.coverUrl),
        gt(videos.coverExpiresAt, at),
      ),
    )
    .as("ranked");
  const rows = await db
    .select({ challengeId: ranked.challengeId, coverUrl: ranked.coverUrl })
    .from(ranked)
    .where(sql`${ranked.place} <= ${count}`)
    .orderBy(ranked.place);
  const covers = new Map<string, string[]>();
  for (const { challengeId, coverUrl } of rows) {
    if (coverUrl) covers.set(challengeId, [...(covers.get(challengeId) ?? []), coverUrl]);
  }
  return covers;
}
