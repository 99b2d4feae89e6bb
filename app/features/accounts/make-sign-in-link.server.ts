import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { signInLinks, tiktokAccounts, users } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { hashesOfLink } from "./find-sign-in-link.server";

const LIFETIME_MINUTES = 10;

export type MadeLink = { outcome: "made"; url: string; minutes: number } | { outcome: "unknown" | "not_staff" };

/**
 * Makes a one-time sign-in link, as the operator, for a moderator or admin who cannot sign in because TikTok is down. It
 * replaces the one they had. The address holds the only copy of its secret.
 */
export async function makeSignInLink(openId: string): Promise<MadeLink> {
  const at = now();
  return db.transaction(async (tx) => {
    const [user] = await tx
      .select({ id: users.id, role: users.role })
      .from(users)
      .innerJoin(tiktokAccounts, eq(tiktokAccounts.userId, users.id))
      .where(eq(tiktokAccounts.openId, openId));
    if (!user) return { outcome: "unknown" };
    if (user.role === "creator") return { outcome: "not_staff" };
    const token = randomBytes(32).toString("base64url");
    const [tokenHash] = hashesOfLink(token);
    if (!tokenHash) throw new Error("SESSION_SECRET is empty");
    const expiresAt = new Date(at.getTime() + LIFETIME_MINUTES * 60_000);
    await tx
      .insert(signInLinks)
      .values({ userId: user.id, tokenHash, expiresAt })
      .onConflictDoUpdate({ target: signInLinks.userId, set: { tokenHash, expiresAt } });
    const target = { kind: "user", id: user.id };
    await audit(tx, { at, actor: { kind: "operator" }, action: "sign_in_link.made", target, after: { expiresAt } });
    return { outcome: "made", url: `${env.APP_ORIGIN}/auth/link?token=${token}`, minutes: LIFETIME_MINUTES };
  });
}
