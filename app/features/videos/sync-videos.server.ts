import { setTimeout as delay } from "node:timers/promises";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Job } from "pg-boss";
import { syncRuns } from "#drizzle/schema";
import { recordScopeRefusal } from "~/features/accounts/record-scope-refusal.server";
import { withTikTokToken } from "~/features/accounts/with-tiktok-token.server";
import { DomainError } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { completeJob, type JobQueue, offerJob, sendJob } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { type Limit, reserveCall } from "~/infra/outbound-limit.server";
import { listVideoPage, type VideoPage } from "~/infra/tiktok/display-api.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { VaultError } from "~/infra/vault.server";
import { describeVideos } from "./describe-video.server";
import { reopenRun } from "./reopen-run.server";
import { storeVideos } from "./store-videos.server";
import { type NextStep, nextStep } from "./sync-run";
import type { SyncFailure } from "./video";

interface SyncJob {
  runId: string;
}

/** A job walks for at most this long, then hands the rest to a new one: a long list never holds others back. */
const SLICE_MS = 15_000;
/** A wait for the account's pace that is longer than this is spent in the queue, not in a worker. */
const MAX_PACE_WAIT_MS = 5_000;
const PACE_BURST = 5;
/** What a page's storing leaves to the next page's request at most, so that its work does not keep that from being sent. */
const HEAD_START_MS = 10;
/** A complete walk counts for posts older than this before its start: TikTok's clock and ours may differ. */
const KNOWN_MARGIN_MS = 86_400_000;

export const syncQueue: JobQueue<SyncJob> = {
  name: "sync-videos",
  concurrency: 8,
  retryLimit: 5,
  expireInSeconds: 300,
  onePerKey: true,
  handle: syncVideos,
  onDead: async ({ runId }) => {
    const [run] = await db.select({ failure: syncRuns.failure }).from(syncRuns).where(eq(syncRuns.id, runId));
    await endRun(db, runId, "failed", (run?.failure as SyncFailure | null) ?? "unexpected");
  },
  revive: async (tx, { runId }) => {
    if (await reopenRun(tx, runId)) await offerJob(tx, syncQueue, { runId }, { singletonKey: runId });
  },
};

type Run = typeof syncRuns.$inferSelect;

/** The run was cancelled, or ended by somebody else, while a page of it was on its way: the page is dropped. */
class RunEndedError extends Error {
  override readonly name = "RunEndedError";
}

/**
 * Walks an account's video list from where its run stands, following TikTok's cursor while `has_more`. Each page is one
 * transaction: its videos, and the run moved on from exactly the page it was at, so that a late writer is refused and
 * a killed process loses nothing. The next page is asked for while this one is stored.
 */
async function syncVideos(job: Job<SyncJob>): Promise<void> {
  const startedAt = now();
  const run = await beginSlice(job.data.runId);
  if (!run) return;
  try {
    await walk(run, job);
  } catch (error) {
    if (error instanceof TikTokError && error.kind === "scope_missing") {
      await recordScopeRefusal(run.accountId, "list", startedAt);
    }
    await settle(run, job, error);
  }
}

async function beginSlice(runId: string): Promise<Run | undefined> {
  const [run] = await db
    .update(syncRuns)
    .set({
      state: "running",
      retryAt: null,
      startedAt: sql`coalesce(${syncRuns.startedAt}, ${now().toISOString()}::timestamptz)`,
    })
    .where(and(eq(syncRuns.id, runId), isNull(syncRuns.endedAt)))
    .returning();
  return run;
}

async function walk(run: Run, job: Job<SyncJob>): Promise<void> {
  const until = Date.now() + SLICE_MS;
  const knownBefore = run.kind === "incremental" ? await findKnownBefore(run.accountId) : null;
  let { cursor, pages } = run;
  let asked = askForPage(run.accountId, cursor);
  for (;;) {
    const page = await asked.page;
    const step = nextStep(page, cursor, pages, knownBefore);
    const goesOn = step.kind === "next" && Date.now() < until && !job.signal.aborted;
    if (goesOn) {
      asked = askForPage(run.accountId, step.cursor);
      await Promise.race([asked.sent, delay(HEAD_START_MS)]);
    }
    await storePage(run, pages, page, step, goesOn ? null : job);
    if (!goesOn) return;
    cursor = step.cursor;
    pages += 1;
  }
}

/**
 * Posts before this time (UTC ms) were all listed by the latest walk that succeeded: it went to the end itself, or to
 * where one before it had been. Null when none has.
 */
async function findKnownBefore(accountId: string): Promise<number | null> {
  const [complete] = await db
    .select({ startedAt: syncRuns.startedAt })
    .from(syncRuns)
    .where(and(eq(syncRuns.accountId, accountId), eq(syncRuns.state, "succeeded")))
    .orderBy(desc(syncRuns.id))
    .limit(1);
  return complete?.startedAt ? complete.startedAt.getTime() - KNOWN_MARGIN_MS : null;
}

/**
 * Starts a page's request. `sent`: it is on its way, or has failed. A failure is met where the page is awaited, so it
 * must not count as unhandled before.
 */
function askForPage(accountId: string, cursor: number | null): { page: Promise<VideoPage>; sent: Promise<void> } {
  const { promise: sent, resolve: onSent } = Promise.withResolvers<void>();
  const page = paced(accountId).then(() =>
    withTikTokToken(accountId, (token) => listVideoPage(token, { cursor, patience: "background", onSent })),
  );
  page.catch(() => onSent());
  return { page, sent };
}

