import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { holdClock, runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";
import { startGated } from "./start-gated";
import { watchSyncs } from "./watch-syncs";

/** Product invariant 4: no effect leaves before its undo window is over, none is lost, none leaves twice. */
const { tiktok, sql, people, verbs, environment, stop } = await startProduct({
  jobs: "send",
  // Letters have a test of their own; here is how it is without them.
  settings: { SMTP_URL: "" },
});
const { tellCreators } = await import("~/features/notifications/tell-creators.server");
const { giveAddress } = await import("~/features/notifications/give-address.server");
const { findMailAddress } = await import("~/features/notifications/find-mail-address.server");
const { listNotifications } = await import("~/features/notifications/list-notifications.server");
const { listMyEntries } = await import("~/features/submissions/list-my-entries.server");
const { now } = await import("~/infra/clock.server");
const { erasePerson } = await import("~/features/personal-data/erase-person.server");
const { until } = watchSyncs(sql, tiktok);
// Begun here, so that they are ready when their tests come.
const killed = startGated("children/tell-creators.ts", environment);
const other = startGated("children/tell-creators.ts", environment);
afterEach(() => runClock(0));
afterAll(async () => {
  for (const { child } of [killed, other]) child.kill("SIGKILL");
  await stop();
});

const WINDOW_MS = 10_000;
const VIDEOS = 4;
const MADE_AT = Date.now();
/** The clock of the test stands at this many ms after the decisions. */
const clockAt = (ms: number) => holdClock(new Date(MADE_AT + ms));

let moderator: Person;
let second: Person;
let creator: Person;
let slug: string;
let number = 0;
let entries: string[];

beforeAll(async () => {
  const admin = await people.signIn(ADMIN);
  await tiktok.addAccount({ openId: "judge", displayName: "Judge" });
  moderator = await people.signIn("judge", { role: "moderator" });
  await tiktok.addAccount({ openId: "second-judge", displayName: "Second" });
  second = await people.signIn("second-judge", { role: "moderator" });
  slug = await openChallenge(verbs, admin.viewer);
});

beforeEach(async () => {
  number += 1;
  const openId = `maker-${number}`;
  const videos = Array.from({ length: VIDEOS }, (_, n) => ({ agoMs: (n + 1) * 60_000 }));
  await tiktok.addAccount({ openId, displayName: "Maker", videos });
  creator = await people.signIn(openId);
  entries = [];
  for (const { id } of await tiktok.videos(openId)) {
    const request = { slug, reference: id, acceptedRulesVersion: 1, attemptId: randomUUID() };
    entries.push((await verbs.submitVideo(request, creator.viewer)).submissionId);
  }
  clockAt(0);
});

const entry = (index: number) => entries[index] ?? "";
const approve = (index: number) =>
  verbs.decideSubmission(
    { intent: "approve", submissionId: entry(index), seenVersion: 1 },
    moderator.viewer,
    randomUUID(),
  );
const undo = (index: number) =>
  verbs.undoDecision({ submissionId: entry(index), seenVersion: 2 }, moderator.viewer, randomUUID());

/** Entries whose creator was told something, a line for each time. */
async function told(): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select submission_id || ' ' || kind as line from notifications
    where user_id = ${creator.viewer.userId} order by id`;
  return rows.map(({ line }) => line);
}
const allTold = () => entries.map((id) => `${id} approved`).sort();
const outbox = () => sql`select decision_id from decision_effects`;

test("a decision is told of once, when its window is over and not before", async () => {
  const reason = { reason: "OFF_BRIEF", message: undefined } as const;
  const verdict = { intent: "reject", submissionId: entry(0), seenVersion: 1, ...reason } as const;
  await verbs.decideSubmission(verdict, moderator.viewer, randomUUID());
  clockAt(WINDOW_MS - 1);
  await tellCreators();
  expect(await told()).toEqual([]);
  clockAt(WINDOW_MS);
  await tellCreators();
  await tellCreators();
  expect(await told()).toEqual([`${entry(0)} rejected`]);
  expect(await outbox()).toHaveLength(0);
});

test("what was undone, flagged or withdrawn is never told of", async () => {
  await approve(0);
  await undo(0);
  await verbs.decideSubmission(
    { intent: "flag", submissionId: entry(1), seenVersion: 1 },
    moderator.viewer,
    randomUUID(),
  );
  await verbs.withdrawSubmission(entry(2), creator.viewer);
  clockAt(WINDOW_MS);
  await tellCreators();
  expect(await told()).toEqual([]);
  expect(await outbox()).toHaveLength(0);
});

describe("a second decision inside the window of the first", () => {
  const why = { reason: "OFF_BRIEF", message: undefined } as const;
  const disqualify = () =>
    verbs.decideSubmission(
      { intent: "disqualify", submissionId: entry(0), seenVersion: 2, ...why },
      moderator.viewer,
      randomUUID(),
    );
  const seen = async (ms: number) =>
    (await listMyEntries(creator.viewer.userId, { at: new Date(MADE_AT + ms), before: null })).entries.find(
      ({ submissionId }) => submissionId === entry(0),
    );
  beforeEach(async () => {
    await approve(0);
    clockAt(5_000);
    await disqualify();
  });

  test("is the only one that is ever seen or told of", async () => {
    clockAt(WINDOW_MS);
    await tellCreators();
    expect(await told(), "the first may still turn out to count").toEqual([]);
    expect((await seen(WINDOW_MS))?.state).toBe("pending");
    clockAt(WINDOW_MS + 5_000);
    await tellCreators();
    expect(await told()).toEqual([`${entry(0)} disqualified`]);
    expect(await outbox()).toHaveLength(0);
  });

  test("is undone: the first counts when its own window is over and not before, and is told of then", async () => {
    clockAt(7_000);
    await verbs.undoDecision({ submissionId: entry(0), seenVersion: 3 }, moderator.viewer, randomUUID());
    expect((await seen(WINDOW_MS - 1))?.state).toBe("pending");
    expect((await seen(WINDOW_MS))?.state).toBe("approved");
    clockAt(WINDOW_MS - 1);
    await tellCreators();
    expect(await told()).toEqual([]);
    clockAt(WINDOW_MS);
    await tellCreators();
    expect(await told()).toEqual([`${entry(0)} approved`]);
  });

  test("takes no button away from its creator, who withdraws what they see and is told of neither", async () => {
    expect(await seen(7_000)).toMatchObject({ state: "pending", mayWithdraw: true });
    clockAt(7_000);
    await verbs.withdrawSubmission(entry(0), creator.viewer);
    expect(await seen(7_000)).toMatchObject({ state: "withdrawn", mayWithdraw: false });
    clockAt(2 * WINDOW_MS);
    await tellCreators();
    expect(await told()).toEqual([]);
    expect(await outbox()).toHaveLength(0);
  });
});

test("a dismissed appeal is told of once it counts, with its reason and the answer; an undone dismissal never", async () => {
  const reason = { reason: "OFF_BRIEF", message: undefined } as const;
  await verbs.decideSubmission(
    { intent: "reject", submissionId: entry(0), seenVersion: 1, ...reason },
    moderator.viewer,
    randomUUID(),
  );
  clockAt(WINDOW_MS);
  await tellCreators();
  await verbs.openAppeal({ submissionId: entry(0), statement: "Look again" }, creator.viewer);
  const seen = { submissionId: entry(0), seenVersion: 2 };
  const dismiss = (answer: string) =>
    verbs.judgeAppeal({ intent: "dismiss", ...seen, answer }, second.viewer, randomUUID());
  await dismiss("Not like this.");
  await verbs.undoJudgement(seen, second.viewer, randomUUID());
  await dismiss("The place is not shown.");
  clockAt(2 * WINDOW_MS - 1);
  await tellCreators();
  const list = async () => (await listNotifications(creator.viewer.userId, { at: now(), before: null })).notifications;
  expect(await list()).toHaveLength(1);
  clockAt(2 * WINDOW_MS);
  await Promise.all([tellCreators(), tellCreators()]);
  await tellCreators();
  const [latest, ...earlier] = await list();
  expect(latest).toMatchObject({
    kind: "appeal_dismissed",
    at: new Date(MADE_AT + 2 * WINDOW_MS).toISOString(),
    reason: "OFF_BRIEF",
    message: "The place is not shown.",
  });
  expect(earlier).toMatchObject([{ kind: "rejected" }]);
  clockAt(2 * WINDOW_MS - 1);
  await expect(
    verbs.undoJudgement(seen, second.viewer, randomUUID()),
    "by a process whose clock is behind",
  ).rejects.toMatchObject({ code: "UNDO_TOO_LATE" });
});

test("once it is told of it cannot be undone, by a process whose clock is behind either", async () => {
  await approve(0);
  clockAt(WINDOW_MS);
  await tellCreators();
  clockAt(WINDOW_MS - 1);
  await expect(undo(0)).rejects.toMatchObject({ code: "UNDO_TOO_LATE" });
  const [made] = await sql`select * from decisions where submission_id = ${entry(0)} and sequence = 2`;
  const change = { id: randomUUID(), sequence: 3, seen_version: 2, undo_of: made?.id };
  const raw = { ...made, ...change, from_state: "approved", to_state: "pending" };
  await expect(sql`insert into decisions ${sql(raw)}`).rejects.toMatchObject({ code: "23001" });
  expect(await told()).toEqual([`${entry(0)} approved`]);
});

test("whoever deletes their data inside the window is told nothing, and nothing is kept of what they were told", async () => {
  await approve(0);
  clockAt(WINDOW_MS);
  await tellCreators();
  const reason = { reason: "OFF_BRIEF", message: undefined } as const;
  const verdict = { intent: "reject", submissionId: entry(1), seenVersion: 1, ...reason } as const;
  await verbs.decideSubmission(verdict, moderator.viewer, randomUUID());
  await erasePerson(creator.viewer, randomUUID());
  expect(await told()).toEqual([]);
  clockAt(2 * WINDOW_MS);
  await tellCreators();
  expect(await told()).toEqual([]);
  expect(await outbox()).toHaveLength(0);
});

test("where no e-mail is sent nobody gives an address, and to one from before no letter is queued", async () => {
  const { userId } = creator.viewer;
  await giveAddress(creator.viewer, "new@example.org");
  expect(await findMailAddress(creator.viewer)).toEqual({ sendsMail: false, own: null });
  await sql`insert into mail_addresses (id, user_id, address, given_at, confirmed_at)
    values (gen_random_uuid(), ${userId}, 'old@example.org', now(), now())`;
  await approve(0);
  clockAt(WINDOW_MS);
  await tellCreators();
  expect(await told()).toEqual([`${entry(0)} approved`]);
  expect(await sql`select 1 from letters`).toHaveLength(0);
});

describe("of several processes", () => {
  beforeEach(async () => {
    // By the real clock of the other processes these are over.
    holdClock(new Date(Date.now() - 2 * WINDOW_MS));
    for (const index of entries.keys()) await approve(index);
    runClock(0);
  });

  test("one is killed while it tells: nothing of that counts, and the next tells all of it once", async () => {
    await killed.ready();
    await sql.begin(async (tx) => {
      // It has taken what is due, and cannot write what it tells.
      await tx`lock table notifications in share mode`;
      killed.go();
      await until(async () => {
        const [waiting] = await sql`
          select from pg_locks where relation = 'notifications'::regclass and not granted
            and database = (select oid from pg_database where datname = current_database())`;
        return waiting !== undefined;
      });
      killed.child.kill("SIGKILL");
      await killed.ended;
    });
    await until(async () => {
      await tellCreators();
      return (await outbox()).length === 0;
    });
    expect((await told()).sort()).toEqual(allTold());
  });

  test("two tell at the same time: each decision once", async () => {
    await other.ready();
    other.go();
    await Promise.all([tellCreators(), other.ended]);
    expect((await told()).sort()).toEqual(allTold());
  });
});
