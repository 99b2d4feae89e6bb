import { and, asc, desc, eq, gt, lt, ne } from "drizzle-orm";
import { challenges, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import type { Submission } from "~/features/submissions/record-decision.server";
import { db } from "~/infra/db.server";
import { captionWords, readAlmostTheSame } from "./caption-likeness";
import type { EntryContext } from "./entry-context";
import { shownOfOther } from "./list-creator-entries.server";

/** Copies come soon after each other; so many on either side cost little to read, however large the challenge is. */
const NEIGHBOURS = 400;
const SHOWN = 8;

/** Entries that may be the same as this one: of the same video, or near it in the challenge with almost the same caption. */
export async function listDuplicates({
  id,
  challengeId,
  videoId,
}: Pick<Submission, "id" | "challengeId" | "videoId">): Promise<EntryContext["duplicates"]> {
  if (!videoId) return [];
  const here = eq(submissions.challengeId, challengeId);
  const others = () =>
    db
      .select({ ...shownOfOther, videoId: submissions.videoId })
      .from(submissions)
      .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
      .innerJoin(videos, eq(videos.id, submissions.videoId))
      .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
      .$dynamic();
  const [[own], same, before, after] = await Promise.all([
    db.select({ caption: videos.caption }).from(videos).where(eq(videos.id, videoId)),
    others()
      .where(and(eq(submissions.videoId, videoId), ne(submissions.id, id)))
      .orderBy(desc(submissions.id))
      .limit(SHOWN),
    others()
      .where(and(here, lt(submissions.id, id)))
      .orderBy(desc(submissions.id))
      .limit(NEIGHBOURS),
    others()
      .where(and(here, gt(submissions.id, id)))
      .orderBy(asc(submissions.id))
      .limit(NEIGHBOURS),
  ]);
  if (!own) return [];
  const words = captionWords(own.caption);
  const alike = [...before, ...after].filter(
    (one) => one.videoId !== videoId && readAlmostTheSame(words, captionWords(one.caption)),
  );
  const shown = ({ videoId: _videoId, ...one }: (typeof same)[number]) => ({
    ...one,
    submittedAt: one.submittedAt.toISOString(),
  });
  return [
    ...same.map((one) => ({ entry: shown(one), why: "video" as const })),
    ...alike.map((one) => ({ entry: shown(one), why: "caption" as const })),
  ].slice(0, SHOWN);
}
