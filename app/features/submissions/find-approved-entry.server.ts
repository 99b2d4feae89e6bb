import { and, eq } from "drizzle-orm";
import { challenges, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import { db } from "~/infra/db.server";
import { approvedAt, type GalleryEntry, shownOfCreator, shownOfVideo } from "./list-gallery.server";

/** An entry that everybody may see at `at`, with its challenge's slug, or null. */
export async function findApprovedEntry(
  submissionId: string,
  at: Date,
): Promise<{ entry: GalleryEntry; slug: string } | null> {
  const [row] = await db
    .select({
      slug: challenges.slug,
      submittedAt: submissions.submittedAt,
      video: shownOfVideo(at),
      ...shownOfCreator,
    })
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .where(and(eq(submissions.id, submissionId), approvedAt(at)));
  if (!row) return null;
  const { slug, submittedAt, video, ...creator } = row;
  return {
    slug,
    entry: {
      submissionId,
      submittedAt: submittedAt.toISOString(),
      ...creator,
      video: summarizeVideo(video, at),
      embedHtml: video.embedHtml,
    },
  };
}
