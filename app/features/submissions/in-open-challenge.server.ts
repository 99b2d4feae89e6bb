import { and, eq, exists, type SQLWrapper, sql } from "drizzle-orm";
import { challenges, submissions, videos } from "#drizzle/schema";
import { openChallenges } from "~/features/challenges/open-challenges.server";
import { db } from "~/infra/db.server";
import { liveSubmissions } from "./live-submissions.server";

/** For a query over videos: whether each is a live entry of a challenge that is open at `at`, whose numbers are renewed more often. */
export function inOpenChallenge(at: Date | SQLWrapper) {
  return sql<boolean>`${exists(entriesOf(at))}`;
}

/**
 * The same for a page of videos, to be read and not to choose by: asked of each one, while exists() lets the planner read
 * every live entry there is first.
 */
export function isEnteredAt(at: Date | SQLWrapper) {
  return sql<boolean>`coalesce((${entriesOf(at).limit(1)}), false)`;
}

function entriesOf(at: Date | SQLWrapper) {
  return db
    .select({ is: sql`true` })
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .where(and(eq(submissions.videoId, videos.id), openChallenges(at), liveSubmissions(at)));
}
