import { eq } from "drizzle-orm";
import { tiktokAccounts, tiktokCredentials } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import type { Credential } from "./require-credential.server";
import { isStill } from "./store-credential.server";

/** TikTok knows the tokens of `refused` no more: the link is expired, unless a newer pair was stored since. */
export async function expireLink(refused: Credential): Promise<void> {
  const at = now();
  const { accountId } = refused;
  await db.transaction(async (tx) => {
    const current = await tx
      .select({ accountId: tiktokCredentials.accountId })
      .from(tiktokCredentials)
      .where(isStill(refused))
      .for("update");
    if (current.length === 0) return;
    const [account] = await tx
      .select({ health: tiktokAccounts.linkHealth })
      .from(tiktokAccounts)
      .where(eq(tiktokAccounts.id, accountId))
      .for("no key update");
    if (!account || account.health === "expired") return;
    await tx
      .update(tiktokAccounts)
      .set({ linkHealth: "expired", linkChangedAt: at })
      .where(eq(tiktokAccounts.id, accountId));
    const target = { kind: "tiktok_account", id: accountId };
    const change = { before: { health: account.health }, after: { health: "expired" } };
    await audit(tx, { at, actor: { kind: "system" }, action: "link.expired", target, ...change });
  });
}
