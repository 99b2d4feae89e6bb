import { chooseMail } from "./choose-mail.server";
import { addressIdOf, isGenuine } from "./mail-link.server";

/**
 * Ends the letters to one address, for whoever has one of them: its link is all the proof it takes, and it can do nothing
 * else. May be asked any number of times, also once the address is gone. False when the link is not ours.
 */
export async function unsubscribe(token: string): Promise<boolean> {
  const addressId = addressIdOf(token);
  if (addressId === null || !isGenuine(token, addressId, { stop: true })) return false;
  await chooseMail({ addressId }, "none");
  return true;
}
