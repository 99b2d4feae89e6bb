import { and, eq, inArray, isNotNull, ne } from "drizzle-orm";
import { letters, mailAddresses } from "#drizzle/schema";
import type { Transaction } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { offerJob } from "~/infra/jobs.server";
import { sendsMail } from "~/infra/mail.server";
import { nextDigestAt } from "./mail-address";
import { letterQueue } from "./send-letters.server";

/**
 * Queues letters for what people are told in this transaction: one each, or the one of their day. Returns what was given
 * with the letter that it is in; null for those who have no confirmed address or want no letters, and where no e-mail is sent.
 */
export async function queueLetters<Told extends { userId: string }>(
  tx: Transaction,
  told: readonly Told[],
  at: Date,
): Promise<(Told & { letterId: string | null })[]> {
  if (!sendsMail || told.length === 0) return told.map((one) => ({ ...one, letterId: null }));
  const addresses = await tx
    .select({ id: mailAddresses.id, userId: mailAddresses.userId, choice: mailAddresses.choice })
    .from(mailAddresses)
    .where(
      and(
        inArray(
          mailAddresses.userId,
          told.map(({ userId }) => userId),
        ),
        isNotNull(mailAddresses.confirmedAt),
        ne(mailAddresses.choice, "none"),
      ),
    )
    // So that it is still there when its letters are.
    .for("key share");
  const byPerson = new Map(addresses.map((address) => [address.userId, address]));
  const digests = new Map<string, string>();
  const queued: (Told & { letterId: string | null })[] = [];
  for (const one of told) {
    const address = byPerson.get(one.userId);
    let letterId: string | null = null;
    if (address?.choice === "daily") {
      letterId = digests.get(address.id) ?? (await openDigest(tx, address.id, at));
      digests.set(address.id, letterId);
    } else if (address) {
      letterId = newId();
      const letter = { id: letterId, addressId: address.id, kind: "notification", dueAt: at, createdAt: at } as const;
      await tx.insert(letters).values(letter);
    }
    queued.push({ ...one, letterId });
  }
  if (addresses.some(({ choice }) => choice === "each")) await offerJob(tx, letterQueue, {});
  return queued;
}

/** The digest that is to be sent next; by a clock that is behind, one that has left already is not it. */
async function openDigest(tx: Transaction, addressId: string, at: Date): Promise<string> {
  const dueAt = nextDigestAt(at);
  const digestDay = dueAt.toISOString().slice(0, 10);
  const [open] = await tx
    .insert(letters)
    .values({ id: newId(), addressId, kind: "digest", digestDay, dueAt, createdAt: at })
    .onConflictDoUpdate({
      target: [letters.addressId, letters.digestDay],
      set: { digestDay },
      setWhere: eq(letters.state, "queued"),
    })
    .returning({ id: letters.id });
  return open?.id ?? openDigest(tx, addressId, dueAt);
}
