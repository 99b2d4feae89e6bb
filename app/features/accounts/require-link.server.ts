import { eq } from "drizzle-orm";
import { tiktokAccounts } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import type { LinkHealth } from "./account";
import { missingScopes } from "./link-health";

export interface Link {
  displayName: string;
  health: LinkHealth;
  grantedScopes: string[];
  /** Scopes that the work needs and the grant lacks. */
  missingScopes: string[];
  revokedReason: number | null;
  /** ISO times. */
  connectedAt: string;
  changedAt: string;
}

/** How an account's link to TikTok stands. */
export async function requireLink(accountId: string): Promise<Link> {
  const [account] = await db.select().from(tiktokAccounts).where(eq(tiktokAccounts.id, accountId));
  if (!account) throw new Error("the viewer's account is gone");
  return {
    displayName: account.displayName,
    health: account.linkHealth,
    grantedScopes: account.grantedScopes,
    missingScopes: missingScopes(account.grantedScopes, env.TIKTOK_DISPLAY_SCOPES),
    revokedReason: account.revokedReason,
    connectedAt: account.connectedAt.toISOString(),
    changedAt: account.linkChangedAt.toISOString(),
  };
}
