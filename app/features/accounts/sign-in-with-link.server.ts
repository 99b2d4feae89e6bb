import { and, eq, gt, inArray, ne } from "drizzle-orm";
import { signInLinks, users } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { findSession, openSession } from "~/infra/session.server";
import { findSignInLink, hashesOfLink } from "./find-sign-in-link.server";
import { recordRefusedSignIn } from "./record-refused-sign-in.server";

export type LinkProblem = "not_valid" | "rate_limited" | "another_account";
export type LinkSignIn = { outcome: "signed_in"; cookie: string } | { outcome: "refused"; problem: LinkProblem };

/**
 * Uses a one-time link up and opens its person's session, as a sign-in at TikTok would: the session's Set-Cookie value.
 * Whoever is signed in as somebody else changes nothing, and the link stays good.
 */
export async function signInWithLink(request: Request, token: string, requestId: string): Promise<LinkSignIn> {
  const current = await findSession(request);
  const result = await tryLink(request, token, requestId, current);
  if (result.outcome === "refused") await recordRefusedSignIn("one_time_link", result.problem, current?.userId ?? null);
  return result;
}

async function tryLink(
  request: Request,
  token: string,
  requestId: string,
  current: { userId: string } | null,
): Promise<LinkSignIn> {
  const link = await findSignInLink(token);
  if (link.outcome === "refused") return link;
  const { userId } = link;
  if (current !== null && current.userId !== userId) return { outcome: "refused", problem: "another_account" };
  const at = now();
  return db.transaction(async (tx) => {
    // The deletion is the use: of two at once, one finds nothing. And the person first, as when a role is changed.
    const staff = await tx
      .update(users)
      .set({ lastSignedInAt: at })
      .where(and(eq(users.id, userId), ne(users.role, "creator")))
      .returning({ id: users.id });
    const used = await tx
      .delete(signInLinks)
      .where(and(inArray(signInLinks.tokenHash, hashesOfLink(token)), gt(signInLinks.expiresAt, at)))
      .returning({ userId: signInLinks.userId });
    if (staff.length === 0 || used.length === 0) return { outcome: "refused", problem: "not_valid" };
    const actor = { kind: "user", id: userId } as const;
    const target = { kind: "user", id: userId };
    await audit(tx, { at, actor, action: "sign_in", target, reason: "one-time link", requestId });
    return { outcome: "signed_in", cookie: await openSession(tx, request, userId) };
  });
}
