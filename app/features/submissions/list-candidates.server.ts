import { and, desc, eq, getTableColumns, inArray, lt } from "drizzle-orm";
import { submissions, videos } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import type { Challenge } from "~/features/challenges/find-challenge.server";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import type { VideoSummary } from "~/features/videos/video";
import { db } from "~/infra/db.server";
import { inOpenChallenge } from "./in-open-challenge.server";
import { liveSubmissions } from "./live-submissions.server";
import { checkEligibility, isEligible, type RuleCheck } from "./submission";

export interface Candidate {
  video: VideoSummary;
  checks: RuleCheck[];
  /** Meets every rule as far as can be told, and is not entered yet. */
  eligible: boolean;
  entered: boolean;
}

const PAGE = 24;

/**
 * A page of the viewer's videos for the picker, each with its rules checked, eligible first within the page.
 * `before`: the TikTok id that ended the page before.
 */
export async function listCandidates(
  challenge: Challenge,
  viewer: Viewer,
  options: { at: Date; before: string | null },
): Promise<{ candidates: Candidate[]; nextBefore: string | null; used: number; total: number }> {
  const mine = eq(videos.accountId, viewer.accountId);
  const live = and(eq(submissions.challengeId, challenge.id), liveSubmissions(options.at));
  const [rows, used, total] = await Promise.all([
    db
      .select({ ...getTableColumns(videos), entered: inOpenChallenge(options.at) })
      .from(videos)
      .where(options.before === null ? mine : and(mine, lt(videos.tiktokVideoId, options.before)))
      .orderBy(desc(videos.tiktokVideoId))
      .limit(PAGE + 1),
    db.$count(submissions, and(live, eq(submissions.creatorId, viewer.userId))),
    db.$count(videos, mine),
  ]);
  const page = rows.slice(0, PAGE);
  const entered = await enteredVideos(
    challenge.id,
    page.map((row) => row.id),
    options.at,
  );
  const candidates = page.map((row): Candidate => {
    const checks = checkEligibility(row, challenge.rules, used);
    const isEntered = entered.has(row.id);
    return {
      video: summarizeVideo(row, options.at),
      checks,
      eligible: isEligible(checks) && !isEntered,
      entered: isEntered,
    };
  });
  return {
    candidates: candidates.sort((a, b) => Number(b.eligible) - Number(a.eligible)),
    nextBefore: rows.length > PAGE ? (page.at(-1)?.tiktokVideoId ?? null) : null,
    used,
    total,
  };
}

async function enteredVideos(challengeId: string, videoIds: readonly string[], at: Date): Promise<Set<string>> {
  if (videoIds.length === 0) return new Set();
  const rows = await db
    .select({ videoId: submissions.videoId })
    .from(submissions)
    .where(
      and(eq(submissions.challengeId, challengeId), liveSubmissions(at), inArray(submissions.videoId, [...videoIds])),
    );
  return new Set(rows.flatMap((row) => row.videoId ?? []));
}
