import { and, asc, eq } from "drizzle-orm";
import { submissions, tiktokAccounts, videos } from "#drizzle/schema";
import { shownAs, shownOfCreator, shownOfVideo } from "~/features/submissions/list-gallery.server";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import { db } from "~/infra/db.server";
import type { RankedEntry } from "./standing";

const LIMIT = 100;

/** Entries of a challenge that were accepted and then disqualified, in effect at `at`: visible, and without a rank. */
export async function listDisqualified(
  challengeId: string,
  at: Date,
): Promise<(RankedEntry & { submissionId: string })[]> {
  const rows = await db
    .select({ submissionId: submissions.id, video: shownOfVideo(at), ...shownOfCreator })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .where(and(eq(submissions.challengeId, challengeId), shownAs("disqualified", at)))
    .orderBy(asc(submissions.id))
    .limit(LIMIT);
  return rows.map(({ video, ...row }) => ({ ...row, video: summarizeVideo(video, at), hasPage: false }));
}
