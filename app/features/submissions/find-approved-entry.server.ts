import { and, eq, sql } from "drizzle-orm";
import { challenges, holds, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import { db } from "~/infra/db.server";
import { isOnHold, isOpenHold } from "./counted-numbers.server";
import { approvedAt, type GalleryEntry, shownOfCreator, shownOfVideo } from "./list-gallery.server";

/** An entry that everybody may see at `at`, with its challenge's slug and whether it is held, or null. */
export async function findApprovedEntry(
  submissionId: string,
  at: Date,
): Promise<{ entry: GalleryEntry; slug: string; held: boolean } | null> {
  const [row] = await db
    .select({
      slug: challenges.slug,
      held: sql<boolean>`${isOnHold}`,
      submittedAt: submissions.submittedAt,
      video: shownOfVideo(at),
      ...shownOfCreator,
    })
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .leftJoin(holds, isOpenHold)
    .where(and(eq(submissions.id, submissionId), approvedAt(at)));
  if (!row) return null;
  const { slug, held, submittedAt, video, ...creator } = row;
  return {
    slug,
    held,
    entry: {
      submissionId,
      submittedAt: submittedAt.toISOString(),
      ...creator,
      video: summarizeVideo(video, at),
      embedHtml: video.embedHtml,
    },
  };
}
