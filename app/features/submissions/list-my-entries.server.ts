import { and, asc, desc, eq, inArray, lt, lte } from "drizzle-orm";
import { challenges, decisions, submissions, videos } from "#drizzle/schema";
import { phaseOf } from "~/features/challenges/challenge";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import type { VideoSummary } from "~/features/videos/video";
import { db } from "~/infra/db.server";
import { shownOfVideo } from "./list-gallery.server";
import { effectiveState } from "./record-decision.server";
import { type DecisionState, eligibilitySchema, mayMove, type RuleCheck } from "./submission";

export interface MyEntry {
  submissionId: string;
  version: number;
  video: VideoSummary;
  challenge: { slug: string; title: string };
  /** What counts for the creator: decisions inside their window are not shown. */
  state: DecisionState;
  checks: RuleCheck[];
  /** ISO time. */
  submittedAt: string;
  mayWithdraw: boolean;
  mayResubmit: boolean;
  timeline: TimelineStep[];
}

export interface TimelineStep {
  /** ISO time at which it took effect. */
  at: string;
  state: DecisionState;
  reason: string | null;
  message: string | null;
}

const PAGE = 20;

/** The creator's own entries, newest first, each with what has taken effect by `at`. */
export async function listMyEntries(
  creatorId: string,
  options: { at: Date; before: string | null },
): Promise<{ entries: MyEntry[]; nextBefore: string | null }> {
  const mine = eq(submissions.creatorId, creatorId);
  const rows = await db
    .select({
      submission: submissions,
      video: shownOfVideo(options.at),
      challenge: challenges,
    })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .where(options.before === null ? mine : and(mine, lt(submissions.id, options.before)))
    .orderBy(desc(submissions.id))
    .limit(PAGE + 1);
  const page = rows.slice(0, PAGE);
  const steps = await timelines(
    page.map((row) => row.submission.id),
    options.at,
  );
  return {
    entries: page.map(({ submission, video, challenge }) => {
      const state = effectiveState(submission, options.at);
      return {
        submissionId: submission.id,
        version: submission.version,
        video: summarizeVideo(video, options.at),
        challenge: { slug: challenge.slug, title: challenge.title },
        state,
        checks: eligibilitySchema.parse(submission.eligibility),
        submittedAt: submission.submittedAt.toISOString(),
        mayWithdraw: challenge.frozenAt === null && mayMove("creator", submission.state, "withdrawn"),
        mayResubmit: state === "changes_requested" && phaseOf(challenge, options.at) === "open",
        timeline: steps.get(submission.id) ?? [],
      };
    }),
    nextBefore: rows.length > PAGE ? (page.at(-1)?.submission.id ?? null) : null,
  };
}

/** Effective decisions per submission, oldest first. A decision that was undone inside its window never took effect. */
async function timelines(submissionIds: readonly string[], at: Date): Promise<Map<string, TimelineStep[]>> {
  if (submissionIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(decisions)
    .where(and(inArray(decisions.submissionId, [...submissionIds]), lte(decisions.effectiveAt, at)))
    .orderBy(asc(decisions.submissionId), asc(decisions.sequence));
  const undone = new Set(rows.flatMap((row) => (row.undoOf ? [row.undoOf, row.id] : [])));
  const bySubmission = new Map<string, TimelineStep[]>();
  for (const row of rows) {
    if (undone.has(row.id)) continue;
    const step = {
      at: row.effectiveAt.toISOString(),
      state: row.toState,
      reason: row.reasonCode,
      message: row.message,
    };
    bySubmission.set(row.submissionId, [...(bySubmission.get(row.submissionId) ?? []), step]);
  }
  return bySubmission;
}
