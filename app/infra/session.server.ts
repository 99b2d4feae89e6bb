import { createHmac, randomBytes } from "node:crypto";
import { and, eq, gt, inArray, lt } from "drizzle-orm";
import { sessions } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { readCookie, writeCookie } from "~/infra/cookies.server";
import { db, type Transaction } from "~/infra/db.server";
import { env } from "~/infra/env.server";

/** Server-side sessions: a 256-bit id in one cookie, only its keyed hash in the database, dead at once when the row is gone. */

const COOKIE = "trendpot";
const ID = /^[A-Za-z0-9_-]{43}$/;
const ABSOLUTE_SECONDS = 30 * 24 * 3600;
const IDLE_MS = 7 * 24 * 3600_000;
/** `last_seen_at` is written at most this often. */
const TOUCH_MS = 5 * 60_000;

/** Keyed, so that write access to the database alone cannot make a session. One hash per accepted secret. */
export const hashesOf = (id: string) =>
  env.SESSION_SECRET.map((secret) => createHmac("sha256", secret).update(id).digest());

/** Opens a session under a new id and ends the one this browser had. Returns the Set-Cookie value. */
export async function openSession(tx: Transaction, request: Request, userId: string): Promise<string> {
  const previous = readCookie(request, COOKIE, ID);
  if (previous) await tx.delete(sessions).where(inArray(sessions.idHash, hashesOf(previous)));
  const id = randomBytes(32).toString("base64url");
  const at = now();
  const [idHash] = hashesOf(id);
  if (!idHash) throw new Error("SESSION_SECRET is empty");
  await tx.insert(sessions).values({
    idHash,
    userId,
    createdAt: at,
    lastSeenAt: at,
    expiresAt: new Date(at.getTime() + ABSOLUTE_SECONDS * 1000),
  });
  return writeCookie(COOKIE, id, ABSOLUTE_SECONDS);
}

/** The user of this request's session, or null: none, ended, idle for 7 days or older than 30. */
export async function findSessionUser(request: Request): Promise<string | null> {
  const id = readCookie(request, COOKIE, ID);
  if (!id) return null;
  const at = now();
  const known = inArray(sessions.idHash, hashesOf(id));
  const idleSince = new Date(at.getTime() - IDLE_MS);
  const [session] = await db
    .select({ userId: sessions.userId, lastSeenAt: sessions.lastSeenAt })
    .from(sessions)
    .where(and(known, gt(sessions.expiresAt, at), gt(sessions.lastSeenAt, idleSince)));
  if (!session) return null;
  const touchBefore = new Date(at.getTime() - TOUCH_MS);
  if (session.lastSeenAt < touchBefore) {
    await db
      .update(sessions)
      .set({ lastSeenAt: at })
      .where(and(known, lt(sessions.lastSeenAt, touchBefore)));
  }
  return session.userId;
}

/** Ends this request's session, if it has one. Returns the Set-Cookie value that removes the cookie. */
export async function closeSession(request: Request): Promise<string> {
  const id = readCookie(request, COOKIE, ID);
  if (id) await db.delete(sessions).where(inArray(sessions.idHash, hashesOf(id)));
  return writeCookie(COOKIE, "", 0);
}

/** Ends every session of a user, for instance when a role is taken away. */
export async function closeSessionsOf(tx: Transaction, userId: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, userId));
}
