import { and, eq, gt } from "drizzle-orm";
import { mailAddresses, tiktokAccounts } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { addressIdOf, isGenuine } from "./mail-link.server";

export interface UnconfirmedAddress {
  addressId: string;
  address: string;
  /** Whose letters would go there. */
  displayName: string;
}

/** What the link of a confirmation letter would confirm; uses nothing up. Null: used, replaced, too old, or not ours. */
export async function findUnconfirmed(token: string): Promise<UnconfirmedAddress | null> {
  const addressId = addressIdOf(token);
  if (addressId === null) return null;
  const [row] = await db
    .select({
      address: mailAddresses.address,
      confirmUntil: mailAddresses.confirmUntil,
      displayName: tiktokAccounts.displayName,
    })
    .from(mailAddresses)
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.userId, mailAddresses.userId))
    .where(and(eq(mailAddresses.id, addressId), gt(mailAddresses.confirmUntil, now())));
  if (!row?.confirmUntil || !isGenuine(token, addressId, { confirmUntil: row.confirmUntil })) return null;
  return { addressId, address: row.address, displayName: row.displayName };
}
