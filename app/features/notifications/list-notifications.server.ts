import { and, desc, eq, lt } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { appeals, challenges, decisions, notifications, submissions, videos } from "#drizzle/schema";
import { shownOfVideo } from "~/features/submissions/list-gallery.server";
import { effectiveState } from "~/features/submissions/record-decision.server";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import type { VideoSummary } from "~/features/videos/video";
import { db } from "~/infra/db.server";
import { type NextStep, type NotificationKind, nextStep } from "./notification";

export interface Notification {
  id: string;
  kind: NotificationKind;
  /** ISO time at which it took effect. */
  at: string;
  unread: boolean;
  challenge: { slug: string; title: string };
  video: VideoSummary;
  reason: string | null;
  message: string | null;
  /** Of a video that was not public: since when, and until when it has to be public again; null once it needs not. ISO. */
  absence: { since: string; until: string | null } | null;
  next: NextStep;
}

const PAGE = 20;

/** What an appeal was about. */
const appealed = alias(decisions, "appealed");

/**
 * What a person was told, the latest first. `before`: the id that ended the page before; `letterId`: only what is in that
 * letter.
 */
export async function listNotifications(
  userId: string,
  options: { at: Date; before: string | null; letterId?: string },
): Promise<{ notifications: Notification[]; nextBefore: string | null }> {
  const rows = await readPage(userId, options);
  const page = rows.slice(0, PAGE);
  const shown = page.map((row) => describe(row, options.at));
  return {
    // The system's decisions count at once, so one can count before a moderator's that was made earlier.
    notifications: shown.toSorted((one, other) => other.at.localeCompare(one.at)),
    nextBefore: rows.length > PAGE ? (page.at(-1)?.notification.id ?? null) : null,
  };
}

function readPage(userId: string, { at, before, letterId }: { at: Date; before: string | null; letterId?: string }) {
  const mine = eq(notifications.userId, userId);
  const inLetter = letterId === undefined ? undefined : eq(notifications.letterId, letterId);
  return db
    .select({
      notification: notifications,
      decision: decisions,
      appeal: { answer: appeals.answer, effectiveAt: appeals.effectiveAt, reasonCode: appealed.reasonCode },
      submission: submissions,
      challenge: { slug: challenges.slug, title: challenges.title, frozenAt: challenges.frozenAt },
      video: { ...shownOfVideo(at), availability: videos.availability, missingSince: videos.missingSince },
    })
    .from(notifications)
    .innerJoin(submissions, eq(submissions.id, notifications.submissionId))
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .leftJoin(decisions, eq(decisions.id, notifications.decisionId))
    .leftJoin(appeals, and(eq(appeals.submissionId, submissions.id), eq(notifications.kind, "appeal_dismissed")))
    .leftJoin(
      appealed,
      and(eq(appealed.submissionId, appeals.submissionId), eq(appealed.sequence, appeals.decisionSequence)),
    )
    .where(and(mine, inLetter, before === null ? undefined : lt(notifications.id, before)))
    .orderBy(desc(notifications.id))
    .limit(PAGE + 1);
}

type Row = Awaited<ReturnType<typeof readPage>>[number];

function describe(row: Row, at: Date): Notification {
  const { notification, decision, appeal, submission, challenge, video } = row;
  const { id, kind, missingSince, dueAt, createdAt, readAt } = notification;
  const state = effectiveState(submission, at);
  const absent = video.availability === "unavailable";
  // It may have come back since, and gone again.
  const isThisOne = absent && video.missingSince?.getTime() === missingSince?.getTime();
  const until = isThisOne && state === "approved" && challenge.frozenAt === null ? dueAt : null;
  return {
    id,
    kind,
    at: (decision?.effectiveAt ?? appeal.effectiveAt ?? createdAt).toISOString(),
    unread: readAt === null,
    challenge: { slug: challenge.slug, title: challenge.title },
    video: summarizeVideo(video, at),
    reason: decision?.reasonCode ?? appeal.reasonCode,
    message: decision?.message ?? appeal.answer,
    absence: missingSince && { since: missingSince.toISOString(), until: until?.toISOString() ?? null },
    next: nextStep(kind, { state, absent, submissionId: submission.id }),
  };
}
