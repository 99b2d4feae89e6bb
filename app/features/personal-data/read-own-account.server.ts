import { asc, eq } from "drizzle-orm";
import {
  challenges,
  deskSettings,
  letters,
  mailAddresses,
  notifications,
  ruleAcceptances,
  sessions,
  signInLinks,
  tiktokAccounts,
  tiktokCredentials,
  tiktokRevocations,
  tiktokWebhooks,
  users,
} from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { db } from "~/infra/db.server";

/**
 * Who the viewer is here, for their export: profile, link, sessions, what TikTok sent about them, rules they accepted,
 * challenges they made, what they were told, how they want their desk, their e-mail address with the letters to it. Of tokens,
 * sessions and sign-in links only the dates: never a token, sealed or not, and no hash.
 */
export async function readOwnAccount({ userId, accountId }: Viewer) {
  const [[user], [account], [credential], [revocation]] = await Promise.all([
    db.select().from(users).where(eq(users.id, userId)),
    db.select().from(tiktokAccounts).where(eq(tiktokAccounts.id, accountId)),
    db
      .select({
        accessExpiresAt: tiktokCredentials.accessExpiresAt,
        refreshExpiresAt: tiktokCredentials.refreshExpiresAt,
        updatedAt: tiktokCredentials.updatedAt,
      })
      .from(tiktokCredentials)
      .where(eq(tiktokCredentials.accountId, accountId)),
    db
      .select({
        accessExpiresAt: tiktokRevocations.accessExpiresAt,
        refreshExpiresAt: tiktokRevocations.refreshExpiresAt,
        nextTryAt: tiktokRevocations.nextTryAt,
        giveUpAt: tiktokRevocations.giveUpAt,
      })
      .from(tiktokRevocations)
      .where(eq(tiktokRevocations.accountId, accountId)),
  ]);
  if (!user || !account) throw new Error("the viewer has no account");
  const {
    id,
    userId: _same,
    grantedScopes,
    linkHealth,
    revokedReason,
    connectedAt,
    linkChangedAt,
    ...profile
  } = account;
  return {
    profile: { ...user, ...profile },
    link: {
      accountId: id,
      health: linkHealth,
      scopes: grantedScopes,
      revokedReason,
      connectedAt,
      changedAt: linkChangedAt,
      tokens: credential ?? null,
      endingAtTikTok: revocation ?? null,
    },
    ...(await readWhatHangsOnIt(userId, account.openId)),
  };
}

async function readWhatHangsOnIt(userId: string, openId: string) {
  const [ownSessions, signInLink, fromTikTok, acceptances, made, told, [desk], [address], sent] = await Promise.all([
    db
      .select({
        id: sessions.id,
        device: sessions.device,
        createdAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
        expiresAt: sessions.expiresAt,
      })
      .from(sessions)
      .where(eq(sessions.userId, userId))
      .orderBy(asc(sessions.createdAt)),
    db.select({ expiresAt: signInLinks.expiresAt }).from(signInLinks).where(eq(signInLinks.userId, userId)),
    db
      .select({
        id: tiktokWebhooks.id,
        event: tiktokWebhooks.event,
        content: tiktokWebhooks.content,
        sentAt: tiktokWebhooks.sentAt,
        receivedAt: tiktokWebhooks.receivedAt,
        handledAt: tiktokWebhooks.handledAt,
        outcome: tiktokWebhooks.outcome,
      })
      .from(tiktokWebhooks)
      .where(eq(tiktokWebhooks.openId, openId))
      .orderBy(asc(tiktokWebhooks.receivedAt)),
    db
      .select({
        challenge: challenges.slug,
        rulesVersion: ruleAcceptances.rulesVersion,
        acceptedAt: ruleAcceptances.acceptedAt,
      })
      .from(ruleAcceptances)
      .innerJoin(challenges, eq(challenges.id, ruleAcceptances.challengeId))
      .where(eq(ruleAcceptances.userId, userId))
      .orderBy(asc(ruleAcceptances.acceptedAt)),
    db
      .select({ slug: challenges.slug, title: challenges.title, createdAt: challenges.createdAt })
      .from(challenges)
      .where(eq(challenges.createdBy, userId))
      .orderBy(asc(challenges.createdAt)),
    db
      .select({
        kind: notifications.kind,
        missingSince: notifications.missingSince,
        dueAt: notifications.dueAt,
        createdAt: notifications.createdAt,
        readAt: notifications.readAt,
      })
      .from(notifications)
      .where(eq(notifications.userId, userId))
      .orderBy(asc(notifications.createdAt)),
    db.select().from(deskSettings).where(eq(deskSettings.userId, userId)),
    db
      .select({
        address: mailAddresses.address,
        choice: mailAddresses.choice,
        givenAt: mailAddresses.givenAt,
        confirmUntil: mailAddresses.confirmUntil,
        confirmedAt: mailAddresses.confirmedAt,
        unreachableAt: mailAddresses.unreachableAt,
      })
      .from(mailAddresses)
      .where(eq(mailAddresses.userId, userId)),
    db
      .select({
        kind: letters.kind,
        digestDay: letters.digestDay,
        state: letters.state,
        attempts: letters.attempts,
        createdAt: letters.createdAt,
        dueAt: letters.dueAt,
        endedAt: letters.endedAt,
        failure: letters.failure,
      })
      .from(letters)
      .innerJoin(mailAddresses, eq(mailAddresses.id, letters.addressId))
      .where(eq(mailAddresses.userId, userId))
      .orderBy(asc(letters.createdAt)),
  ]);
  return {
    sessions: ownSessions,
    signInLinks: signInLink,
    eventsFromTikTok: fromTikTok,
    rulesAccepted: acceptances,
    challengesMade: made,
    notifications: told,
    deskSettings: desk ?? null,
    email: address ? { ...address, letters: sent } : null,
  };
}
