import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, gt, inArray } from "drizzle-orm";
import { signInAttempts as attemptsTable } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { readCookie, writeCookie } from "~/infra/cookies.server";
import { db } from "~/infra/db.server";
import type { SignInAttempts } from "~/infra/tiktok/tiktok-strategy.server";
import { retention } from "./retention";
import { safeReturnTo } from "./return-to";

const COOKIE = "trendpot_sign_in";
const ID = /^[A-Za-z0-9_-]{43}$/;
const LIFETIME_SECONDS = retention.signInMinutes * 60;
/** Parallel tabs that may be on their way to TikTok at once; the oldest beyond it is dropped. */
const MAX_PER_BROWSER = 5;

const hashOf = (value: string) => createHash("sha256").update(value).digest();

/**
 * Sign-ins under way, kept on the server: one use, ten minutes, found only by the browser that began (one cookie
 * whatever the number of tabs, so the Cookie header cannot grow).
 */
export const signInAttempts: SignInAttempts = {
  async begin(request, { state, codeVerifier }) {
    const browser = readCookie(request, COOKIE, ID) ?? randomBytes(32).toString("base64url");
    const browserHash = hashOf(browser);
    const at = now();
    await db.transaction(async (tx) => {
      const kept = await tx
        .select({ stateHash: attemptsTable.stateHash })
        .from(attemptsTable)
        .where(eq(attemptsTable.browserHash, browserHash))
        .orderBy(desc(attemptsTable.expiresAt));
      const surplus = kept.slice(MAX_PER_BROWSER - 1).map((attempt) => attempt.stateHash);
      if (surplus.length > 0) await tx.delete(attemptsTable).where(inArray(attemptsTable.stateHash, surplus));
      await tx.insert(attemptsTable).values({
        stateHash: hashOf(state),
        browserHash,
        codeVerifier,
        returnTo: safeReturnTo(new URL(request.url).searchParams.get("returnTo")),
        expiresAt: new Date(at.getTime() + LIFETIME_SECONDS * 1000),
      });
    });
    return new Headers({ "Set-Cookie": writeCookie(COOKIE, browser, LIFETIME_SECONDS) });
  },

  async take(request, state) {
    const browser = readCookie(request, COOKIE, ID);
    if (!browser) return null;
    const [attempt] = await db
      .delete(attemptsTable)
      .where(
        and(
          eq(attemptsTable.stateHash, hashOf(state)),
          eq(attemptsTable.browserHash, hashOf(browser)),
          gt(attemptsTable.expiresAt, now()),
        ),
      )
      .returning({ codeVerifier: attemptsTable.codeVerifier, returnTo: attemptsTable.returnTo });
    return attempt ?? null;
  },
};
