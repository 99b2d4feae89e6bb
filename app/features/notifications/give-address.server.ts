import { and, eq, isNull, ne } from "drizzle-orm";
import { letters, mailAddresses, tiktokAccounts } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { retention } from "~/features/accounts/retention";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { offerJob } from "~/infra/jobs.server";
import { sendsMail } from "~/infra/mail.server";
import { type Limit, reserveCall } from "~/infra/outbound-limit.server";
import { hashesOf } from "~/infra/session.server";
import { letterQueue } from "./send-letters.server";

const HOUR_SECONDS = 3600;

/** Anybody can write anybody's address here, so nobody's inbox gets more than this from all of them together. */
const toAddress = (address: string): Limit => {
  const [hash] = hashesOf(`mail address ${address.toLowerCase()}`);
  return { key: `mail:${hash?.toString("base64url")}`, perMinute: 1 / 60, burst: 3 };
};
const fromPerson = (userId: string): Limit => ({ key: `mail:${userId}`, perMinute: 1 / 15, burst: 5 });

/**
 * Has a letter with a link sent to an address that the viewer gives; it is theirs once that link was used. Takes the place
 * of another address that they had. The same one again: another letter, whose link is the only one that is good; none
 * when it is confirmed already. Throws RATE_LIMITED, per person and per address. Does nothing where no e-mail is sent.
 */
export async function giveAddress({ userId, accountId }: Viewer, address: string): Promise<void> {
  if (!sendsMail) return;
  const at = now();
  for (const limit of [fromPerson(userId), toAddress(address)]) {
    const isTaken = (await reserveCall(limit, 0)) !== null;
    if (!isTaken) throw new DomainError("RATE_LIMITED", { waitSeconds: HOUR_SECONDS });
  }
  const waiting = {
    confirmUntil: new Date(at.getTime() + retention.confirmHours * HOUR_SECONDS * 1000),
    unreachableAt: null,
  };
  await db.transaction(async (tx) => {
    // Whoever deletes their data meanwhile has no address afterwards.
    const held = await tx
      .select({ id: tiktokAccounts.id })
      .from(tiktokAccounts)
      .where(eq(tiktokAccounts.id, accountId))
      .for("key share");
    if (held.length === 0) return;
    await tx.delete(mailAddresses).where(and(eq(mailAddresses.userId, userId), ne(mailAddresses.address, address)));
    const [asked] = await tx
      .insert(mailAddresses)
      .values({ id: newId(), userId, address, givenAt: at, ...waiting })
      .onConflictDoUpdate({ target: mailAddresses.userId, set: waiting, setWhere: isNull(mailAddresses.confirmedAt) })
      .returning({ addressId: mailAddresses.id });
    if (!asked) return;
    const { addressId } = asked;
    const ofAddress = and(eq(letters.addressId, addressId), eq(letters.kind, "confirmation"));
    await tx.delete(letters).where(and(ofAddress, eq(letters.state, "queued")));
    await tx.insert(letters).values({ id: newId(), addressId, kind: "confirmation", dueAt: at, createdAt: at });
    await offerJob(tx, letterQueue, {});
    const actor = { kind: "user", id: userId } as const;
    await audit(tx, { at, actor, action: "mail_address.given", target: { kind: "user", id: userId } });
  });
}
