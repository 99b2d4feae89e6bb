import { and, eq, isNotNull, ne } from "drizzle-orm";
import { mailAddresses } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { addressIdOf, isGenuine } from "./mail-link.server";

/** What the unsubscribe link of a letter would end; changes nothing. Null when the link is not ours. */
export async function findSubscription(token: string): Promise<{ isOn: boolean } | null> {
  const addressId = addressIdOf(token);
  if (addressId === null || !isGenuine(token, addressId, { stop: true })) return null;
  const isTaking = and(isNotNull(mailAddresses.confirmedAt), ne(mailAddresses.choice, "none"));
  const count = await db.$count(mailAddresses, and(eq(mailAddresses.id, addressId), isTaking));
  return { isOn: count === 1 };
}
