import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { holdClock, runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** A page asks the database as often for 240 cards as for 24: no statement is sent once a card. */
const { tiktok, people, verbs, stop } = await startProduct();
const { showChallengePage } = await import("~/features/results/show-challenge-page.server");
const { showLeaderboard } = await import("~/features/results/show-leaderboard.server");
const { showReviewDesk } = await import("~/features/moderation/show-review-desk.server");
const { deskPlaceSchema } = await import("~/features/moderation/desk-place");
const { newestEntries } = await import("~/features/submissions/gallery");
const { copyEntry } = await import("#tests/support/copy-entry");
const { countStatements } = await import("./count-statements");

let admin: Person;
let slug: string;
let approved: string;
let waiting: string;
let at: Date;
afterAll(async () => {
  runClock(0);
  await stop();
});

beforeAll(async () => {
  admin = await people.signIn(ADMIN);
  await tiktok.addAccount({ openId: "maker", displayName: "Maker", videos: [{ caption: "one" }, { caption: "two" }] });
  const maker = await people.signIn("maker");
  slug = await openChallenge(verbs, admin.viewer);
  const submit = async ({ id: reference }: { id: string }) =>
    (await verbs.submitVideo({ slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() }, maker.viewer))
      .submissionId;
  [approved = "", waiting = ""] = await Promise.all((await tiktok.videos("maker")).map(submit));
  const verdict = { intent: "approve", submissionId: approved, seenVersion: 1 } as const;
  await verbs.decideSubmission(verdict, admin.viewer, randomUUID());
  at = new Date(Date.now() + 60_000);
  holdClock(at);
});

const pages = {
  "challenge page": () => showChallengePage(slug, { view: newestEntries, at }),
  leaderboard: () => showLeaderboard(slug, { page: 1, at }),
  desk: () =>
    showReviewDesk(slug, {
      place: deskPlaceSchema.parse({}),
      selectAll: false,
      decided: null,
      at,
      viewer: admin.viewer,
    }),
};

test("no page asks once a card", async () => {
  const count = async (show: () => Promise<unknown>) => {
    const counts: number[] = [];
    // A connection that is opened meanwhile asks for the types that the database knows.
    for (let turn = 0; turn < 3; turn += 1) counts.push(await countStatements(show));
    return Math.min(...counts);
  };
  const countAll = async () => {
    const counts: Record<string, number> = {};
    for (const [name, show] of Object.entries(pages)) counts[name] = await count(show);
    return counts;
  };
  await copyEntry(approved, 23);
  await copyEntry(waiting, 23);
  const few = await countAll();
  await copyEntry(approved, 216);
  await copyEntry(waiting, 216);
  expect((await pages["challenge page"]())?.counts.approved).toBe(240);
  for (const [name, statements] of Object.entries(await countAll())) {
    // The board's last page lists the disqualified too, and with 240 entries its first is not the last.
    expect(statements, name).toBeLessThanOrEqual(few[name] ?? 0);
    expect(statements, name).toBeGreaterThan(0);
  }
});
