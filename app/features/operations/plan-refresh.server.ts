import { planSyncs } from "~/features/videos/plan-syncs.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { type JobQueue, offerJob } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { lookUpPauseMs } from "~/infra/tiktok/display-api.server";
import { listDueAccounts } from "./list-due-videos.server";
import { refreshQueue } from "./refresh-account.server";

/** Accounts that one plan gives work to; the rest come with the next one, a minute later. */
const PLAN_ACCOUNTS = 500;
/** While TikTok has us wait longer than this, more waiting jobs would help nobody. */
const MAX_PAUSE_MS = 60_000;

/** Every minute, once however many processes there are: pg-boss's clock sends it, one of them takes it. */
export const planQueue: JobQueue<object> = {
  name: "plan-refresh",
  schedule: "* * * * *",
  concurrency: 1,
  retryLimit: 0,
  expireInSeconds: 120,
  onePerKey: true,
  handle: async () => {
    await planSyncs();
    await planRefresh();
  },
  onDead: async () => log.error("a plan for syncs and refreshes failed; the next one comes in a minute"),
  revive: () => Promise.resolve(),
};

/**
 * Sends a refresh job for every account that has videos due and none waiting. Returns how many were sent. Entries on show go
 * before the rest of the corpus.
 */
export async function planRefresh(): Promise<number> {
  if ((await lookUpPauseMs()) > MAX_PAUSE_MS) return 0;
  const accounts = await listDueAccounts(now(), PLAN_ACCOUNTS);
  let sent = 0;
  for (const { accountId, entered } of accounts) {
    const options = { singletonKey: accountId, priority: entered ? 1 : 0 };
    if (await offerJob(db, refreshQueue, { accountId, failures: 0 }, options)) sent += 1;
  }
  return sent;
}
