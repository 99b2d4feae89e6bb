import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, max, notExists, sql } from "drizzle-orm";
import { challenges, holds, submissions, videoMetricSnapshots, videos } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import { findAnomaly, READINGS, type Reading } from "~/features/submissions/anomaly";
import { isOpenHold } from "~/features/submissions/counted-numbers.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { holdSubmission } from "./hold-submission.server";

/** Numbers that came this long ago are looked at, so that a minute that is missed costs nothing. */
const LOOK_BACK_MS = 3 * 60_000;
/**
 * Looked at in one run, those whose numbers came first before the others. Where more come than that, some wait for their
 * next numbers: what is looked at are all readings since the last release.
 */
const BATCH = 500;

/**
 * Holds, as the system, approved entries whose newest numbers jumped in a way that is not plausible (see findAnomaly), each
 * in a transaction of its own, and keeps what was found; only until the challenge is frozen. A person decides what comes
 * of it: what they release is cleared, and the same reading holds the entry once at most.
 */
export async function holdAnomalies(stop?: AbortSignal): Promise<void> {
  const at = now();
  const entries = await listFresh(at);
  for (const { submissionId, submittedAt, releasedAt, readings } of entries) {
    if (stop?.aborted) return;
    const anomaly = findAnomaly(readings, { since: releasedAt ?? submittedAt, cleared: releasedAt !== null });
    if (!anomaly) continue;
    const reason = anomaly.kind === "jump" ? "SUDDEN_JUMP" : "UNLIKELY_MIX";
    await holdSubmission({ submissionId, reason, anomaly }, { kind: "system" }).catch((error: unknown) => {
      // Somebody was faster: it is held, decided on or frozen by now.
      if (!(error instanceof DomainError)) throw error;
    });
  }
}

/** Entries that are approved, in effect and not held, in challenges that still count, with their newest readings. */
async function listFresh(at: Date) {
  const open = db.select({ one: sql`1` }).from(holds).where(isOpenHold);
  const entries = await db
    .select({
      submissionId: submissions.id,
      videoId: videos.id,
      submittedAt: submissions.submittedAt,
      releasedAt: sql<Date | null>`${db
        .select({ at: max(holds.releasedAt) })
        .from(holds)
        .where(eq(holds.submissionId, submissions.id))}`.mapWith(holds.releasedAt),
    })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .where(
      and(
        eq(submissions.state, "approved"),
        lte(submissions.effectiveAt, at),
        gt(videos.metricsAt, new Date(at.getTime() - LOOK_BACK_MS)),
        isNotNull(challenges.publishedAt),
        isNull(challenges.frozenAt),
        isNull(challenges.cancelledAt),
        isNull(challenges.archivedAt),
        notExists(open),
      ),
    )
    .orderBy(asc(videos.metricsAt), asc(submissions.id))
    .limit(BATCH);
  if (entries.length === 0) return [];
  const readings = await readNewest(entries.map(({ videoId }) => videoId));
  return entries.map((entry) => ({ ...entry, readings: readings.get(entry.videoId) ?? [] }));
}

/** Of each video, oldest first. */
async function readNewest(videoIds: readonly string[]): Promise<Map<string, Reading[]>> {
  const { takenAt, viewCount, likeCount, commentCount, shareCount } = videoMetricSnapshots;
  const newest = db
    .select({ at: takenAt, views: viewCount, likes: likeCount, comments: commentCount, shares: shareCount })
    .from(videoMetricSnapshots)
    .where(eq(videoMetricSnapshots.videoId, videos.id))
    .orderBy(desc(takenAt))
    .limit(READINGS)
    .as("newest");
  const { at, views, likes, comments, shares } = newest;
  const rows = await db
    .select({ videoId: videos.id, at, views, likes, comments, shares })
    .from(videos)
    .crossJoinLateral(newest)
    .where(inArray(videos.id, [...videoIds]))
    .orderBy(asc(at));
  return Map.groupBy(rows, ({ videoId }) => videoId);
}
