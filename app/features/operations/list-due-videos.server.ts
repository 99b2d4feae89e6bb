import { and, asc, desc, eq, inArray, lte, min, or, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { tiktokAccounts, videos } from "#drizzle/schema";
import { inOpenChallenge } from "~/features/submissions/in-open-challenge.server";
import { type DueTimes, dueTimes } from "~/features/videos/refresh-due";
import { CONFIRM_ABSENCE_MS } from "~/features/videos/video";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { scopeFor } from "~/infra/tiktok/scopes";

const dueAt = (at: Date) =>
  dueTimes(at, {
    enteredMs: env.TIKTOK_METRICS_REFRESH_INTERVAL_MS,
    corpusMs: env.TIKTOK_CORPUS_REFRESH_INTERVAL_MS,
    confirmAbsenceMs: CONFIRM_ABSENCE_MS,
  });

const inCorpus = ({ corpus }: DueTimes) => lte(videos.checkedAt, corpus);
const coverEnds = ({ coverEnds, coverRested }: DueTimes) =>
  and(eq(videos.availability, "public"), lte(videos.coverExpiresAt, coverEnds), lte(videos.checkedAt, coverRested));
const unconfirmed = (times: DueTimes) =>
  and(eq(videos.availability, "unconfirmed"), lte(videos.missingSince, times.unconfirmed));

/**
 * Accounts that have videos to be refreshed at `at` and a link that can be used, those with entries on show first,
 * then those that waited longest; at most `limit`.
 */
export async function listDueAccounts(at: Date, limit: number): Promise<{ accountId: string; entered: boolean }[]> {
  const times = dueAt(at);
  const columns = (entered: boolean) => ({
    accountId: videos.accountId,
    checkedAt: videos.checkedAt,
    entered: sql<boolean>`${entered}::boolean`.as("entered"),
  });
  // Four questions, each with an index of its own; one with four alternatives would read every video every minute.
  const due = unionAll(
    db
      .select(columns(true))
      .from(videos)
      .where(and(lte(videos.checkedAt, times.entered), inOpenChallenge(at))),
    db.select(columns(false)).from(videos).where(inCorpus(times)),
    db.select(columns(false)).from(videos).where(coverEnds(times)),
    db.select(columns(false)).from(videos).where(unconfirmed(times)),
  ).as("due");
  const anyEntered = sql<boolean>`bool_or(${due.entered})`;
  return db
    .select({ accountId: due.accountId, entered: anyEntered })
    .from(due)
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, due.accountId))
    .where(
      and(
        inArray(tiktokAccounts.linkHealth, ["healthy", "scope_missing"]),
        sql`${scopeFor("lookup", env.TIKTOK_DISPLAY_SCOPES)} = any(${tiktokAccounts.grantedScopes})`,
      ),
    )
    .groupBy(due.accountId)
    .orderBy(desc(anyEntered), asc(min(due.checkedAt)))
    .limit(limit);
}

/** TikTok ids of one account's videos to be refreshed at `at`: entries on show first, then covers that end soonest. */
export async function listDueVideos(accountId: string, at: Date, limit: number): Promise<string[]> {
  const times = dueAt(at);
  const entered = inOpenChallenge(at);
  const rows = await db
    .select({ tiktokVideoId: videos.tiktokVideoId })
    .from(videos)
    .where(
      and(
        eq(videos.accountId, accountId),
        or(inCorpus(times), coverEnds(times), unconfirmed(times), and(lte(videos.checkedAt, times.entered), entered)),
      ),
    )
    .orderBy(desc(entered), sql`${videos.coverExpiresAt} asc nulls last`, asc(videos.tiktokVideoId))
    .limit(limit);
  return rows.map(({ tiktokVideoId }) => tiktokVideoId);
}
