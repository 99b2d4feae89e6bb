import { setTimeout as delay } from "node:timers/promises";
import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import { tiktokAccounts, tiktokCredentials } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import type { JobQueue } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { reserveCall } from "~/infra/outbound-limit.server";
import { limitOf } from "~/infra/tiktok/request.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { VaultError } from "~/infra/vault.server";
import { refreshCredential } from "./refresh-credential.server";
import type { Credential } from "./require-credential.server";

/**
 * Access tokens are renewed this long before their end, used or not: so a dormant account never comes near the end of
 * its refresh token, and a link that is shown as healthy was so within an access token's life.
 */
const AHEAD_MS = 15 * 60_000;
const AT_ONCE = 4;
const BATCH = 100;
/** A run ends before the next is due; what is left comes first then. */
const RUN_MS = 240_000;
const MAX_LIMITER_WAIT_MS = 30_000;
/** This many accounts in a row without an answer: TikTok is down, and asking for the rest would only spoil more. */
const GIVE_UP_AFTER = 5;

/** Every five minutes, in one process however many there are; one run at a time. */
export const linkQueue: JobQueue<object> = {
  name: "refresh-links",
  concurrency: 1,
  retryLimit: 0,
  expireInSeconds: 300,
  onePerKey: true,
  schedule: "*/5 * * * *",
  handle: ({ signal }) => refreshLinks(signal),
  onDead: async () => log.error("links could not be refreshed; the next run tries again"),
  // The next run asks for whatever is due anyway.
  revive: () => Promise.resolve(),
};

/**
 * Refreshes every token pair whose access token is about to end, oldest first, paced by the shared limiter. What TikTok
 * refuses is expired from then on and not asked for again; when TikTok or the key provider is down, nobody is blamed.
 * `stop`: no further one is begun, so that a process that ends cuts none between TikTok's answer and its storing.
 */
export async function refreshLinks(stop?: AbortSignal): Promise<void> {
  const until = Date.now() + RUN_MS;
  let failedInARow = 0;
  let after: Credential | undefined;
  while (Date.now() < until) {
    const due = await listDue(after);
    for (let index = 0; index < due.length; index += AT_ONCE) {
      const outcomes = await Promise.all(due.slice(index, index + AT_ONCE).map(refreshOne));
      for (const outcome of outcomes) failedInARow = outcome === "no_answer" ? failedInARow + 1 : 0;
      if (outcomes.includes("stop") || failedInARow >= GIVE_UP_AFTER || Date.now() > until || stop?.aborted) return;
    }
    after = due.at(-1);
    if (due.length < BATCH) return;
  }
}

async function listDue(after: Credential | undefined): Promise<Credential[]> {
  const rows = await db
    .select({ credential: tiktokCredentials })
    .from(tiktokCredentials)
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, tiktokCredentials.accountId))
    .where(
      and(
        inArray(tiktokAccounts.linkHealth, ["healthy", "scope_missing"]),
        lte(tiktokCredentials.accessExpiresAt, new Date(now().getTime() + AHEAD_MS)),
        // One that failed stays due, so a run goes on behind it. The time was stored from a Date: no microseconds.
        after &&
          sql`(${tiktokCredentials.accessExpiresAt}, ${tiktokCredentials.accountId}) > (${after.accessExpiresAt.toISOString()}::timestamptz, ${after.accountId}::uuid)`,
      ),
    )
    .orderBy(asc(tiktokCredentials.accessExpiresAt), asc(tiktokCredentials.accountId))
    .limit(BATCH);
  return rows.map(({ credential }) => credential);
}

async function refreshOne(credential: Credential): Promise<"done" | "no_answer" | "stop"> {
  const { accountId } = credential;
  const waitMs = await reserveCall(limitOf("/v2/oauth/token/"), MAX_LIMITER_WAIT_MS);
  if (waitMs === null) return "stop";
  await delay(waitMs);
  try {
    await refreshCredential(credential);
    return "done";
  } catch (error) {
    if (error instanceof DomainError) return "done";
    if (error instanceof VaultError) {
      log.error({ accountId, err: error }, "a link could not be refreshed");
      // A record that does not open is one account's trouble, the rest is everybody's.
      return error.kind === "corrupt" ? "done" : "stop";
    }
    if (!(error instanceof TikTokError)) throw error;
    log.warn({ accountId, err: error }, "a link could not be refreshed");
    return error.kind === "misconfigured" ? "stop" : "no_answer";
  }
}
