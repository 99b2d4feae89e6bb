import { and, desc, eq, isNotNull, lt } from "drizzle-orm";
import { challenges, holds, videoMetricSnapshots, videos } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import { anomalySchema, type FoundAnomaly } from "~/features/submissions/anomaly";
import type { HoldReason } from "~/features/submissions/hold";
import { effectiveState, lockSubmission } from "~/features/submissions/record-decision.server";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { plainText } from "~/infra/plain-text";

/** Whoever holds an entry or releases it: a moderator, or the system for what it found in the numbers. */
export type HoldActor = { kind: "moderator"; id: string } | { kind: "system" };

interface NewHold {
  submissionId: string;
  reason: HoldReason;
  /** Internal: what was seen. */
  note?: string;
  /** What was found in its numbers: it keeps the last ones from before that. Left out: those that it has now. */
  anomaly?: FoundAnomaly;
}

/**
 * Suspends the ranking of an approved entry while its numbers are checked: from now on, at once and for everybody, it
 * counts with the last numbers that nobody doubts. A hold lasts until it is released: should the entry be disqualified
 * and approved again, it is held still. Throws OWN_ENTRY, FROZEN, or CONFLICT: it is held already, or not
 * approved and in effect, or it was held for the same reading before.
 */
export async function holdSubmission(hold: NewHold, actor: HoldActor, requestId?: string): Promise<void> {
  await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, hold.submissionId);
    if (!submission?.videoId) throw new DomainError("CONFLICT");
    if (actor.kind === "moderator" && submission.creatorId === actor.id) throw new DomainError("OWN_ENTRY");
    const at = now();
    if (submission.state !== "approved" || effectiveState(submission, at) !== "approved") {
      throw new DomainError("CONFLICT");
    }
    const [challenge] = await tx
      .select({ frozenAt: challenges.frozenAt })
      .from(challenges)
      .where(eq(challenges.id, submission.challengeId));
    if (challenge?.frozenAt) throw new DomainError("FROZEN");
    const numbers = await findNumbers(tx, submission.videoId, hold.anomaly?.doubtedFrom);
    const made = await tx
      .insert(holds)
      .values({
        id: newId(),
        submissionId: submission.id,
        actorKind: actor.kind,
        heldBy: actor.kind === "system" ? null : actor.id,
        reasonCode: hold.reason,
        note: (hold.note && plainText(hold.note, 1_000)) || null,
        anomaly: hold.anomaly ? anomalySchema.parse(hold.anomaly) : null,
        doubtedAt: hold.anomaly?.doubtedFrom ?? null,
        heldAt: at,
        ...numbers,
      })
      .onConflictDoNothing()
      .returning({ id: holds.id });
    if (made.length === 0) throw new DomainError("CONFLICT");
    await audit(tx, {
      at,
      actor: actor.kind === "system" ? actor : { kind: "user", id: actor.id },
      action: "submission.held",
      target: { kind: "submission", id: submission.id },
      after: { views: numbers.viewCount, metricsAt: numbers.metricsAt },
      reason: hold.reason,
      requestId,
    });
  });
}

/** Those of now, or the last snapshot from before `doubtedFrom`; nothing when there is none: then it has no rank. */
async function findNumbers(tx: Transaction, videoId: string, doubtedFrom: Date | undefined) {
  const nothing = { viewCount: null, likeCount: null, commentCount: null, shareCount: null, metricsAt: null };
  if (!doubtedFrom) {
    const { viewCount, likeCount, commentCount, shareCount, metricsAt } = videos;
    const [current] = await tx
      .select({ viewCount, likeCount, commentCount, shareCount, metricsAt })
      .from(videos)
      .where(eq(videos.id, videoId));
    return current ?? nothing;
  }
  const { viewCount, likeCount, commentCount, shareCount, takenAt } = videoMetricSnapshots;
  const [before] = await tx
    .select({ viewCount, likeCount, commentCount, shareCount, metricsAt: takenAt })
    .from(videoMetricSnapshots)
    .where(and(eq(videoMetricSnapshots.videoId, videoId), lt(takenAt, doubtedFrom), isNotNull(viewCount)))
    .orderBy(desc(takenAt))
    .limit(1);
  return before ?? nothing;
}
