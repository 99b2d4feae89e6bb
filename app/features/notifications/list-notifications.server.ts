import { and, desc, eq, lt } from "drizzle-orm";
import { challenges, decisions, notifications, submissions, videos } from "#drizzle/schema";
import { shownOfVideo } from "~/features/submissions/list-gallery.server";
import { effectiveState } from "~/features/submissions/record-decision.server";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import type { VideoSummary } from "~/features/videos/video";
import { db } from "~/infra/db.server";
import { type NextStep, type NotificationKind, nextStep } from "./notification";

export interface Notification {
  decisionId: string;
  kind: NotificationKind;
  /** ISO time at which the decision took effect. */
  at: string;
  unread: boolean;
  challenge: { slug: string; title: string };
  video: VideoSummary;
  reason: string | null;
  message: string | null;
  next: NextStep;
}

const PAGE = 20;

/**
 * What a person was told, latest decision first. `before`: the decision's id that ended the page before; `letterId`: only
 * what is in that letter.
 */
export async function listNotifications(
  userId: string,
  options: { at: Date; before: string | null; letterId?: string },
): Promise<{ notifications: Notification[]; nextBefore: string | null }> {
  const { before, letterId } = options;
  const mine = and(
    eq(notifications.userId, userId),
    letterId === undefined ? undefined : eq(notifications.letterId, letterId),
  );
  const rows = await db
    .select({
      notification: notifications,
      decision: decisions,
      submission: submissions,
      challenge: { slug: challenges.slug, title: challenges.title },
      video: shownOfVideo(options.at),
    })
    .from(notifications)
    .innerJoin(decisions, eq(decisions.id, notifications.decisionId))
    .innerJoin(submissions, eq(submissions.id, decisions.submissionId))
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .where(before === null ? mine : and(mine, lt(notifications.decisionId, before)))
    .orderBy(desc(notifications.decisionId))
    .limit(PAGE + 1);
  const page = rows.slice(0, PAGE);
  const shown = page.map(({ notification: { decisionId, kind, readAt }, decision, submission, challenge, video }) => ({
    decisionId,
    kind,
    at: decision.effectiveAt.toISOString(),
    unread: readAt === null,
    challenge,
    video: summarizeVideo(video, options.at),
    reason: decision.reasonCode,
    message: decision.message,
    next: nextStep(kind, effectiveState(submission, options.at), submission.id),
  }));
  return {
    // The system's decisions count at once, so one can count before a moderator's that was made earlier.
    notifications: shown.toSorted((one, other) => other.at.localeCompare(one.at)),
    nextBefore: rows.length > PAGE ? (page.at(-1)?.notification.decisionId ?? null) : null,
  };
}
