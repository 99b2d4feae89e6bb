import { count, inArray } from "drizzle-orm";
import { tiktokAccounts } from "#drizzle/schema";
import { missingScopes } from "~/features/accounts/link-health";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";

export interface Grants {
  /** Links that live. */
  links: number;
  /** Of them, those that lack what syncs or look-ups need. */
  lacking: number;
  /** Each scope that is asked for: how many live links are without it, and whether the work needs it. */
  scopes: { scope: string; without: number; isNeeded: boolean }[];
}

/** What people granted of the scopes that are asked for. There are few different grants, however many people. */
export async function countGrants(): Promise<Grants> {
  const asked = env.TIKTOK_DISPLAY_SCOPES;
  const needed = missingScopes([], asked);
  const grants = await db
    .select({ granted: tiktokAccounts.grantedScopes, links: count() })
    .from(tiktokAccounts)
    .where(inArray(tiktokAccounts.linkHealth, ["healthy", "scope_missing"]))
    .groupBy(tiktokAccounts.grantedScopes);
  const linksWhere = (isMeant: (granted: readonly string[]) => boolean) =>
    grants.filter(({ granted }) => isMeant(granted)).reduce((sum, { links }) => sum + links, 0);
  return {
    links: linksWhere(() => true),
    lacking: linksWhere((granted) => missingScopes(granted, asked).length > 0),
    scopes: asked.map((scope) => ({
      scope,
      without: linksWhere((granted) => !granted.includes(scope)),
      isNeeded: needed.includes(scope),
    })),
  };
}
