import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, not, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import {
  appeals,
  challenges,
  claims,
  decisions,
  hasUnclearRule,
  holds,
  reviewRules,
  reviewRuleVersions,
  reviewSuggestions,
  submissions,
  tiktokAccounts,
  videos,
} from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { isOpenHold } from "~/features/submissions/counted-numbers.server";
import { shownOfCreator, shownOfVideo } from "~/features/submissions/list-gallery.server";
import { type ReasonCode, reasonCodes } from "~/features/submissions/reason";
import { eligibilitySchema } from "~/features/submissions/submission";
import { summarizeVideo } from "~/features/videos/summarize-video.server";
import { db } from "~/infra/db.server";
import { isHeld } from "./claim-submission.server";
import {
  DESK_PAGE,
  type HeldEntry,
  MAX_SELECTED,
  type ReviewEntry,
  selectedValue,
  verdictIntents,
  verdictMoves,
} from "./decision";
import type { DeskPlace } from "./desk-place";
import { dueOf } from "./review-age";
import { whyHeld } from "./why-held";

const decider = alias(tiktokAccounts, "decider");
const holder = alias(tiktokAccounts, "holder");
const holdingRule = alias(reviewRuleVersions, "holding_rule");

/** A page of a challenge's review gallery, as `place` asks for it. `nextAfter`: where the next one begins. */
export async function listReviewEntries(
  challengeId: string,
  options: { place: DeskPlace; at: Date; viewer: Viewer },
): Promise<{ entries: ReviewEntry[]; nextAfter: string | null }> {
  const { sort, after } = options.place;
  const beyond = sort === "newest" ? lt : gt;
  const rows = await readEntries(
    and(matching(challengeId, options.place), after === undefined ? undefined : beyond(submissions.id, after)),
    options.at,
    { sort, limit: DESK_PAGE + 1 },
  );
  const page = rows.slice(0, DESK_PAGE);
  return {
    entries: page.map((row) => describe(row, options)),
    nextAfter: rows.length > DESK_PAGE ? (page.at(-1)?.submission.id ?? null) : null,
  };
}

/** All that match, the first in order, as the checkboxes would say it: no more than one press may decide on. */
export async function listMatchingEntries(challengeId: string, place: DeskPlace): Promise<string[]> {
  const rows = await db
    .select({ submissionId: submissions.id, version: submissions.version })
    .from(submissions)
    .where(and(matching(challengeId, place), isNotNull(submissions.videoId)))
    .orderBy(place.sort === "newest" ? desc(submissions.id) : asc(submissions.id))
    .limit(MAX_SELECTED);
  return rows.map(selectedValue);
}

const openHolds = db.select({ id: holds.submissionId }).from(holds).where(isNull(holds.releasedAt));

/** Read without regard to case; what follows it is no part of a longer one. */
const hasTag = (tag: string) =>
  sql`exists (select from ${videos} where ${videos.id} = ${submissions.videoId}
    and lower(${videos.caption}) ~ ('#' || lower(${tag}) || '(?![[:alnum:]_])'))`;

/**
 * `after` apart. Filters have an index, so that a long queue is not walked for a few; but for hashtags: five thousand
 * captions are read in some 30 ms, and an index on videos would be written with every refresh of their numbers.
 */
function matching(challengeId: string, { tab, rules, creator, tag }: DeskPlace): SQL | undefined {
  const unclear = hasUnclearRule(submissions.eligibility);
  return and(
    eq(submissions.challengeId, challengeId),
    eq(submissions.state, tab === "held" ? "approved" : tab),
    tab === "held" ? inArray(submissions.id, openHolds) : undefined,
    rules === undefined ? undefined : rules === "unclear" ? unclear : not(unclear),
    creator === undefined ? undefined : eq(submissions.creatorId, creator),
    tag === undefined ? undefined : hasTag(tag),
  );
}

/** Entries as the desk shows them, whatever their state, by id; those that there are. */
export async function findReviewEntries(
  submissionIds: readonly string[],
  options: { at: Date; viewer: Viewer },
): Promise<Map<string, ReviewEntry>> {
  if (submissionIds.length === 0) return new Map();
  const rows = await readEntries(inArray(submissions.id, [...submissionIds]), options.at);
  return new Map(rows.map((row) => [row.submission.id, describe(row, options)]));
}

function readEntries(where: SQL | undefined, at: Date, page?: { sort: DeskPlace["sort"]; limit: number }) {
  const rows = db
    .select({
      submission: submissions,
      challenge: { frozenAt: challenges.frozenAt, closesAt: challenges.closesAt },
      video: shownOfVideo(at),
      ...shownOfCreator,
      last: decisions,
      deciderName: decider.displayName,
      appealId: appeals.id,
      hold: {
        reason: holds.reasonCode,
        anomaly: holds.anomaly,
        rule: sql<string | null>`${holdingRule.definition} ->> 'name'`,
      },
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
    .leftJoin(appeals, eq(appeals.submissionId, submissions.id))
    .leftJoin(holds, isOpenHold)
    .leftJoin(
      holdingRule,
      and(eq(holdingRule.ruleId, holds.reviewRuleId), eq(holdingRule.version, holds.reviewRuleVersion)),
    )
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
    .orderBy(page?.sort === "newest" ? desc(submissions.id) : asc(submissions.id));
  return page ? rows.limit(page.limit) : rows;
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
  const own = last.actorKind === "moderator" && last.actorId === viewer.userId;
  const undoable = own && !last.undoOf && last.effectiveAt > at;
  return {
    submissionId: submission.id,
    version: submission.version,
    state: submission.state,
    video: summarizeVideo(row.video, at),
    creatorId: submission.creatorId,
    creatorName: row.creatorName,
    creatorAvatarUrl: row.creatorAvatarUrl,
    hold: waits || submission.state === "approved" ? holdOf(row) : null,
    hasAppealed: row.appealId !== null,
    checks: eligibilitySchema.parse(submission.eligibility),
    submittedAt: submission.submittedAt.toISOString(),
    ...verdictsOf(row, viewer, at),
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
            own,
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

function holdOf({ submission, hold }: Row): HeldEntry | null {
  if (hold?.reason == null) return null;
  return { why: whyHeld({ ...hold, reason: hold.reason }), begun: submission.state === "approved" };
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