/** TikTok throttled single accounts after a few dozen pages in a row: about a page a second keeps clear of it. */
async function paced(accountId: string): Promise<void> {
  const perMinute = env.TIKTOK_ACCOUNT_PAGES_PER_MIN;
  if (perMinute === 0) return;
  const limit: Limit = { key: `account:${accountId}`, perMinute, burst: PACE_BURST };
  const waitMs = await reserveCall(limit, MAX_PACE_WAIT_MS);
  if (waitMs === null) throw new TikTokError("rate_limited", "own_pace", { retryAfterMs: MAX_PACE_WAIT_MS });
  if (waitMs > 0) await delay(waitMs);
}

/** Stores one page. `lastOfSlice`: the job to complete in the same transaction, after which a new one may follow. */
async function storePage(run: Run, pages: number, page: VideoPage, step: NextStep, lastOfSlice: Job<SyncJob> | null) {
  const readAt = now();
  const described = await describeVideos(page.videos, readAt);
  await db.transaction(async (tx) => {
    const { newInRun } = await storeVideos(tx, run.accountId, described, run.id);
    const moved = await tx
      .update(syncRuns)
      .set({
        pages: pages + 1,
        videosStored: sql`${syncRuns.videosStored} + ${newInRun}`,
        ...(step.kind === "next" ? { cursor: step.cursor } : {}),
        ...(step.kind === "done" ? { state: "succeeded" as const, failure: null, endedAt: readAt } : {}),
        ...(step.kind === "stop" ? { state: "failed" as const, failure: step.failure, endedAt: readAt } : {}),
      })
      .where(
        and(
          eq(syncRuns.id, run.id),
          eq(syncRuns.pages, pages),
          isNull(syncRuns.endedAt),
          // A person may have asked for the whole list meanwhile.
          step.kind === "done" && step.at === "known" ? eq(syncRuns.kind, "incremental") : undefined,
        ),
      )
      .returning({ id: syncRuns.id })
      .prepare(step.kind === "done" && step.at === "known" ? "end_run_early" : "move_run")
      .execute();
    if (moved.length !== 1) await explainStandstill(tx, run.id);
    if (!lastOfSlice) return;
    // In this order: an exclusive queue silently drops a job sent before the current one is completed.
    await completeJob(tx, lastOfSlice);
    if (step.kind === "next") await sendJob(tx, syncQueue, { runId: run.id }, { singletonKey: run.id });
  });
}

async function explainStandstill(tx: Transaction, runId: string): Promise<never> {
  const [run] = await tx.select({ endedAt: syncRuns.endedAt }).from(syncRuns).where(eq(syncRuns.id, runId));
  if (!run || run.endedAt) throw new RunEndedError("the run has ended");
  throw new Error("the run has moved on without this worker");
}

/** What a failed walk means: wait, end with a reason, or let the queue try again. */
async function settle(run: Run, job: Job<SyncJob>, error: unknown): Promise<void> {
  if (error instanceof RunEndedError) return;
  if (error instanceof TikTokError && error.kind === "rate_limited") {
    const waitMs = Math.max(1_000, error.details.retryAfterMs ?? 10_000);
    return db.transaction(async (tx) => {
      const state = error.code === "own_pace" || error.code === "own_limit" ? "running" : "rate_limited";
      await tx
        .update(syncRuns)
        .set({ state, retryAt: new Date(now().getTime() + waitMs) })
        .where(and(eq(syncRuns.id, run.id), isNull(syncRuns.endedAt)));
      await completeJob(tx, job);
      await sendJob(tx, syncQueue, { runId: run.id }, { singletonKey: run.id, inSeconds: waitMs / 1_000 });
    });
  }
  const { failure, final } = judge(error);
  log.warn({ runId: run.id, failure, final, err: error }, "sync interrupted");
  if (final) return endRun(db, run.id, "failed", failure);
  await db
    .update(syncRuns)
    .set({ failure })
    .where(and(eq(syncRuns.id, run.id), isNull(syncRuns.endedAt)));
  throw error;
}

function judge(error: unknown): { failure: SyncFailure; final: boolean } {
  if (error instanceof DomainError && error.code === "TIKTOK_EXPIRED") return { failure: "link_expired", final: true };
  if (error instanceof DomainError && error.code === "TIKTOK_REVOKED") return { failure: "link_revoked", final: true };
  if (error instanceof DomainError && error.code === "TIKTOK_DISCONNECTED")
    return { failure: "link_disconnected", final: true };
  if (error instanceof VaultError) return { failure: "key_unavailable", final: error.kind !== "unavailable" };
  if (error instanceof TikTokError) {
    if (error.kind === "scope_missing") return { failure: "scope_missing", final: true };
    return { failure: "tiktok_unavailable", final: error.kind === "refused" || error.kind === "misconfigured" };
  }
  return { failure: "unexpected", final: false };
}

async function endRun(executor: typeof db | Transaction, runId: string, state: "failed", failure: SyncFailure) {
  await executor
    .update(syncRuns)
    .set({ state, failure, endedAt: now() })
    .where(and(eq(syncRuns.id, runId), isNull(syncRuns.endedAt)));
}
