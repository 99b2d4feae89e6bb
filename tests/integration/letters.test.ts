import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { MailFaultSpec } from "#tests/simulators/smtp/fault-plan";
import { holdClock, runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";
import { startGated } from "./start-gated";
import { watchSyncs } from "./watch-syncs";

/** Letters: to whom they go, that each comes once whatever the mail server or a process does, and what ends them. */
const { tiktok, smtp, sql, people, verbs, environment, stop } = await startProduct({ jobs: "send" });
const { nextDigestAt } = await import("~/features/notifications/mail-address");
const { tellCreators } = await import("~/features/notifications/tell-creators.server");
const { sendLetters } = await import("~/features/notifications/send-letters.server");
const { giveAddress } = await import("~/features/notifications/give-address.server");
const { confirmAddress } = await import("~/features/notifications/confirm-address.server");
const { chooseMail } = await import("~/features/notifications/choose-mail.server");
const { findMailAddress } = await import("~/features/notifications/find-mail-address.server");
const { removeAddress } = await import("~/features/notifications/remove-address.server");
const { unsubscribe } = await import("~/features/notifications/unsubscribe.server");
const { removeExpired } = await import("~/features/operations/remove-expired.server");
const { registry } = await import("~/infra/metrics.server");
const { until } = watchSyncs(sql, tiktok);
// Begun here, so that they are ready when their tests come.
const killed = startGated("children/send-letters.ts", environment);
const other = startGated("children/send-letters.ts", environment);

const MINUTE = 60_000;
const VIDEOS = 2;
// An hour ago, so that what is due by the test's clock is due for another process too, which goes by the real one.
const MADE_AT = Date.now() - 60 * MINUTE;
/** The clock of the test stands at this many ms after the entries were made. */
let time = 0;
const clockAt = (ms: number) => {
  time = ms;
  holdClock(new Date(MADE_AT + ms));
};

let moderator: Person;
let creator: Person;
let slug: string;
let number = 0;
let address: string;
let entries: string[];

beforeAll(async () => {
  clockAt(0);
  const admin = await people.signIn(ADMIN);
  await tiktok.addAccount({ openId: "judge", displayName: "Judge" });
  moderator = await people.signIn("judge", { role: "moderator" });
  slug = await openChallenge(verbs, admin.viewer);
});
afterAll(async () => {
  runClock(0);
  for (const { child } of [killed, other]) child.kill("SIGKILL");
  await stop();
});

beforeEach(async () => {
  clockAt(0);
  number += 1;
  const openId = `reader-${number}`;
  address = `${openId}@example.org`;
  const videos = Array.from({ length: VIDEOS }, (_, n) => ({ createMs: MADE_AT - (n + 1) * MINUTE }));
  await tiktok.addAccount({ openId, displayName: "Reader", videos });
  creator = await people.signIn(openId);
  entries = [];
  for (const { id } of await tiktok.videos(openId)) {
    const request = { slug, reference: id, acceptedRulesVersion: 1, attemptId: randomUUID() };
    entries.push((await verbs.submitVideo(request, creator.viewer)).submissionId);
  }
});
afterEach(() => smtp.clear());

/** Approves, and tells once it counts. */
async function tellOfApproval(index: number): Promise<void> {
  const verdict = { intent: "approve", submissionId: entries[index] ?? "", seenVersion: 1 } as const;
  await verbs.decideSubmission(verdict, moderator.viewer, randomUUID());
  clockAt(time + 10_000);
  await tellCreators();
}
const give = (to = address) => giveAddress(creator.viewer, to);
const inbox = () => smtp.letters().filter(({ to }) => to === address);
const tokenIn = (text = "") => /token=(\S+)/.exec(text)?.[1] ?? "";
const confirmToken = async () => {
  await sendLetters();
  return tokenIn(inbox().at(-1)?.text);
};
async function haveAddress(): Promise<void> {
  await give();
  expect(await confirmAddress(await confirmToken())).toBe(true);
  smtp.clear();
}
const own = async () => (await findMailAddress(creator.viewer)).own;
const states = async () => {
  const rows = await sql<{ state: string }[]>`
    select l.state from letters l join mail_addresses a on a.id = l.address_id
    where a.user_id = ${creator.viewer.userId} and l.kind <> 'confirmation' order by l.id`;
  return rows.map(({ state }) => state);
};

test("letters come from when the link of the first one was used, which is good once; each in full", async () => {
  await give();
  const stale = await confirmToken();
  clockAt(1_000);
  await give();
  const token = await confirmToken();
  expect(await confirmAddress(stale), "a newer one was sent").toBe(false);
  await tellOfApproval(0);
  await sendLetters();
  expect(inbox().map(({ subject }) => subject)).toEqual(Array(2).fill("Confirm your e-mail address for TrendPot"));
  const forged = token.slice(0, -4).concat(token.endsWith("AAAA") ? "BBBB" : "AAAA");
  expect(await unsubscribe(token), "it does nothing else").toBe(false);
  for (const [given, isGood] of [
    [forged, false],
    [token, true],
    [token, false],
  ] as const) {
    expect(await confirmAddress(given)).toBe(isGood);
  }
  await tellOfApproval(1);
  await sendLetters();
  await sendLetters();
  const [letter, ...more] = inbox().slice(2);
  expect(more).toEqual([]);
  const [row] = await sql`select letter_id from notifications where letter_id is not null
    and user_id = ${creator.viewer.userId}`;
  expect(letter).toMatchObject({
    messageId: `<${row?.letter_id}@127.0.0.1>`,
    from: "no-reply@127.0.0.1",
    subject: expect.stringMatching(/^Your entry was approved: /),
    text: expect.stringContaining(`${environment.APP_ORIGIN}/entries/${entries[1]}`),
    headers: {
      "auto-submitted": "auto-generated",
      "list-unsubscribe": `<${environment.APP_ORIGIN}/email/unsubscribe?token=${tokenIn(letter?.text)}>`,
      "list-unsubscribe-post": "List-Unsubscribe=One-Click",
    },
  });
  expect(inbox()[0]?.headers).not.toHaveProperty("list-unsubscribe");
  expect(await confirmAddress(tokenIn(letter?.text)), "it does nothing else").toBe(false);
});

describe("the mail server", () => {
  test.each<[string, MailFaultSpec]>([
    ["does not let anybody in", { stage: "CONNECT", kind: "drop", times: 1 }],
    ["knows us no more", { stage: "AUTH", kind: "refuse", reply: "535 5.7.8 No", times: 1 }],
    ["does not take our sender", { stage: "MAIL", kind: "refuse", reply: "550 5.1.8 No", times: 1 }],
    ["lets nobody relay", { stage: "RCPT", kind: "refuse", reply: "550 5.7.1 No", times: 1 }],
    ["puts the recipient off", { stage: "RCPT", kind: "refuse", reply: "451 4.7.1 Greylisted", times: 1 }],
    ["cuts the line before it has the letter", { stage: "LETTER", kind: "drop", times: 1 }],
    ["has the letter and cannot say so", { stage: "LETTER", kind: "lose_answer", times: 1 }],
  ])("%s: the letter comes a minute later, once", async (_what, spec) => {
    await haveAddress();
    await tellOfApproval(0);
    const fault = smtp.setFault(spec);
    await sendLetters();
    expect(fault.fired).toBe(1);
    const isThere = spec.kind === "lose_answer" ? 1 : 0;
    expect(smtp.taken()).toHaveLength(isThere);
    await sendLetters();
    expect(smtp.taken(), "not before its time").toHaveLength(isThere);
    clockAt(10_000 + MINUTE);
    await sendLetters();
    await sendLetters();
    expect(inbox()).toHaveLength(1);
    expect(smtp.taken()).toHaveLength(1 + isThere);
    expect(await states()).toEqual(["sent"]);
    expect(await own()).toMatchObject({ state: "confirmed" });
  });

  test("knows the address no more: nothing else goes there, and the person sees it and can have it tried again", async () => {
    await haveAddress();
    await tellOfApproval(0);
    const refusal = `550 5.1.1 <${address}> is nobody here`;
    smtp.setFault({ stage: "RCPT", kind: "refuse", reply: refusal });
    await sendLetters();
    expect(await own()).toMatchObject({ state: "unreachable", address });
    await tellOfApproval(1);
    smtp.clearFaults();
    clockAt(10 * 24 * 60 * MINUTE);
    await sendLetters();
    expect(smtp.taken()).toEqual([]);
    const failed = await sql`select state, failure from letters where state = 'failed'`;
    expect(failed, "without the address").toEqual([{ state: "failed", failure: "550 RCPT TO" }]);
    expect(await registry.getSingleMetricAsString("trendpot_letters_total")).toContain('{outcome="refused"} 1');
    await haveAddress();
    expect(await own()).toMatchObject({ state: "confirmed" });
    await sql`delete from letters where state = 'failed'`;
  });

  test("is away for days: a letter is tried ten times and given up, and the address is not to blame", async () => {
    await haveAddress();
    await tellOfApproval(0);
    const fault = smtp.setFault({ stage: "CONNECT", kind: "drop" });
    for (let hours = 0; hours < 60; hours += 4) {
      clockAt(time + 4 * 60 * MINUTE);
      await sendLetters();
    }
    expect(fault.fired).toBe(10);
    expect(await states()).toEqual(["failed"]);
    expect(await own()).toMatchObject({ state: "confirmed" });
  });
});

describe("of several processes", () => {
  beforeEach(async () => {
    await haveAddress();
    await tellOfApproval(0);
    await tellOfApproval(1);
  });

  test("one is killed while the server has the letter: it is handed over once more under the same name, the rest once", async () => {
    const fault = smtp.setFault({ stage: "LETTER", kind: "hang", times: 1 });
    await killed.ready();
    killed.go();
    await until(async () => fault.fired === 1);
    killed.child.kill("SIGKILL");
    await killed.ended;
    await sendLetters();
    expect(inbox(), "the lost one is still held").toHaveLength(1);
    expect((await states()).sort()).toEqual(["sending", "sent"]);
    await sql`update letters set lease_until = clock_timestamp() where state = 'sending'`;
    await sendLetters();
    expect(smtp.taken()).toHaveLength(2);
    expect(inbox()).toHaveLength(2);
    expect(await states()).toEqual(["sent", "sent"]);
  });

  test("two send at the same time: each letter once", async () => {
    await other.ready();
    other.go();
    await Promise.all([sendLetters(), other.ended]);
    expect(smtp.taken()).toHaveLength(2);
    expect(inbox()).toHaveLength(2);
  });
});

test("one letter a day holds all of that day, and comes at its hour", async () => {
  await haveAddress();
  await chooseMail(creator.viewer, "daily");
  await tellOfApproval(0);
  await tellOfApproval(1);
  const due = nextDigestAt(new Date(MADE_AT + time)).getTime() - MADE_AT;
  clockAt(due - 1);
  await sendLetters();
  expect(smtp.taken()).toEqual([]);
  clockAt(due);
  await sendLetters();
  await sendLetters();
  const [letter, ...more] = inbox();
  expect(more).toEqual([]);
  expect(letter?.subject).toBe("2 notifications");
  for (const id of entries) expect(letter?.text).toContain(`/entries/${id}`);
});

test("whoever unsubscribes gets nothing more, not even what was waiting; asked again it is the same", async () => {
  await haveAddress();
  await tellOfApproval(0);
  await sendLetters();
  const token = tokenIn(inbox()[0]?.text);
  await tellOfApproval(1);
  for (const _once of [1, 2]) expect(await unsubscribe(token)).toBe(true);
  await sendLetters();
  expect(inbox()).toHaveLength(1);
  expect(await own()).toMatchObject({ state: "confirmed", choice: "none" });
  for (const _once of [1, 2]) await removeAddress(creator.viewer);
  expect(await unsubscribe(token)).toBe(true);
  expect(await own()).toBeNull();
  const { userId } = creator.viewer;
  const lines = await sql`select action, actor_id, reason, before, after from audit_log
    where target_id = ${userId} and action like 'mail_address.%' order by id`;
  const byLink = { actor_id: null, reason: "the link of a letter" };
  expect([...lines], "each act once, and never the address").toEqual([
    { action: "mail_address.given", actor_id: userId, reason: null, before: null, after: null },
    { action: "mail_address.confirmed", ...byLink, before: null, after: null },
    { action: "mail_address.chosen", ...byLink, before: { letters: "each" }, after: { letters: "none" } },
    { action: "mail_address.removed", actor_id: userId, reason: null, before: null, after: null },
  ]);
});

test("nobody's inbox is flooded: three letters an hour from all people together", async () => {
  const victim = `victim-${number}@example.org`;
  await tiktok.addAccount({ openId: "second", displayName: "Second" });
  const second = await people.signIn("second");
  for (const _once of [1, 2]) await give(victim);
  await giveAddress(second.viewer, victim.toUpperCase());
  await expect(giveAddress(second.viewer, victim)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await expect(give(victim)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  for (const n of [1, 2]) await give(`another-${n}@example.org`);
  await expect(give(), "nor does one person try many").rejects.toMatchObject({ code: "RATE_LIMITED" });
});

test("an address that nobody confirms is forgotten, and so is a letter after its time", async () => {
  await haveAddress();
  await tellOfApproval(0);
  await sendLetters();
  await tiktok.addAccount({ openId: "idle", displayName: "Idle" });
  await giveAddress((await people.signIn("idle")).viewer, "idle@example.org");
  const left = async () => {
    const [count] =
      await sql`select (select count(*)::int from mail_addresses where address = 'idle@example.org') as idle,
      (select count(*)::int from letters l join mail_addresses a on a.id = l.address_id
        where a.user_id = ${creator.viewer.userId} and l.state = 'sent') as sent`;
    return count;
  };
  clockAt(23 * 60 * MINUTE);
  await removeExpired();
  expect(await left()).toEqual({ idle: 1, sent: 2 });
  clockAt(25 * 60 * MINUTE);
  await removeExpired();
  expect(await left()).toEqual({ idle: 0, sent: 2 });
  clockAt(31 * 24 * 60 * MINUTE);
  await removeExpired();
  expect(await left()).toEqual({ idle: 0, sent: 0 });
});
