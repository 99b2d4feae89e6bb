import { and, asc, eq, lte, or, sql } from "drizzle-orm";
import { letters, mailAddresses } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import type { JobQueue } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { MAIL_TIMEOUT_MS, sendMail, sendsMail } from "~/infra/mail.server";
import { MailFault } from "~/infra/mail-fault";
import { countLetter } from "~/infra/metrics.server";
import { composeLetter } from "./compose-letter.server";

/** Longer than a letter can take, so that nobody takes it up while it is still being handed over. */
const LEASE_SECONDS = (2 * MAIL_TIMEOUT_MS) / 1000;
/** One run; what is left comes with the next minute. */
const RUN_MS = 200_000;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 4 * 3600_000;
/** With the waits between them: about a day. */
const MOST_ATTEMPTS = 10;

/** Sent with what there is to send, and every minute for digests and for what was not taken before. */
export const letterQueue: JobQueue<object> = {
  name: "send-letters",
  schedule: "* * * * *",
  concurrency: 1,
  retryLimit: 0,
  expireInSeconds: 300,
  onePerKey: false,
  handle: ({ signal }) => sendLetters(signal),
  onDead: async () => log.error("letters could not be sent; the next minute tries again"),
  // The next minute sends whatever is due anyway.
  revive: () => Promise.resolve(),
};

type Taken = Pick<typeof letters.$inferSelect, "id" | "addressId" | "kind" | "attempts">;

/**
 * Hands every letter that is due over to the mail server, each by one process alone and marked before and after. A letter
 * of which it is not known whether the server took it (the line or the process was cut before its answer was kept) is
 * handed over again under the same Message-ID, by which servers and mail programs know a repeat: none is lost. What is
 * refused for good says so at the address.
 */
export async function sendLetters(stop?: AbortSignal): Promise<void> {
  if (!sendsMail) return;
  const began = performance.now();
  while (!stop?.aborted && performance.now() - began < RUN_MS) {
    const letter = await takeLetter(now());
    if (!letter) return;
    const isServerThere = await deliver(letter);
    // The others would fare no better; each tries its own in its turn.
    if (!isServerThere) return;
  }
}

/** The one that is due longest, or whose process was lost; null when there is none. */
async function takeLetter(at: Date): Promise<Taken | null> {
  const free = or(eq(letters.state, "queued"), lte(letters.leaseUntil, sql`clock_timestamp()`));
  return db.transaction(async (tx) => {
    const [due] = await tx
      .select({ id: letters.id, addressId: letters.addressId, kind: letters.kind, attempts: letters.attempts })
      .from(letters)
      .where(and(lte(letters.dueAt, at), free, sql`${letters.state} in ('queued', 'sending')`))
      .orderBy(asc(letters.dueAt))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!due) return null;
    const attempts = due.attempts + 1;
    const leaseUntil = sql`clock_timestamp() + ${LEASE_SECONDS} * interval '1 second'`;
    await tx.update(letters).set({ state: "sending", attempts, leaseUntil }).where(eq(letters.id, due.id));
    return { ...due, attempts };
  });
}

/** Returns whether the way to the server is good. */
async function deliver(letter: Taken): Promise<boolean> {
  if (letter.attempts > MOST_ATTEMPTS) {
    // Every process that took it up was lost with it.
    await putAside(letter, new MailFault("LOST", "server", false));
    return true;
  }
  const mail = await composeLetter(letter, now());
  if (!mail) {
    await db.delete(letters).where(isStill(letter));
    return true;
  }
  try {
    await sendMail(mail);
  } catch (error) {
    if (!(error instanceof MailFault)) throw error;
    await putAside(letter, error);
    return error.about === "address";
  }
  await db.update(letters).set({ state: "sent", leaseUntil: null, endedAt: now() }).where(isStill(letter));
  countLetter("sent");
  return true;
}

/** For a later try, or for good: then the address is out of reach, unless it was the way there. */
async function putAside(letter: Taken, { reason, about, permanent }: MailFault): Promise<void> {
  const at = now();
  const { id, addressId, attempts } = letter;
  const isOver = permanent || attempts >= MOST_ATTEMPTS;
  const outcome = permanent ? "refused" : isOver ? "given_up" : "deferred";
  countLetter(outcome);
  log.warn({ letterId: id, attempts, reason, outcome }, "a letter was not taken");
  if (!isOver) {
    const waitMs = Math.min(FIRST_WAIT_MS * 4 ** (attempts - 1), LONGEST_WAIT_MS);
    const dueAt = new Date(at.getTime() + waitMs);
    await db.update(letters).set({ state: "queued", leaseUntil: null, dueAt }).where(isStill(letter));
    return;
  }
  await db.transaction(async (tx) => {
    // The address first, as whoever changes it does.
    const unreachable = { unreachableAt: at, confirmedAt: null, confirmUntil: null };
    if (about === "address") {
      await tx.update(mailAddresses).set(unreachable).where(eq(mailAddresses.id, addressId));
      await tx.delete(letters).where(and(eq(letters.addressId, addressId), eq(letters.state, "queued")));
    }
    await tx
      .update(letters)
      .set({ state: "failed", leaseUntil: null, endedAt: at, failure: reason })
      .where(isStill(letter));
  });
}

/** This attempt's still: not taken up by another process, not called off. */
const isStill = ({ id, attempts }: Taken) =>
  and(eq(letters.id, id), eq(letters.attempts, attempts), eq(letters.state, "sending"));
