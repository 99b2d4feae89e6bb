import { and, asc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import {
  challenges,
  claims,
  decisions,
  reviewRules,
  reviewRuleVersions,
  reviewSuggestions,
  submissions,
  tiktokAccounts,
  videos,
} from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { shownOfCreator, shownOfVideo } from "~/features/submissions/list-gallery.server";
import { type ReasonCode, reasonCodes } from "~/features/submissions/reason";
import { eligibilitySchema } from "~/features/submissions/submission";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import { db } from "~/infra/db.server";
import { isHeld } from "./claim-submission.server";
import { DESK_PAGE, type DeskTab, type ReviewEntry, verdictIntents, verdictMoves } from "./decision";
import { dueOf } from "./review-age";

const decider = alias(tiktokAccounts, "decider");
const holder = alias(tiktokAccounts, "holder");

/** One tab of a challenge's review gallery, the longest waiting first. `after`: the id that ended the page before. */
export async function listReviewEntries(
  challengeId: string,
  options: { tab: DeskTab; at: Date; after: string | null; viewer: Viewer },
): Promise<{ entries: ReviewEntry[]; nextAfter: string | null }> {
  const inTab = and(eq(submissions.challengeId, challengeId), eq(submissions.state, options.tab));
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
      video: shownOfVideo(at),
      ...shownOfCreator,
      last: decisions,
      deciderName: decider.displayName,
      targetHours: challenges.reviewTargetHours,
      byRule: sql<string | null>`${reviewRuleVersions.definition} ->> 'name'`,
      suggestions: suggestionsOf,
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
    .leftJoin(
      reviewRuleVersions,
      and(
        eq(reviewRuleVersions.ruleId, decisions.reviewRuleId),
        eq(reviewRuleVersions.version, decisions.reviewRuleVersion),
      ),
    )
    .leftJoin(claims, and(eq(claims.submissionId, submissions.id), isHeld))
    .leftJoin(holder, eq(holder.userId, claims.moderatorId))
    .where(where)
    .orderBy(asc(submissions.id))
    .limit(limit);
}

/** Of rules whose version that spoke is enabled still. */
const suggestionsOf = sql<{ rule: string; reason: string }[]>`(
  select coalesce(json_agg(json_build_object('rule', said.definition ->> 'name', 'reason', ${reviewSuggestions.reasonCode})
    order by ${reviewSuggestions.ruleId}), '[]')
  from ${reviewSuggestions}
  join ${reviewRules} on ${reviewRules.id} = ${reviewSuggestions.ruleId}
    and ${reviewRules.version} = ${reviewSuggestions.ruleVersion} and ${reviewRules.enabledAt} is not null
  join ${reviewRuleVersions} as said on said.rule_id = ${reviewRules.id} and said.version = ${reviewRules.version}
  where ${reviewSuggestions.submissionId} = ${submissions.id})`;

type Row = Awaited<ReturnType<typeof readEntries>>[number];

function describe(row: Row, { at, viewer }: { at: Date; viewer: Viewer }): ReviewEntry {
  const { submission, last } = row;
  const waits = submission.state === "pending" || submission.state === "flagged";
  const undoable =
    last.actorKind === "moderator" && last.actorId === viewer.userId && !last.undoOf && last.effectiveAt > at;
  return {
    submissionId: submission.id,
    version: submission.version,
    state: submission.state,
    video: summarizeVideo(row.video, at),
    creatorName: row.creatorName,
    creatorAvatarUrl: row.creatorAvatarUrl,
    checks: eligibilitySchema.parse(submission.eligibility),
    submittedAt: submission.submittedAt.toISOString(),
    ...verdictsOf(row, viewer),
    claim: claimOf(row, viewer),
    suggestions: waits ? row.suggestions.flatMap(({ rule, reason }) => knownSuggestion(rule, reason)) : [],
    due:
      waits && row.targetHours !== null
        ? dueOf(submission.resubmittedAt ?? submission.submittedAt, row.targetHours, at)
        : null,
    lastDecision:
      last.sequence === 1
        ? null
        : {
            by:
              last.actorKind === "system"
                ? row.byRule
                  ? `the rule “${row.byRule}”`
                  : "the system"
                : (row.deciderName ?? "a former moderator"),
            at: last.decidedAt.toISOString(),
            reason: reasonOf(last.reasonCode),
            message: last.message,
            undoableUntil: undoable ? last.effectiveAt.toISOString() : null,
          },
  };
}

function verdictsOf({ submission, last }: Row, viewer: Viewer): Pick<ReviewEntry, "verdicts" | "waitsForAnother"> {
  if (submission.creatorId === viewer.userId) return { verdicts: [], waitsForAnother: "own" };
  if (submission.state === "flagged" && last.actorId === viewer.userId && !last.undoOf) {
    return { verdicts: [], waitsForAnother: "flagged_by_viewer" };
  }
  const verdicts = verdictIntents.filter(
    (intent) =>
      verdictMoves[intent].from.includes(submission.state) &&
      (intent !== "remove" || viewer.role === "admin") &&
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

function knownSuggestion(rule: string, code: string): ReviewEntry["suggestions"] {
  const reason = reasonOf(code);
  return reason ? [{ rule, reason }] : [];
}

function reasonOf(code: string | null): ReasonCode | null {
  return reasonCodes.find((known) => known === code) ?? null;
}
