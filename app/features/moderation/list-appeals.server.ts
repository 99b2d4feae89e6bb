import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { appeals, challenges, decisions, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { shownOfCreator, shownOfVideo } from "~/features/submissions/list-gallery.server";
import { reasonCodes } from "~/features/submissions/reason";
import { eligibilitySchema } from "~/features/submissions/submission";
import { ruleOf } from "~/features/submissions/timeline";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import { db } from "~/infra/db.server";
import type { AppealCase } from "./appeal-judgement";

const PAGE = 20;
const decider = alias(tiktokAccounts, "decider");

/** Open appeals of all challenges, the longest waiting first. `after`: the appeal's id that ended the page before. */
export async function listAppeals(options: {
  at: Date;
  after: string | null;
  viewer: Viewer;
}): Promise<{ appeals: AppealCase[]; nextAfter: string | null }> {
  const { at, after, viewer } = options;
  const rows = await readAppeals(at, after);
  const page = rows.slice(0, PAGE);
  return {
    appeals: page.map((row) => describe(row, at, viewer)),
    nextAfter: rows.length > PAGE ? (page.at(-1)?.appeal.id ?? null) : null,
  };
}

function readAppeals(at: Date, after: string | null) {
  return db
    .select({
      appeal: appeals,
      submission: submissions,
      video: shownOfVideo(at),
      ...shownOfCreator,
      challenge: { slug: challenges.slug, title: challenges.title, frozenAt: challenges.frozenAt },
      decision: decisions,
      deciderName: decider.displayName,
    })
    .from(appeals)
    .innerJoin(submissions, eq(submissions.id, appeals.submissionId))
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .innerJoin(
      decisions,
      and(eq(decisions.submissionId, appeals.submissionId), eq(decisions.sequence, appeals.decisionSequence)),
    )
    .leftJoin(decider, eq(decider.userId, decisions.actorId))
    .where(and(openAppeals, after === null ? undefined : gt(appeals.id, after)))
    .orderBy(asc(appeals.id))
    .limit(PAGE + 1);
}

/** For a where clause over submissions. What an admin has removed since has nothing left to decide. */
export const openAppeals = and(
  eq(submissions.appealOpen, true),
  inArray(submissions.state, ["rejected", "disqualified"]),
);

type Row = Awaited<ReturnType<typeof readAppeals>>[number];

function describe(row: Row, at: Date, viewer: Viewer): AppealCase {
  const { appeal, submission, challenge, decision } = row;
  const checks = eligibilitySchema.parse(submission.eligibility);
  const reason = reasonCodes.find((code) => code === decision.reasonCode);
  return {
    submissionId: submission.id,
    version: submission.version,
    state: submission.state,
    video: summarizeVideo(row.video, at),
    creatorName: row.creatorName,
    creatorAvatarUrl: row.creatorAvatarUrl,
    challenge: { slug: challenge.slug, title: challenge.title, frozen: challenge.frozenAt !== null },
    checks,
    statement: appeal.statement,
    openedAt: appeal.openedAt.toISOString(),
    decision: {
      by: decision.actorKind === "system" ? "the system" : (row.deciderName ?? "a former moderator"),
      at: decision.decidedAt.toISOString(),
      reason: decision.reasonCode,
      rule: ruleOf(reason, checks),
      message: decision.message,
    },
    waitsForAnother: waitsFor(row, viewer),
  };
}

function waitsFor({ submission, decision }: Row, { userId }: Viewer): AppealCase["waitsForAnother"] {
  if (submission.creatorId === userId) return "own";
  return decision.actorId === userId ? "own_decision" : null;
}
