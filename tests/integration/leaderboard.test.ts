import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** Who is ranked, by what, and what other sites read of it. */
const { tiktok, sql, people, verbs, stop } = await startProduct();
const { showLeaderboard } = await import("~/features/results/show-leaderboard.server");
const { answerFeed } = await import("~/features/answer-feed.server");
const { feedLeaderboard } = await import("~/features/results/feed-leaderboard.server");
const { showEntryPage } = await import("~/features/results/show-entry-page.server");
afterAll(stop);

const counts = (views: number, likes = 0, comments = 0, shares = 0) => ({
  view_count: views,
  like_count: likes,
  comment_count: comments,
  share_count: shares,
});
/** By the default recipe: 1, 5, 20 and 25 points for a thousand. */
const videos = [
  counts(1_000),
  counts(0, 200),
  counts(900, 0, 5),
  counts(0, 0, 0, 100),
  counts(40_000),
  counts(70_000),
  counts(500),
];

let slug: string;
let moderator: Person;
let ids: string[];
const entries: string[] = [];
const approve = (submissionId: string) =>
  verbs.decideSubmission({ intent: "approve", submissionId, seenVersion: 1 }, moderator.viewer, randomUUID());

beforeAll(async () => {
  const admin = await people.signIn(ADMIN);
  moderator = await people.signIn("staff-mara", { role: "moderator" });
  const specs = videos.map((one, at) => ({ agoMs: (at + 1) * 3_600_000, counts: one }));
  await tiktok.addAccount({ openId: "ranked", displayName: "Ranked", videos: specs });
  const creator = await people.signIn("ranked");
  ids = (await tiktok.videos("ranked")).map(({ id }) => id);
  slug = await openChallenge(verbs, admin.viewer);
  for (const reference of ids) {
    const entry = { slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
    entries.push((await verbs.submitVideo(entry, creator.viewer)).submissionId);
  }
});

const board = async (page = 1) => showLeaderboard(slug, { page, at: new Date(Date.now() + later) });
let later = 0;
function pass(ms: number) {
  later += ms;
  runClock(later);
}

test("ranks approved entries by points once their approval counts; equal scores share a rank", async () => {
  for (const entry of [...entries.slice(0, 5), ...entries.slice(6)]) await approve(entry);
  expect(await board(), "an approval that can be undone shows nothing").toMatchObject({ standings: [], ranked: 0 });
  pass(11_000);
  await sql`update videos set availability = 'unavailable', missing_since = now()
    where tiktok_video_id = ${ids[4] ?? ""}`;
  const shown = await board();
  expect(shown?.standings.map(({ rank, submissionId, score }) => ({ rank, submissionId, score }))).toEqual([
    { rank: 1, submissionId: entries[3], score: 2_500 },
    { rank: 2, submissionId: entries[0], score: 1_000 },
    { rank: 2, submissionId: entries[1], score: 1_000 },
    { rank: 2, submissionId: entries[2], score: 1_000 },
    { rank: 5, submissionId: entries[6], score: 500 },
  ]);
  expect(shown).toMatchObject({ ranked: 5, hasNext: false });
  expect(await board(2)).toMatchObject({ standings: [] });
});

test("gives each entry that everybody may see a page with its place; the others have none", async () => {
  const page = (at: number) => showEntryPage(entries[at] ?? "", new Date(Date.now() + later));
  expect(await page(2)).toMatchObject({
    challenge: { slug },
    entry: { creatorName: "Ranked", video: { tiktokVideoId: ids[2] } },
    place: { standing: { rank: 2, score: 1_000 }, ranked: 5 },
  });
  expect(await page(4), "unavailable").toBeNull();
  expect(await page(5), "pending").toBeNull();
});

test("tells other sites the same, with a mark that changes exactly when a standing does", async () => {
  const read = async () => {
    const body = (await feedLeaderboard(slug, new Date(Date.now() + later))) ?? "";
    const answer = answerFeed(new Request("http://127.0.0.1:3000/"), "application/json", body);
    return { body, etag: answer.headers.get("etag") };
  };
  const first = await read();
  const { standings } = JSON.parse(first.body) as { standings: { rank: number; points: number; parts: unknown[] }[] };
  expect(standings.map(({ rank, points }) => [rank, points])).toEqual([
    [1, 2.5],
    [2, 1],
    [2, 1],
    [2, 1],
    [5, 0.5],
  ]);
  expect(standings[0]?.parts).toContainEqual({ name: "shares", count: 100, pointsPerThousand: 25 });
  pass(60_000);
  expect((await read()).etag).toBe(first.etag);
  await approve(entries[5] ?? "");
  pass(11_000);
  expect((await read()).etag).not.toBe(first.etag);
  expect((await board())?.standings[0]).toMatchObject({ rank: 1, submissionId: entries[5], score: 70_000 });
});

test("an address without a published challenge has no board", async () => {
  expect(await showLeaderboard("nothing-here", { page: 1, at: new Date() })).toBeNull();
  expect(await feedLeaderboard("nothing-here", new Date())).toBeNull();
});
