import { and, desc, eq, gt, inArray, isNotNull } from "drizzle-orm";
import { challenges, submissions, videos } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { approvedAt } from "./list-gallery.server";

/** Per challenge, the newest approved entries' covers whose signature still holds at `at`, at most `count` each. */
export async function listGalleryCovers(
  challengeIds: readonly string[],
  count: number,
  at: Date,
): Promise<Map<string, string[]>> {
  if (challengeIds.length === 0) return new Map();
  // For each challenge its own few: to rank all of its entries takes a third of a second for 100,000.
  const newest = db
    .select({ submissionId: submissions.id, coverUrl: videos.coverUrl })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .where(
      and(
        eq(submissions.challengeId, challenges.id),
        approvedAt(at),
        isNotNull(videos.coverUrl),
        gt(videos.coverExpiresAt, at),
      ),
    )
    .orderBy(desc(submissions.id))
    .limit(count)
    .as("newest");
  const rows = await db
    .select({ challengeId: challenges.id, coverUrl: newest.coverUrl })
    .from(challenges)
    .crossJoinLateral(newest)
    .where(inArray(challenges.id, [...challengeIds]))
    .orderBy(desc(newest.submissionId));
  const covers = new Map<string, string[]>();
  for (const { challengeId, coverUrl } of rows) {
    if (coverUrl) covers.set(challengeId, [...(covers.get(challengeId) ?? []), coverUrl]);
  }
  return covers;
}
