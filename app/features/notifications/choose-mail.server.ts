import { and, eq, inArray, ne } from "drizzle-orm";
import { letters, mailAddresses } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { BY_LINK, type MailChoice } from "./mail-address";

/**
 * How often letters go to somebody's address: theirs by `userId`, or the one that a link is for. With `none` what waits to
 * be sent is not sent. Nothing where there is no address, or where it is so already.
 */
export async function chooseMail(whose: { userId: string } | { addressId: string }, choice: MailChoice): Promise<void> {
  await db.transaction(async (tx) => {
    const [had] = await tx
      .select({ id: mailAddresses.id, userId: mailAddresses.userId, choice: mailAddresses.choice })
      .from(mailAddresses)
      .where("userId" in whose ? eq(mailAddresses.userId, whose.userId) : eq(mailAddresses.id, whose.addressId))
      .for("no key update");
    if (!had || had.choice === choice) return;
    await tx.update(mailAddresses).set({ choice }).where(eq(mailAddresses.id, had.id));
    const unsent = and(eq(letters.addressId, had.id), inArray(letters.state, ["queued", "sending"]));
    if (choice === "none") await tx.delete(letters).where(and(unsent, ne(letters.kind, "confirmation")));
    const by =
      "userId" in whose
        ? { actor: { kind: "user", id: had.userId } as const }
        : { actor: { kind: "system" } as const, reason: BY_LINK };
    const change = { before: { letters: had.choice }, after: { letters: choice } };
    await audit(tx, {
      at: now(),
      ...by,
      action: "mail_address.chosen",
      target: { kind: "user", id: had.userId },
      ...change,
    });
  });
}
