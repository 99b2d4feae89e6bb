import { eq } from "drizzle-orm";
import { type letters, mailAddresses } from "#drizzle/schema";
import { retention } from "~/features/accounts/retention";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import type { Mail } from "~/infra/mail.server";
import { listNotifications } from "./list-notifications.server";
import { linkOf } from "./mail-link.server";
import { writeConfirmation, writeNotifications } from "./write-letter";

/**
 * A queued letter as it is to be sent at `at`. Null when there is nothing to send any more: the address was confirmed or
 * given up meanwhile, its owner wants no letters, or what it would tell of is gone.
 */
export async function composeLetter(
  { id, addressId, kind }: Pick<typeof letters.$inferSelect, "id" | "addressId" | "kind">,
  at: Date,
): Promise<Mail | null> {
  const [to] = await db.select().from(mailAddresses).where(eq(mailAddresses.id, addressId));
  if (!to) return null;
  const origin = env.APP_ORIGIN;
  switch (kind) {
    case "confirmation": {
      const { confirmUntil } = to;
      if (!confirmUntil || confirmUntil <= at) return null;
      const links = { origin, confirm: linkOf(addressId, { confirmUntil }) };
      return { id, to: to.address, unsubscribeUrl: null, ...writeConfirmation(links, retention.confirmHours) };
    }
    case "notification":
    case "digest": {
      if (!to.confirmedAt || to.choice === "none") return null;
      const told = await listNotifications(to.userId, { at, before: null, letterId: id });
      if (told.notifications.length === 0) return null;
      const unsubscribe = linkOf(addressId, { stop: true });
      const written = writeNotifications(told.notifications, { origin, unsubscribe }, told.nextBefore !== null);
      return { id, to: to.address, unsubscribeUrl: unsubscribe, ...written };
    }
  }
}
