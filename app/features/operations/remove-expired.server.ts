import { and, inArray, isNotNull, like, lte, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import {
  claims,
  letters,
  mailAddresses,
  rateBuckets,
  reports,
  sessions,
  signInAttempts,
  signInLinks,
  tiktokWebhooks,
} from "#drizzle/schema";
import { retention } from "~/features/accounts/retention";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import type { JobQueue } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { isOver } from "~/infra/session.server";

/** Rows removed in one statement, and statements in one run: what is left comes with the next. */
const BATCH = 1_000;
const BATCHES = 100;
const DAY_MS = 24 * 3600_000;

/** In one process however many there are. */
export const removalQueue: JobQueue<object> = {
  name: "remove-expired",
  schedule: `*/${retention.removalMinutes} * * * *`,
  concurrency: 1,
  retryLimit: 0,
  expireInSeconds: 300,
  onePerKey: true,
  handle: ({ signal }) => removeExpired(signal),
  onDead: async () => log.error("what has expired could not be removed; the next run tries again"),
  revive: () => Promise.resolve(),
};

/**
 * Removes sessions, sign-ins, sign-in links and claims that are over, TikTok's events past their age once they are worked
 * off, dismissed reports and letters past theirs, addresses that nobody confirmed, limits on people that are over, and old
 * lines of the audit log, where a line says how many; forgets who reported.
 */
export async function removeExpired(stop?: AbortSignal): Promise<void> {
  const at = now();
  const ago = (days: number) => new Date(at.getTime() - days * DAY_MS);
  const old = lte(tiktokWebhooks.receivedAt, ago(retention.webhookDays));
  await removeWhere(sessions, sessions.idHash, isOver(at), stop);
  await removeWhere(signInAttempts, signInAttempts.stateHash, lte(signInAttempts.expiresAt, at), stop);
  await removeWhere(signInLinks, signInLinks.userId, lte(signInLinks.expiresAt, at), stop);
  await removeWhere(claims, claims.submissionId, lte(claims.until, sql`clock_timestamp()`), stop);
  await removeWhere(tiktokWebhooks, tiktokWebhooks.id, and(old, isNotNull(tiktokWebhooks.handledAt)), stop);
  await removeWhere(reports, reports.id, lte(reports.dismissedAt, ago(retention.reportDays)), stop);
  await removeWhere(letters, letters.id, lte(letters.endedAt, ago(retention.letterDays)), stop);
  await removeWhere(mailAddresses, mailAddresses.id, lte(mailAddresses.confirmUntil, at), stop);
  const isUsedUp = lte(rateBuckets.nextFreeAt, sql`clock_timestamp()`);
  await removeWhere(rateBuckets, rateBuckets.key, and(like(rateBuckets.key, "mail:%"), isUsedUp), stop);
  await db
    .update(reports)
    .set({ reporterHash: null })
    .where(and(isNotNull(reports.reporterHash), lte(reports.reportedAt, ago(retention.reporterHours / 24))));
  await removeOldAudit(ago(retention.auditDays), stop);
}

async function removeOldAudit(olderThan: Date, stop?: AbortSignal): Promise<void> {
  for (let batch = 0; batch < BATCHES && !stop?.aborted; batch += 1) {
    const [removed] = await db.execute<{ lines: number }>(
      sql`select remove_old_audit(${olderThan.toISOString()}::timestamptz, ${BATCH}) as lines`,
    );
    if (!removed || removed.lines < BATCH) return;
  }
}

async function removeWhere(table: PgTable, key: PgColumn, which: SQL | undefined, stop?: AbortSignal): Promise<void> {
  for (let batch = 0; batch < BATCHES && !stop?.aborted; batch += 1) {
    const some = db.select({ key }).from(table).where(which).limit(BATCH);
    const removed = await db.delete(table).where(inArray(key, some)).returning({ key });
    if (removed.length < BATCH) return;
  }
}
