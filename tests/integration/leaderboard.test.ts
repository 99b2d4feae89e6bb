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
const { listOwnStandings } = await import("~/features/results/list-own-standings.server");
const { showMyEntries } = await import("~/features/results/show-my-entries.server");
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
let creator: Person;
let ids: string[];
const entries: string[] = [];
const approve = (submissionId: string) =>
  verbs.decideSubmission({ intent: "approve", submissionId, seenVersion: 1 }, moderator.viewer, randomUUID());

beforeAll(async () => {
  const admin = await people.signIn(ADMIN);
  moderator = await people.signIn("staff-mara", { role: "moderator" });
  const specs = videos.map((one, at) => ({ agoMs: (at + 1) * 3_600_000, counts: one }));
  await tiktok.addAccount({ openId: "ranked", displayName: "Ranked", videos: specs });
  creator = await people.signIn("ranked");
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

test("tells each creator their place, and how far away the next one is", async () => {
  const at = new Date(Date.now() + later);
  const own = await listOwnStandings(entries, at);
  expect(own.get(entries[5] ?? "")).toEqual({ rank: 1, of: 6, score: 70_000, next: null, isFinal: false });
  expect(own.get(entries[3] ?? "")).toMatchObject({ rank: 2, next: { rank: 1, gap: 67_500 } });
  for (const tied of [0, 1, 2]) {
    expect(own.get(entries[tied] ?? "")).toMatchObject({ rank: 3, next: { rank: 2, gap: 1_500 } });
  }
  expect(own.get(entries[6] ?? "")).toMatchObject({ rank: 6, next: { rank: 3, gap: 500 } });
  expect(own.has(entries[4] ?? ""), "unavailable").toBe(false);
});

test("shows a creator how the views of an entry came, in at most a fortieth of the time each", async () => {
  const entry = entries[5] ?? "";
  const taken = (minutes: number, views: number) => sql`
    insert into video_metric_snapshots (video_id, taken_at, view_count)
    select video_id, submitted_at + ${minutes} * interval '1 minute', ${views} from submissions where id = ${entry}`;
  for (const minutes of [62, 66, 200]) await taken(minutes, 70_000 + minutes);
  const at = new Date(Date.now() + later + 400 * 60_000);
  const { entries: own } = await showMyEntries(creator.viewer.userId, { at, before: null });
  const views = own.find(({ submissionId }) => submissionId === entry)?.place?.views.map((point) => point.views);
  expect(views).toEqual([70_000, 70_066, 70_200]);
  expect(own.find(({ submissionId }) => submissionId === entries[4])?.place, "unavailable").toBeNull();
  await sql`delete from video_metric_snapshots where view_count > 70000`;
});

test("says how far each entry moved within a day, by what was stored then", async () => {
  const moved = async () => {
    const movements = (await board())?.movements ?? {};
    return Object.fromEntries([0, 3, 5, 6].map((at) => [at, movements[entries[at] ?? ""]]));
  };
  expect(await moved(), "nobody was on it a day ago").toEqual({ 0: null, 3: null, 5: null, 6: null });
  pass(24 * 3_600_000 - 30_000);
  expect(await moved(), "the last was approved less than a day ago").toEqual({ 0: -1, 3: -1, 5: null, 6: -1 });
  pass(60_000);
  await sql`
    with risen as (update videos set view_count = 3000 where tiktok_video_id = ${ids[6] ?? ""} returning id)
    insert into video_metric_snapshots (video_id, taken_at, view_count)
    select id, ${new Date(Date.now() + later).toISOString()}::timestamptz, 3000 from risen`;
  expect(await moved()).toEqual({ 0: -1, 3: -1, 5: 0, 6: 4 });
  const verdict = {
    intent: "disqualify",
    submissionId: entries[6] ?? "",
    seenVersion: 2,
    reason: "OFF_BRIEF",
  } as const;
  await verbs.decideSubmission({ ...verdict, message: undefined }, moderator.viewer, randomUUID());
  expect(await moved(), "a decision inside its window shows nothing").toEqual({ 0: -1, 3: -1, 5: 0, 6: 4 });
  pass(11_000);
  expect(await moved(), "what has left moves nobody").toEqual({ 0: 0, 3: 0, 5: 0, 6: undefined });
});

test("an address without a published challenge has no board", async () => {
  expect(await showLeaderboard("nothing-here", { page: 1, at: new Date() })).toBeNull();
  expect(await feedLeaderboard("nothing-here", new Date())).toBeNull();
});
