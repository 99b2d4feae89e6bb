import { and, eq, gt } from "drizzle-orm";
import { mailAddresses } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { findUnconfirmed } from "./find-unconfirmed.server";
import { BY_LINK } from "./mail-address";

/** Uses the link of a confirmation letter up: from now on letters go there. False when it is not good (any more). */
export async function confirmAddress(token: string): Promise<boolean> {
  const found = await findUnconfirmed(token);
  if (!found) return false;
  const at = now();
  return db.transaction(async (tx) => {
    const [confirmed] = await tx
      .update(mailAddresses)
      .set({ confirmedAt: at, confirmUntil: null })
      .where(and(eq(mailAddresses.id, found.addressId), gt(mailAddresses.confirmUntil, at)))
      .returning({ userId: mailAddresses.userId });
    if (!confirmed) return false;
    const target = { kind: "user", id: confirmed.userId };
    await audit(tx, { at, actor: { kind: "system" }, action: "mail_address.confirmed", target, reason: BY_LINK });
    return true;
  });
}
