import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** From a visitor's report to the desk, and what is kept of either. */
const { tiktok, sql, people, verbs, stop } = await startProduct();
const { reportEntry } = await import("~/features/moderation/report-entry.server");
const { listReportedEntries } = await import("~/features/moderation/list-reported-entries.server");
const { listReviewQueue } = await import("~/features/moderation/list-review-queue.server");
const { dismissReports } = await import("~/features/moderation/dismiss-reports.server");
const { removeExpired } = await import("~/features/operations/remove-expired.server");
const { DomainError } = await import("~/features/domain-error");
afterAll(async () => {
  runClock(0);
  await stop();
});

const DAY = 86_400_000;
const spam = { reason: "SPAM_OR_AD", words: "" } as const;
let slug: string;
let creator: Person;
let moderator: Person;
const entries: string[] = [];
const [shown, pending] = [() => entries[0] ?? "", () => entries[1] ?? ""];
const rows = () => sql`select reason_code, words, reporter_hash from reports order by id`;

beforeAll(async () => {
  const admin = await people.signIn(ADMIN);
  moderator = await people.signIn("staff-mara", { role: "moderator" });
  await tiktok.addAccount({ openId: "maker", displayName: "Maker", videos: 2 });
  creator = await people.signIn("maker", { role: "moderator" });
  slug = await openChallenge(verbs, admin.viewer);
  for (const { id: reference } of await tiktok.videos("maker")) {
    const entry = { slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
    entries.push((await verbs.submitVideo(entry, creator.viewer)).submissionId);
  }
  const verdict = { intent: "approve", submissionId: shown(), seenVersion: 1 } as const;
  await verbs.decideSubmission(verdict, moderator.viewer, randomUUID());
  runClock(11_000);
});

test("a visitor counts once on an entry, whatever they send from wherever in their network", async () => {
  expect(await reportEntry(shown(), spam, "2001:db8:1:2::1")).toBe(true);
  expect(await reportEntry(shown(), { reason: "OTHER", words: "Again" }, "2001:db8:1:2:ffff::9")).toBe(true);
  expect(await reportEntry(shown(), { reason: "OTHER", words: "Look\u0007 at \u202ethis" }, "192.0.2.1")).toBe(true);
  expect(await rows()).toMatchObject([
    { reason_code: "SPAM_OR_AD", words: null },
    { reason_code: "OTHER", words: "Look at this" },
  ]);
  const all = JSON.stringify(await sql`select * from reports`);
  expect(all).not.toMatch(/2001|192\.0/);
});

test("what nobody can see cannot be reported, and costs a visitor nothing", async () => {
  for (let n = 0; n < 9; n += 1) expect(await reportEntry(pending(), spam, "192.0.2.7")).toBe(false);
  expect(await reportEntry(randomUUID(), spam, "192.0.2.7")).toBe(false);
  expect(await rows()).toHaveLength(2);
});

test("after five at once a network waits, and is told how long; others do not", async () => {
  for (let n = 0; n < 5; n += 1) await reportEntry(shown(), spam, "198.51.100.1");
  const refused = await reportEntry(shown(), spam, "::ffff:198.51.100.1").catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DomainError);
  expect(refused).toMatchObject({ code: "RATE_LIMITED", status: 429, details: { waitSeconds: 120 } });
  expect(await reportEntry(shown(), spam, "198.51.100.2")).toBe(true);
});

test("moderators see what is open, and dismiss what they have seen, once and never their own", async () => {
  const [entry] = await listReportedEntries(moderator.viewer);
  expect(entry).toMatchObject({
    submissionId: shown(),
    own: false,
    count: 4,
    reasons: [
      { words: "Spam or advertising", count: 3 },
      { words: "Another reason", count: 1 },
    ],
    remarks: [{ text: "Look at this" }],
  });
  const queued = async () => (await listReviewQueue(new Date())).find((row) => row.slug === slug)?.reported;
  expect(await queued()).toBe(1);
  const { submissionId, lastReportId } = entry ?? { submissionId: "", lastReportId: "" };
  const dismiss = (by: Person) => dismissReports({ submissionId, lastReportId }, by.viewer, "request-1");
  await expect(dismiss(creator)).rejects.toMatchObject({ code: "OWN_ENTRY" });
  await reportEntry(shown(), spam, "203.0.113.5");
  await dismiss(moderator);
  await dismiss(moderator);
  expect(await listReportedEntries(creator.viewer)).toMatchObject([{ count: 1, own: true }]);
  expect(await queued()).toBe(1);
  const lines = await sql`select target_id, after, request_id from audit_log where action = 'reports.dismissed'`;
  expect(lines).toEqual([{ target_id: shown(), after: { reports: 4 }, request_id: "request-1" }]);
});

test("who reported is forgotten after a day, and what was dismissed goes after ninety", async () => {
  const left = async () => {
    const [row] = await sql`select count(*)::int as reports, count(reporter_hash)::int as reporters from reports`;
    return row;
  };
  runClock(0.9 * DAY);
  await removeExpired();
  expect(await left()).toEqual({ reports: 5, reporters: 5 });
  runClock(1.1 * DAY);
  await removeExpired();
  expect(await left()).toEqual({ reports: 5, reporters: 0 });
  expect(await reportEntry(shown(), { reason: "OTHER", words: "The maker again" }, "192.0.2.1")).toBe(true);
  runClock(89 * DAY);
  await removeExpired();
  expect(await left()).toEqual({ reports: 6, reporters: 0 });
  runClock(91 * DAY);
  await removeExpired();
  expect(await left(), "what is open is kept").toEqual({ reports: 2, reporters: 0 });
});
