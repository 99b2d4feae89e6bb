import { createHmac, randomBytes } from "node:crypto";
import { and, desc, eq, gt, inArray, lt, lte, ne, or } from "drizzle-orm";
import { sessions } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { readCookie, writeCookie } from "~/infra/cookies.server";
import { db, type Transaction } from "~/infra/db.server";
import { deviceName } from "~/infra/device-name";
import { env } from "~/infra/env.server";
import { newId } from "~/infra/ids.server";
import { SESSION_DAYS, SESSION_IDLE_DAYS } from "~/infra/session-age";

/** Server-side sessions: a 256-bit id in one cookie, only its keyed hash in the database, dead at once when the row is gone. */

const COOKIE = "trendpot";
const ID = /^[A-Za-z0-9_-]{43}$/;
const ABSOLUTE_SECONDS = SESSION_DAYS * 24 * 3600;
const IDLE_MS = SESSION_IDLE_DAYS * 24 * 3600_000;
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
    id: newId(),
    userId,
    device: deviceName(request.headers.get("user-agent")),
    createdAt: at,
    lastSeenAt: at,
    expiresAt: new Date(at.getTime() + ABSOLUTE_SECONDS * 1000),
  });
  return writeCookie(COOKIE, id, ABSOLUTE_SECONDS);
}

interface Session {
  id: string;
  userId: string;
  /** Browser and system in words; null when they are not known. */
  device: string | null;
  createdAt: Date;
  /** To within five minutes. */
  lastSeenAt: Date;
  expiresAt: Date;
}

const shown = {
  id: sessions.id,
  userId: sessions.userId,
  device: sessions.device,
  createdAt: sessions.createdAt,
  lastSeenAt: sessions.lastSeenAt,
  expiresAt: sessions.expiresAt,
};

const idleBefore = (at: Date) => new Date(at.getTime() - IDLE_MS);
const alive = (at: Date) => and(gt(sessions.expiresAt, at), gt(sessions.lastSeenAt, idleBefore(at)));
/** For a where clause: sessions that nobody can use any more. */
export const isOver = (at: Date) => or(lte(sessions.expiresAt, at), lte(sessions.lastSeenAt, idleBefore(at)));

/** This request's session, or null: none, ended, idle for too long or too old. */
export async function findSession(request: Request): Promise<Session | null> {
  const id = readCookie(request, COOKIE, ID);
  if (!id) return null;
  const at = now();
  const known = inArray(sessions.idHash, hashesOf(id));
  const [session] = await db
    .select(shown)
    .from(sessions)
    .where(and(known, alive(at)));
  if (!session) return null;
  const touchBefore = new Date(at.getTime() - TOUCH_MS);
  if (session.lastSeenAt < touchBefore) {
    await db
      .update(sessions)
      .set({ lastSeenAt: at })
      .where(and(known, lt(sessions.lastSeenAt, touchBefore)));
  }
  return session;
}

/** A user's sessions that can be used at `at`, the one seen last first. */
export async function listSessionsOf(userId: string, at: Date): Promise<Session[]> {
  return db
    .select(shown)
    .from(sessions)
    .where(and(eq(sessions.userId, userId), alive(at)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id));
}

/** Ends this request's session, if it has one. Returns the Set-Cookie value that removes the cookie. */
export async function closeSession(request: Request): Promise<string> {
  const id = readCookie(request, COOKIE, ID);
  if (id) await db.delete(sessions).where(inArray(sessions.idHash, hashesOf(id)));
  return forgetSession();
}

/**
 * Ends a user's sessions at once: all of them, for instance when a role changes, only the one called `only`, or all but
 * `except`. Returns how many there were.
 */
export async function closeSessionsOf(
  tx: Transaction,
  userId: string,
  which: { only?: string; except?: string } = {},
): Promise<number> {
  const closed = await tx
    .delete(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        which.only === undefined ? undefined : eq(sessions.id, which.only),
        which.except === undefined ? undefined : ne(sessions.id, which.except),
      ),
    )
    .returning({ id: sessions.id });
  return closed.length;
}

/** The Set-Cookie value for a browser whose session has ended otherwise. */
export const forgetSession = () => writeCookie(COOKIE, "", 0);
