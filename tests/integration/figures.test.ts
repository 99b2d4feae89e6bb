import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { holdClock, runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** The review in figures: outcomes that took effect, how long they took, and what did not stand. */
const { tiktok, sql, people, verbs, stop } = await startProduct();
const { showFigures } = await import("~/features/moderation/show-figures.server");
afterAll(async () => {
  runClock(0);
  await stop();
});

const HOUR = 3600_000;
const WINDOW = 10_000;
let clock = Date.parse("2026-06-15T10:00:00Z");
const wait = (ms: number) => {
  clock += ms;
  holdClock(new Date(clock));
};
let mara: Person;
let theo: Person;
let slug: string;
const ids: string[] = [];

const decide = (intent: "approve" | "reject", entry: number, by: Person) => {
  const seen = { submissionId: ids[entry] ?? "", seenVersion: 1 };
  const verdict =
    intent === "approve" ? { intent, ...seen } : { intent, ...seen, reason: "OFF_BRIEF" as const, message: undefined };
  return verbs.decideSubmission(verdict, by.viewer, randomUUID());
};

beforeAll(async () => {
  const admin = await people.signIn(ADMIN);
  const videos = Array.from({ length: 7 }, (_, n) => ({ agoMs: (n + 1) * 60_000 }));
  await tiktok.addAccount({ openId: "maker", displayName: "Maker", videos });
  for (const openId of ["mara", "theo"]) await tiktok.addAccount({ openId, displayName: openId });
  const maker = await people.signIn("maker");
  mara = await people.signIn("mara", { role: "moderator" });
  theo = await people.signIn("theo", { role: "moderator" });
  slug = await openChallenge(verbs, admin.viewer);
  clock = Date.now();
  wait(0);
  for (const { id } of await tiktok.videos("maker")) {
    const request = { slug, reference: id, acceptedRulesVersion: 1, attemptId: randomUUID() };
    ids.push((await verbs.submitVideo(request, maker.viewer)).submissionId);
  }
  // After 1, 2, 3 and 9 hours; one is taken back, one appealed with success, and the last can still be undone.
  wait(HOUR);
  await decide("approve", 0, mara);
  wait(HOUR);
  await decide("approve", 1, mara);
  await decide("reject", 2, theo);
  await decide("approve", 3, theo);
  await verbs.undoDecision({ submissionId: ids[3] ?? "", seenVersion: 2 }, theo.viewer, randomUUID());
  wait(HOUR);
  await decide("approve", 4, mara);
  wait(6 * HOUR);
  await decide("reject", 5, mara);
  await verbs.openAppeal({ submissionId: ids[2] ?? "", statement: "Look again." }, maker.viewer);
  const uphold = { intent: "uphold", submissionId: ids[2] ?? "", seenVersion: 2, answer: "We looked." } as const;
  await verbs.judgeAppeal(uphold, mara.viewer, randomUUID());
  wait(WINDOW);
  await decide("reject", 6, theo);
});

test("they count what took effect, for each moderator and challenge, and all together", async () => {
  const figures = await showFigures({ days: 7, challenge: slug }, new Date(clock));
  expect(figures.moderators).toMatchObject([
    { name: "mara", decided: 5, approved: 4, rejected: 1, undone: 0, overturned: 0, median: 2.5 * 3600 },
    { name: "theo", decided: 1, approved: 0, rejected: 1, undone: 1, overturned: 1, median: 2 * 3600 },
  ]);
  expect(figures.challenges).toMatchObject([{ slug, decided: 6, median: 2 * 3600 }]);
  // Of 1, 2, 2, 3 and 9 hours.
  expect(figures.total).toMatchObject({ decided: 6, approved: 4, rejected: 2, undone: 1, overturned: 1 });
  expect(figures.total.p90).toBeCloseTo(6.6 * 3600);
  expect(figures.days).toHaveLength(7);
  expect(figures.days.reduce((sum, { decided }) => sum + decided, 0)).toBe(6);
});

test("they are of one challenge and one period", async () => {
  const elsewhere = await showFigures({ days: 7, challenge: "another-one" }, new Date(clock));
  expect(elsewhere).toMatchObject({ total: { decided: 0, median: null }, moderators: [], challenges: [] });
  const later = await showFigures({ days: 7, challenge: slug }, new Date(clock + 8 * 24 * HOUR));
  expect(later.total).toMatchObject({ decided: 0, undone: 0 });
});

test("they are read by the index of the period", async () => {
  const lines = await sql.begin(async (tx) => {
    await tx`set local enable_seqscan = off`;
    return tx<{ "QUERY PLAN": string }[]>`explain select id from decisions
      where actor_kind = 'moderator' and undo_of is null and decided_at >= ${new Date(clock - HOUR)}`;
  });
  expect(lines.map((line) => line["QUERY PLAN"]).join("\n")).toContain("decisions_figures");
});
