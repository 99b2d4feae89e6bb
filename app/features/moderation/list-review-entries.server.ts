import { and, asc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { appeals, challenges, claims, decisions, holds, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { isOnHold, isOpenHold } from "~/features/submissions/counted-numbers.server";
import { shownOfCreator, shownOfVideo } from "~/features/submissions/list-gallery.server";
import { type ReasonCode, reasonCodes } from "~/features/submissions/reason";
import { eligibilitySchema } from "~/features/submissions/submission";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import { db } from "~/infra/db.server";
import { isHeld } from "./claim-submission.server";
import { DESK_PAGE, type DeskTab, type ReviewEntry, verdictIntents, verdictMoves } from "./decision";

const decider = alias(tiktokAccounts, "decider");
const holder = alias(tiktokAccounts, "holder");

/** One tab of a challenge's review gallery, the longest waiting first. `after`: the id that ended the page before. */
export async function listReviewEntries(
  challengeId: string,
  options: { tab: DeskTab; at: Date; after: string | null; viewer: Viewer },
): Promise<{ entries: ReviewEntry[]; nextAfter: string | null }> {
  const state =
    options.tab === "held" ? and(eq(submissions.state, "approved"), isOnHold) : eq(submissions.state, options.tab);
  const inTab = and(eq(submissions.challengeId, challengeId), state);
  const rows = await readEntries(
    options.after === null ? inTab : and(inTab, gt(submissions.id, options.after)),
    options.at,
    DESK_PAGE + 1,
  );
  const page = rows.slice(0, DESK_PAGE);
  return {
    entries: page.map((row) => describe(row, options)),
    nextAfter: rows.length > DESK_PAGE ? (page.at(-1)?.submission.id ?? null) : null,
  };
}

/** Entries as the desk shows them, whatever their state, by id; those that there are. */
export async function findReviewEntries(
  submissionIds: readonly string[],
  options: { at: Date; viewer: Viewer },
): Promise<Map<string, ReviewEntry>> {
  if (submissionIds.length === 0) return new Map();
  const rows = await readEntries(inArray(submissions.id, [...submissionIds]), options.at, submissionIds.length);
  return new Map(rows.map((row) => [row.submission.id, describe(row, options)]));
}

function readEntries(where: SQL | undefined, at: Date, limit: number) {
  return db
    .select({
      submission: submissions,
      challenge: { frozenAt: challenges.frozenAt, closesAt: challenges.closesAt },
      video: shownOfVideo(at),
      ...shownOfCreator,
      last: decisions,
      deciderName: decider.displayName,
      appealId: appeals.id,
      heldSince: holds.heldAt,
      holderId: claims.moderatorId,
      holderName: holder.displayName,
      heldUntil: claims.until,
      heldMs: sql<number>`extract(epoch from ${claims.until} - clock_timestamp())::float8 * 1000`,
    })
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .innerJoin(decisions, and(eq(decisions.submissionId, submissions.id), eq(decisions.sequence, submissions.version)))
    .leftJoin(decider, eq(decider.userId, decisions.actorId))
    .leftJoin(appeals, eq(appeals.submissionId, submissions.id))
    .leftJoin(holds, isOpenHold)
    .leftJoin(claims, and(eq(claims.submissionId, submissions.id), isHeld))
    .leftJoin(holder, eq(holder.userId, claims.moderatorId))
    .where(where)
    .orderBy(asc(submissions.id))
    .limit(limit);
}

type Row = Awaited<ReturnType<typeof readEntries>>[number];

function describe(row: Row, { at, viewer }: { at: Date; viewer: Viewer }): ReviewEntry {
  const { submission, last } = row;
  const undoable =
    last.actorKind === "moderator" && last.actorId === viewer.userId && !last.undoOf && last.effectiveAt > at;
  return {
    submissionId: submission.id,
    version: submission.version,
    state: submission.state,
    video: summarizeVideo(row.video, at),
    creatorName: row.creatorName,
    creatorAvatarUrl: row.creatorAvatarUrl,
    heldSince: submission.state === "approved" && row.heldSince ? row.heldSince.toISOString() : null,
    hasAppealed: row.appealId !== null,
    checks: eligibilitySchema.parse(submission.eligibility),
    submittedAt: submission.submittedAt.toISOString(),
    ...verdictsOf(row, viewer, at),
    claim: claimOf(row, viewer),
    lastDecision:
      last.sequence === 1
        ? null
        : {
            by: last.actorKind === "system" ? "the system" : (row.deciderName ?? "a former moderator"),
            at: last.decidedAt.toISOString(),
            reason: reasonOf(last.reasonCode),
            message: last.message,
            undoableUntil: undoable ? last.effectiveAt.toISOString() : null,
          },
  };
}

function verdictsOf(
  { submission, challenge, last }: Row,
  viewer: Viewer,
  at: Date,
): Pick<ReviewEntry, "verdicts" | "waitsForAnother"> {
  if (submission.creatorId === viewer.userId) return { verdicts: [], waitsForAnother: "own" };
  if (submission.state === "flagged" && last.actorId === viewer.userId && !last.undoOf) {
    return { verdicts: [], waitsForAnother: "flagged_by_viewer" };
  }
  const verdicts = verdictIntents.filter(
    (intent) =>
      verdictMoves[intent].from.includes(submission.state) &&
      (intent !== "remove" || viewer.role === "admin") &&
      // A removal is for law and safety; nothing else changes a frozen board.
      (intent === "remove" || challenge.frozenAt === null) &&
      (intent !== "request_change" || challenge.closesAt > at) &&
      // Somebody else's to change, and an appeal is answered where the creator is.
      (intent !== "reopen" || (last.actorId !== viewer.userId && !submission.appealOpen)),
  );
  return { verdicts, waitsForAnother: null };
}

/** Only somebody else's: one's own stands in nobody's way. */
function claimOf({ holderId, holderName, heldUntil, heldMs }: Row, viewer: Viewer): ReviewEntry["claim"] {
  if (!heldUntil || holderId === viewer.userId) return null;
  return { by: holderName ?? "Another moderator", until: heldUntil.toISOString(), leftMs: Math.max(0, heldMs) };
}

function reasonOf(code: string | null): ReasonCode | null {
  return reasonCodes.find((known) => known === code) ?? null;
}
