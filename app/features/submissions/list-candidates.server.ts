import { and, desc, eq, getTableColumns, inArray, lt } from "drizzle-orm";
import { submissions, videos } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import type { Challenge } from "~/features/challenges/find-challenge.server";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import type { Availability, VideoSummary } from "~/features/videos/video";
import { db } from "~/infra/db.server";
import { queryWords } from "./gallery";
import { isEnteredAt } from "./in-open-challenge.server";
import { captionHas } from "./list-my-videos.server";
import { liveSubmissions } from "./live-submissions.server";
import type { VideoCursor } from "./my-videos";
import { checkEligibility, isEligible, type RuleCheck } from "./submission";

export interface Candidate {
  video: VideoSummary;
  checks: RuleCheck[];
  /** Meets every rule as far as can be told, is not entered yet and not known to be gone. */
  eligible: boolean;
  entered: boolean;
  availability: Availability;
}

export interface CandidatePage {
  candidates: Candidate[];
  /** Where the next page begins, null on the last. */
  nextBefore: VideoCursor | null;
  /** Entries of this creator that count against the limit. */
  used: number;
  /** Videos that they have here. */
  total: number;
}

const PAGE = 24;

/**
 * A page of the viewer's videos for the picker, newest first, each with its rules checked; within the page those that
 * may be entered come first. `query`: words of the caption, empty for all. `only`: this one, by TikTok's id.
 */
export async function listCandidates(
  challenge: Challenge,
  viewer: Viewer,
  options: { at: Date; query: string; before: VideoCursor | null; only?: string },
): Promise<CandidatePage> {
  const { at, query, before, only } = options;
  const mine = eq(videos.accountId, viewer.accountId);
  const live = and(eq(submissions.challengeId, challenge.id), liveSubmissions(at));
  const [rows, used, total] = await Promise.all([
    db
      .select({ ...getTableColumns(videos), entered: isEnteredAt(at) })
      .from(videos)
      .where(
        and(
          mine,
          before ? lt(videos.tiktokVideoId, before.tiktokVideoId) : undefined,
          queryWords(query).length > 0 ? captionHas(query) : undefined,
          only === undefined ? undefined : eq(videos.tiktokVideoId, only),
        ),
      )
      .orderBy(desc(videos.tiktokVideoId))
      .limit(PAGE + 1),
    db.$count(submissions, and(live, eq(submissions.creatorId, viewer.userId))),
    db.$count(videos, mine),
  ]);
  const page = rows.slice(0, PAGE);
  const entered = await enteredVideos(
    challenge.id,
    page.map((row) => row.id),
    at,
  );
  const candidates = page.map((row): Candidate => {
    const checks = checkEligibility(row, challenge.rules, used);
    const isEntered = entered.has(row.id);
    return {
      video: summarizeVideo(row, at),
      checks,
      eligible: isEligible(checks) && !isEntered && row.availability !== "unavailable",
      entered: isEntered,
      availability: row.availability,
    };
  });
  const last = page.at(-1);
  return {
    candidates: candidates.sort((a, b) => Number(b.eligible) - Number(a.eligible)),
    nextBefore: rows.length > PAGE && last ? { value: null, tiktokVideoId: last.tiktokVideoId } : null,
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
