import { and, eq, exists, type SQLWrapper, sql } from "drizzle-orm";
import { challenges, submissions, videos } from "#drizzle/schema";
import { openChallenges } from "~/features/challenges/open-challenges.server";
import { db } from "~/infra/db.server";
import { liveSubmissions } from "./live-submissions.server";

/** For a query over videos: whether each is a live entry of a challenge that is open at `at`, whose numbers are renewed more often. */
export function inOpenChallenge(at: Date | SQLWrapper) {
  const entry = db
    .select({ id: submissions.id })
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .where(and(eq(submissions.videoId, videos.id), openChallenges(at), liveSubmissions(at)));
  return sql<boolean>`${exists(entry)}`;
}
