import { and, eq, gt, inArray, ne } from "drizzle-orm";
import { signInLinks, tiktokAccounts, users } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { type Limit, reserveCall } from "~/infra/outbound-limit.server";
import { hashesOf } from "~/infra/session.server";

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** Of links that are none. One that is good works all the same: whoever guesses must not lock staff out. */
const GUESSES: Limit = { key: "sign-in-link", perMinute: 10, burst: 10 };

/** Keyed as sessions are: write access to the database alone cannot make a link. One hash per accepted secret. */
export const hashesOfLink = (token: string) => hashesOf(`sign-in link ${token}`);

export type SignInLink =
  | { outcome: "found"; userId: string; displayName: string }
  | { outcome: "refused"; problem: "not_valid" | "rate_limited" };

/**
 * Whom a one-time link signs in, and uses nothing up. Not valid: used, replaced, too old, or its person is no moderator
 * or admin any more.
 */
export async function findSignInLink(token: string): Promise<SignInLink> {
  if (!TOKEN.test(token)) return { outcome: "refused", problem: "not_valid" };
  const [link] = await db
    .select({ userId: users.id, displayName: tiktokAccounts.displayName })
    .from(signInLinks)
    .innerJoin(users, eq(users.id, signInLinks.userId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.userId, users.id))
    .where(
      and(
        inArray(signInLinks.tokenHash, hashesOfLink(token)),
        gt(signInLinks.expiresAt, now()),
        ne(users.role, "creator"),
      ),
    );
  if (link) return { outcome: "found", ...link };
  const problem = (await reserveCall(GUESSES, 0)) === null ? "rate_limited" : "not_valid";
  return { outcome: "refused", problem };
}
