import { and, desc, eq, gte, isNotNull, isNull, lt, ne, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { appeals, challenges, decisions, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { db } from "~/infra/db.server";
import { type LogFilter, type LoggedDecision, loggedVerdicts } from "./decision-log";

const creator = alias(tiktokAccounts, "creator");
const decider = alias(tiktokAccounts, "decider");
const judge = alias(tiktokAccounts, "judge");
const DAY_MS = 86_400_000;

/**
 * What moderators and the system decided in all challenges, at once and not only once it has taken effect, the newest
 * first, at most `limit`; without the notes on the viewer's own entries. `before`: the id of the decision that ended the page before.
 */
export async function listDecisionLog(
  filter: LogFilter,
  { before, limit, viewer }: { before: string | null; limit: number; viewer: Viewer },
): Promise<LoggedDecision[]> {
  const rows = await readLog(filter, before, limit);
  return rows.map((row) => ({
    id: row.id,
    at: row.decidedAt.toISOString(),
    effectiveAt: row.effectiveAt.toISOString(),
    challenge: row.challenge,
    submissionId: row.submissionId,
    tiktokVideoId: row.tiktokVideoId,
    creator: row.creatorName,
    by: row.actorKind === "system" ? "the system" : (row.deciderName ?? "a former moderator"),
    from: row.fromState,
    to: row.toState,
    verdict: row.undoOf ? "undone" : (loggedVerdicts.find((verdict) => verdict === row.toState) ?? "undone"),
    undone: row.undone,
    reason: row.reasonCode,
    message: row.message,
    note: row.creatorId === viewer.userId ? null : row.note,
    appeal: row.appealId === null ? null : { outcome: row.appealOutcome ?? "open", by: row.judgeName },
  }));
}

function readLog(filter: LogFilter, before: string | null, limit: number) {
  return db
    .select({
      id: decisions.id,
      decidedAt: decisions.decidedAt,
      effectiveAt: decisions.effectiveAt,
      challenge: { slug: challenges.slug, title: challenges.title },
      submissionId: decisions.submissionId,
      tiktokVideoId: videos.tiktokVideoId,
      creatorId: submissions.creatorId,
      creatorName: creator.displayName,
      actorKind: decisions.actorKind,
      deciderName: decider.displayName,
      fromState: decisions.fromState,
      toState: decisions.toState,
      undoOf: decisions.undoOf,
      undone: sql<boolean>`exists (select from decisions undo where undo.undo_of = ${decisions.id})`,
      reasonCode: decisions.reasonCode,
      message: decisions.message,
      note: decisions.note,
      appealId: appeals.id,
      appealOutcome: appeals.outcome,
      judgeName: judge.displayName,
    })
    .from(decisions)
    .innerJoin(submissions, eq(submissions.id, decisions.submissionId))
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .leftJoin(videos, eq(videos.id, submissions.videoId))
    .leftJoin(creator, eq(creator.userId, submissions.creatorId))
    .leftJoin(decider, eq(decider.userId, decisions.actorId))
    .leftJoin(
      appeals,
      and(eq(appeals.submissionId, decisions.submissionId), eq(appeals.decisionSequence, decisions.sequence)),
    )
    .leftJoin(judge, eq(judge.userId, appeals.decidedBy))
    .where(and(before === null ? undefined : lt(decisions.id, before), ...conditionsOf(filter)))
    .orderBy(desc(decisions.id))
    .limit(limit);
}

function conditionsOf({ challenge, moderator, verdict, from, to }: LogFilter): (SQL | undefined)[] {
  return [
    // In so many words, so that the index of one moderator's decisions is found.
    moderator === undefined
      ? ne(decisions.actorKind, "creator")
      : and(eq(decisions.actorKind, "moderator"), eq(decisions.actorId, moderator)),
    challenge === undefined ? undefined : eq(challenges.slug, challenge),
    verdict === undefined ? undefined : verdictIs(verdict),
    from === undefined ? undefined : gte(decisions.decidedAt, new Date(from)),
    to === undefined ? undefined : lt(decisions.decidedAt, new Date(Date.parse(to) + DAY_MS)),
  ];
}

function verdictIs(verdict: NonNullable<LogFilter["verdict"]>): SQL | undefined {
  if (verdict === "undone") return isNotNull(decisions.undoOf);
  return and(eq(decisions.toState, verdict), isNull(decisions.undoOf));
}
