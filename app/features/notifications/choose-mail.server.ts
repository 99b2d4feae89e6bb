import { and, eq, inArray, ne } from "drizzle-orm";
import { letters, mailAddresses } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import type { MailChoice } from "./mail-address";

/**
 * How often letters go to somebody's address: theirs by `userId`, or the one that a link is for. With `none` what waits to
 * be sent is not sent. Nothing where there is no address. Returns the address, if there is one.
 */
export async function chooseMail(
  whose: { userId: string } | { addressId: string },
  choice: MailChoice,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const [chosen] = await tx
      .update(mailAddresses)
      .set({ choice })
      .where("userId" in whose ? eq(mailAddresses.userId, whose.userId) : eq(mailAddresses.id, whose.addressId))
      .returning({ id: mailAddresses.id, address: mailAddresses.address });
    if (!chosen) return null;
    const unsent = and(eq(letters.addressId, chosen.id), inArray(letters.state, ["queued", "sending"]));
    if (choice === "none") await tx.delete(letters).where(and(unsent, ne(letters.kind, "confirmation")));
    return chosen.address;
  });
}
