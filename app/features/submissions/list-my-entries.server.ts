import { and, asc, desc, eq, inArray, lt } from "drizzle-orm";
import { appeals, challenges, decisions, holds, notifications, submissions, videos } from "#drizzle/schema";
import { phaseOf } from "~/features/challenges/challenge";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import type { VideoSummary } from "~/features/videos/video";
import { db } from "~/infra/db.server";
import { appealDeadline, isAppealable } from "./appeal";
import { shownOfVideo } from "./list-gallery.server";
import { listQueuePlaces } from "./list-queue-places.server";
import { listUsualWaits } from "./list-usual-waits.server";
import { effectiveState } from "./record-decision.server";
import type { QueuePlace } from "./review-wait";
import { type DecisionState, eligibilitySchema, mayMove } from "./submission";
import { type DecisionRecord, type HoldRecord, type TimelineStep, timelineOf } from "./timeline";

export interface MyEntry {
  submissionId: string;
  version: number;
  video: VideoSummary;
  challenge: { slug: string; title: string };
  /** What counts for the creator: decisions inside their window are not shown. */
  state: DecisionState;
  timeline: TimelineStep[];
  /** Null when no moderator has to decide next. */
  queue: QueuePlace | null;
  /** Seconds; null where too few decisions tell. */
  usualWait: number | null;
  /** ISO time until which a requested change can be made; null when none is requested. */
  changeUntil: string | null;
  appealOpen: boolean;
  /** ISO time until which the creator may appeal; null when they may not. */
  appealUntil: string | null;
  mayWithdraw: boolean;
  mayResubmit: boolean;
}

const PAGE = 20;

/** The creator's own entries, newest first, each with what has taken effect by `at`. */
export async function listMyEntries(
  creatorId: string,
  options: { at: Date; before: string | null },
): Promise<{ entries: MyEntry[]; nextBefore: string | null }> {
  const { at, before } = options;
  const rows = await readEntries(creatorId, at, before);
  const page = rows.slice(0, PAGE);
  const waiting = page
    .filter(({ submission }) => effectiveState(submission, at) === "pending")
    .map(({ submission }) => ({ submissionId: submission.id, challengeId: submission.challengeId }));
  const ids = page.map(({ submission }) => submission.id);
  const [histories, held, places, waits] = await Promise.all([
    readDecisions(ids),
    readHolds(ids),
    listQueuePlaces(waiting, at),
    listUsualWaits([...new Set(waiting.map(({ challengeId }) => challengeId))], at),
  ]);
  return {
    entries: page.map((row) => {
      const { id, challengeId } = row.submission;
      const queue = places.get(id) ?? null;
      return {
        ...describe(row, { decided: histories.get(id) ?? [], held: held.get(id) ?? [] }, at),
        queue,
        usualWait: queue && (waits.get(challengeId) ?? null),
      };
    }),
    nextBefore: rows.length > PAGE ? (page.at(-1)?.submission.id ?? null) : null,
  };
}

function readEntries(creatorId: string, at: Date, before: string | null) {
  const mine = eq(submissions.creatorId, creatorId);
  return (
    db
      .select({
        submission: submissions,
        video: { ...shownOfVideo(at), availability: videos.availability, missingSince: videos.missingSince },
        challenge: challenges,
        appeal: appeals,
        absenceUntil: notifications.dueAt,
      })
      .from(submissions)
      .innerJoin(videos, eq(videos.id, submissions.videoId))
      .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
      .leftJoin(appeals, eq(appeals.submissionId, submissions.id))
      // The deadline that they were told for this very absence of its video.
      .leftJoin(
        notifications,
        and(eq(notifications.submissionId, submissions.id), eq(notifications.missingSince, videos.missingSince)),
      )
      .where(before === null ? mine : and(mine, lt(submissions.id, before)))
      .orderBy(desc(submissions.id))
      .limit(PAGE + 1)
  );
}

type Row = Awaited<ReturnType<typeof readEntries>>[number];

function describe(
  { submission, video, challenge, appeal, absenceUntil }: Row,
  { decided, held }: { decided: DecisionRecord[]; held: HoldRecord[] },
  at: Date,
) {
  const state = effectiveState(submission, at);
  const history = {
    decisions: decided,
    appeal,
    holds: held,
    checks: eligibilitySchema.parse(submission.eligibility),
    absence: absenceOf(video, state === "approved" && challenge.frozenAt === null ? absenceUntil : null),
  };
  const answered = appeal?.effectiveAt && appeal.effectiveAt <= at;
  const appealEnds = isAppealable(state) && !appeal && challenge.frozenAt === null ? appealEnd(decided, state) : null;
  return {
    submissionId: submission.id,
    version: submission.version,
    video: summarizeVideo(video, at),
    challenge: { slug: challenge.slug, title: challenge.title },
    state,
    timeline: timelineOf(history, at),
    changeUntil: state === "changes_requested" ? challenge.closesAt.toISOString() : null,
    appealOpen: isAppealable(state) && appeal !== null && !answered,
    appealUntil: appealEnds && appealEnds > at ? appealEnds.toISOString() : null,
    // By what its creator knows: a decision inside its window takes no button away.
    mayWithdraw: challenge.frozenAt === null && mayMove("creator", state, "withdrawn"),
    mayResubmit: state === "changes_requested" && phaseOf(challenge, at) === "open",
  };
}

function absenceOf({ availability, missingSince }: Row["video"], until: Date | null) {
  return availability === "unavailable" && missingSince ? { since: missingSince, until } : null;
}

function appealEnd(decided: readonly DecisionRecord[], state: DecisionState): Date | null {
  const decision = decided.findLast(({ toState, undoOf }) => toState === state && undoOf === null);
  return decision ? appealDeadline(decision.effectiveAt) : null;
}

async function readDecisions(submissionIds: readonly string[]): Promise<Map<string, DecisionRecord[]>> {
  if (submissionIds.length === 0) return new Map();
  const rows = await db
    .select({
      submissionId: decisions.submissionId,
      id: decisions.id,
      actorKind: decisions.actorKind,
      toState: decisions.toState,
      reasonCode: decisions.reasonCode,
      message: decisions.message,
      undoOf: decisions.undoOf,
      decidedAt: decisions.decidedAt,
      effectiveAt: decisions.effectiveAt,
    })
    .from(decisions)
    .where(inArray(decisions.submissionId, [...submissionIds]))
    .orderBy(asc(decisions.submissionId), asc(decisions.sequence));
  return Map.groupBy(rows, ({ submissionId }) => submissionId);
}

async function readHolds(submissionIds: readonly string[]): Promise<Map<string, HoldRecord[]>> {
  if (submissionIds.length === 0) return new Map();
  const { submissionId, reasonCode, heldAt, releasedAt } = holds;
  const rows = await db
    .select({ submissionId, reasonCode, heldAt, releasedAt })
    .from(holds)
    .where(inArray(submissionId, [...submissionIds]))
    .orderBy(asc(holds.id));
  return Map.groupBy(rows, (row) => row.submissionId);
}
