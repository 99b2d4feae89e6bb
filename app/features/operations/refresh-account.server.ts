import type { Job } from "pg-boss";
import { DomainError } from "~/features/domain-error";
import { LOOKUP_BATCH, lookUpVideos } from "~/features/videos/look-up-videos.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { completeJob, type JobQueue, offerJob, sendJob } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { listDueVideos } from "./list-due-videos.server";

interface RefreshJob {
  accountId: string;
  /** How often in a row it could not be done. */
  failures: number;
}

/** A job asks for at most this many videos and this long, then hands the rest to a new one behind the others. */
const SLICE_VIDEOS = 25 * LOOKUP_BATCH;
const SLICE_MS = 15_000;
const FIRST_RETRY_SECONDS = 60;
const LAST_RETRY_SECONDS = 3_600;

/**
 * Renews numbers, covers and availability of one account's due videos. One job per account waits or runs; while one
 * waits after a failure the plan cannot send another, so a poisoned account costs a few calls an hour and holds up
 * nobody.
 */
export const refreshQueue: JobQueue<RefreshJob> = {
  name: "refresh-videos",
  concurrency: 4,
  retryLimit: 3,
  expireInSeconds: 300,
  onePerKey: true,
  handle: refreshAccount,
  onDead: async ({ accountId }) => log.error({ accountId }, "an account's videos could not be refreshed"),
  revive: async (tx, { accountId }) => {
    await offerJob(tx, refreshQueue, { accountId, failures: 0 }, { singletonKey: accountId });
  },
};

/** Each batch is stored as it comes, so an interrupted job has only its last batch to ask for again. */
async function refreshAccount(job: Job<RefreshJob>): Promise<void> {
  const { accountId } = job.data;
  const until = Date.now() + SLICE_MS;
  const due = await listDueVideos(accountId, now(), SLICE_VIDEOS);
  let asked = 0;
  try {
    while (asked < due.length && Date.now() < until && !job.signal.aborted) {
      await lookUpVideos(accountId, due.slice(asked, asked + LOOKUP_BATCH), "background");
      asked += LOOKUP_BATCH;
    }
  } catch (error) {
    return settle(job, error);
  }
  if (asked < due.length || due.length === SLICE_VIDEOS) await sendAgain(job, { failures: 0, inSeconds: 0 });
}

/** What a failed look-up means: the link is at fault and the plan leaves it alone, or it is tried again later. */
async function settle(job: Job<RefreshJob>, error: unknown): Promise<void> {
  const { accountId, failures } = job.data;
  if (error instanceof DomainError || (error instanceof TikTokError && error.kind === "scope_missing")) {
    log.info({ accountId, err: error }, "no refresh: the link cannot be used");
    return;
  }
  if (error instanceof TikTokError && error.kind === "rate_limited") {
    return sendAgain(job, { failures, inSeconds: Math.max(1, (error.details.retryAfterMs ?? 10_000) / 1_000) });
  }
  if (error instanceof TikTokError && error.kind === "misconfigured") {
    log.error({ setting: "TIKTOK_VIDEO_LOOKUP_PATH", code: error.code }, "TikTok does not know the look-up path");
  }
  const longest = Math.min(LAST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** failures);
  log.warn({ accountId, failures: failures + 1, err: error }, "refresh interrupted");
  // Equal jitter: half of it is certain, so that accounts that failed together do not come back together.
  await sendAgain(job, { failures: failures + 1, inSeconds: longest / 2 + (Math.random() * longest) / 2 });
}

async function sendAgain(job: Job<RefreshJob>, options: { failures: number; inSeconds: number }): Promise<void> {
  const { accountId } = job.data;
  await db.transaction(async (tx) => {
    // In this order: an exclusive queue silently drops a job sent before the current one is completed.
    await completeJob(tx, job);
    const data = { accountId, failures: options.failures };
    await sendJob(tx, refreshQueue, data, { singletonKey: accountId, inSeconds: options.inSeconds });
  });
}
