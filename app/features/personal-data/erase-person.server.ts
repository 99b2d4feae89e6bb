import { and, asc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import {
  appeals,
  challenges,
  claims,
  deskSettings,
  entryNotes,
  holds,
  mailAddresses,
  notifications,
  reports,
  reviewSuggestions,
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

/** In place of words that must not be missing; the database puts the same into decisions (erase_words). */
const ERASED = "Erased with the data of its creator.";

/**
 * Deletes everything that names the viewer, in one transaction and whether or not TikTok answers: link, profile, videos
 * with their numbers, notifications, e-mail address, sessions, and what was written to and about them. Their entries are withdrawn where
 * that still goes; the decisions stay, of a person who has only a number. Whoever signs in with the same TikTok account
 * later is somebody new. Done once however often it is asked. Returns the Set-Cookie value that removes the session's cookie.
 */
export async function erasePerson({ userId, accountId }: Viewer, requestId: string): Promise<string> {
  const at = now();
  const actor = { kind: "user", id: userId } as const;
  await db.transaction(async (tx) => {
    const ending = await endLink(tx, accountId, { health: "disconnected", at, actor, requestId });
    if (ending.outcome === "ended" && ending.pair) await queueRevocation(tx, accountId, ending.pair, at);
    if (!(await deleteAccount(tx, accountId))) return;
    await closeSessionsOf(tx, userId);
    await tx.delete(notifications).where(eq(notifications.userId, userId));
    // With every letter, sent or not.
    await tx.delete(mailAddresses).where(eq(mailAddresses.userId, userId));
    await tx.delete(claims).where(eq(claims.moderatorId, userId));
    await tx.delete(deskSettings).where(eq(deskSettings.userId, userId));
    await tx.delete(ruleAcceptances).where(eq(ruleAcceptances.userId, userId));
    await tx.update(users).set({ role: "creator" }).where(eq(users.id, userId));
    const withdrawn = await withdrawEntries(tx, userId, at);
    // What was seen of the videos, and the words about them.
    await tx
      .update(submissions)
      .set({
        eligibility: [],
        enteredViewCount: null,
        enteredLikeCount: null,
        enteredCommentCount: null,
        enteredShareCount: null,
      })
      .where(eq(submissions.creatorId, userId));
    const entries = tx.select({ id: submissions.id }).from(submissions).where(eq(submissions.creatorId, userId));
    await tx.delete(reports).where(inArray(reports.submissionId, entries));
    await tx.delete(entryNotes).where(inArray(entryNotes.submissionId, entries));
    await tx
      .update(holds)
      .set({
        ...{ note: null, releaseNote: null, anomaly: null, doubtedAt: null, metricsAt: null },
        ...{ viewCount: null, likeCount: null, commentCount: null, shareCount: null },
      })
      .where(inArray(holds.submissionId, entries));
    await tx.delete(reviewSuggestions).where(inArray(reviewSuggestions.submissionId, entries));
    await tx.execute(sql`select erase_words(${userId}::uuid)`);
    await eraseAppeals(tx, userId);
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

/** What was asked and answered; an appeal that nobody has decided ends with whoever made it. */
async function eraseAppeals(tx: Transaction, userId: string): Promise<void> {
  const mine = eq(appeals.creatorId, userId);
  await tx.delete(appeals).where(and(mine, isNull(appeals.outcome)));
  await tx.update(submissions).set({ appealOpen: false }).where(eq(submissions.creatorId, userId));
  await tx.update(appeals).set({ statement: ERASED }).where(mine);
  await tx
    .update(appeals)
    .set({ answer: ERASED })
    .where(and(mine, isNotNull(appeals.answer)));
}

/** Frozen standings stay as they are. Returns how many were withdrawn. */
async function withdrawEntries(tx: Transaction, userId: string, at: Date): Promise<number> {
  const entries = await tx
    .select({ id: submissions.id })
    .from(submissions)
    .where(eq(submissions.creatorId, userId))
    .orderBy(asc(submissions.id));
  let withdrawn = 0;
  for (const { id } of entries) {
    const entry = await lockSubmission(tx, id);
    if (!entry || !mayMove("creator", entry.state, "withdrawn")) continue;
    // Asked once the entry is held: whoever freezes waits for it.
    const [challenge] = await tx
      .select({ frozenAt: challenges.frozenAt })
      .from(challenges)
      .where(eq(challenges.id, entry.challengeId));
    if (challenge?.frozenAt) continue;
    const moment = { decidedAt: at, effectiveAt: at };
    const actor = { kind: "creator", id: userId } as const;
    await recordDecision(tx, entry, { seenVersion: entry.version, actor, to: "withdrawn", ...moment });
    withdrawn += 1;
  }
  return withdrawn;
}
