import { eq, sql } from "drizzle-orm";
import { tiktokAccounts, tiktokCredentials } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import { db } from "~/infra/db.server";
import { endOfLink } from "./link-health";

export type Credential = typeof tiktokCredentials.$inferSelect;

/** An account's sealed tokens. Throws TIKTOK_EXPIRED, TIKTOK_REVOKED or TIKTOK_DISCONNECTED when its link has ended. */
export async function requireCredential(accountId: string): Promise<Credential> {
  const [row] = await credentialOf.execute({ accountId });
  const ended = row ? endOfLink(row.linkHealth) : null;
  if (row?.credential && !ended) return row.credential;
  throw new DomainError(ended ?? "TIKTOK_EXPIRED");
}

/** Asked before every call to TikTok, so it is built once and planned once per connection. */
const credentialOf = db
  .select({ credential: tiktokCredentials, linkHealth: tiktokAccounts.linkHealth })
  .from(tiktokAccounts)
  .leftJoin(tiktokCredentials, eq(tiktokCredentials.accountId, tiktokAccounts.id))
  .where(eq(tiktokAccounts.id, sql.placeholder("accountId")))
  .prepare("find_credential");
