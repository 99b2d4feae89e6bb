import { asc, eq, sql } from "drizzle-orm";
import {
  challenges,
  claims,
  ruleAcceptances,
  submissions,
  tiktokAccounts,
  tiktokWebhooks,
  users,
  videos,
} from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { endLink } from "~/features/accounts/end-link.server";
import { queueRevocation } from "~/features/accounts/queue-revocation.server";
import { lockSubmission, recordDecision } from "~/features/submissions/record-decision.server";
import { mayMove } from "~/features/submissions/submission";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { closeSessionsOf, forgetSession } from "~/infra/session.server";

/**
 * Deletes everything that names the viewer, in one transaction and whether or not TikTok answers: link, profile, videos
 * with their numbers, sessions, and what was written to and about them. Their entries are withdrawn where that still goes;
 * the decisions stay, of a person who has only a number. Whoever signs in with the same TikTok account later is somebody
 * new. Done once however often it is asked. Returns the Set-Cookie value that removes the session's cookie.
 */
export async function erasePerson({ userId, accountId }: Viewer, requestId: string): Promise<string> {
  const at = now();
  const actor = { kind: "user", id: userId } as const;
  await db.transaction(async (tx) => {
    const ending = await endLink(tx, accountId, { health: "disconnected", at, actor, requestId });
    if (ending.outcome === "ended" && ending.pair) await queueRevocation(tx, accountId, ending.pair, at);
    if (!(await deleteAccount(tx, accountId))) return;
    await closeSessionsOf(tx, userId);
    await tx.delete(claims).where(eq(claims.moderatorId, userId));
    await tx.delete(ruleAcceptances).where(eq(ruleAcceptances.userId, userId));
    await tx.update(users).set({ role: "creator" }).where(eq(users.id, userId));
    const withdrawn = await withdrawEntries(tx, userId, at);
    // What was seen of the videos, and the words about them.
    await tx.update(submissions).set({ eligibility: [] }).where(eq(submissions.creatorId, userId));
    await tx.execute(sql`select erase_words(${userId}::uuid)`);
    const target = { kind: "user", id: userId };
    await audit(tx, { at, actor, action: "person.erased", target, after: { withdrawn }, requestId });
  });
  return forgetSession();
}

/** The account with all that hangs on it, and TikTok's events about it. False when it was gone before. */
async function deleteAccount(tx: Transaction, accountId: string): Promise<boolean> {
  const [account] = await tx
    .select({ openId: tiktokAccounts.openId })
    .from(tiktokAccounts)
    .where(eq(tiktokAccounts.id, accountId))
    .for("update");
  if (!account) return false;
  // Before the cascade and in the order of whoever stores videos: otherwise the two would wait for each other.
  const mine = eq(videos.accountId, accountId);
  await tx.select({ id: videos.id }).from(videos).where(mine).orderBy(asc(videos.tiktokVideoId)).for("update");
  await tx.delete(videos).where(mine);
  await tx.delete(tiktokAccounts).where(eq(tiktokAccounts.id, accountId));
  await tx.delete(tiktokWebhooks).where(eq(tiktokWebhooks.openId, account.openId));
  return true;
}

/** Frozen standings stay as they are. Returns how many were withdrawn. */
async function withdrawEntries(tx: Transaction, userId: string, at: Date): Promise<number> {
  const entries = await tx
    .select({ id: submissions.id, frozenAt: challenges.frozenAt })
    .from(submissions)
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .where(eq(submissions.creatorId, userId))
    .orderBy(asc(submissions.id));
  let withdrawn = 0;
  for (const { id, frozenAt } of entries) {
    const entry = frozenAt ? null : await lockSubmission(tx, id);
    if (!entry || !mayMove("creator", entry.state, "withdrawn")) continue;
    const moment = { decidedAt: at, effectiveAt: at };
    const actor = { kind: "creator", id: userId } as const;
    await recordDecision(tx, entry, { seenVersion: entry.version, actor, to: "withdrawn", ...moment });
    withdrawn += 1;
  }
  return withdrawn;
}
