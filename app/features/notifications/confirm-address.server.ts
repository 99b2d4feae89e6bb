import { and, eq, gt } from "drizzle-orm";
import { mailAddresses } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { findUnconfirmed } from "./find-unconfirmed.server";

/** Uses the link of a confirmation letter up: from now on letters go there. False when it is not good (any more). */
export async function confirmAddress(token: string): Promise<boolean> {
  const found = await findUnconfirmed(token);
  if (!found) return false;
  const at = now();
  const confirmed = await db
    .update(mailAddresses)
    .set({ confirmedAt: at, confirmUntil: null })
    .where(and(eq(mailAddresses.id, found.addressId), gt(mailAddresses.confirmUntil, at)))
    .returning({ id: mailAddresses.id });
  return confirmed.length === 1;
}
