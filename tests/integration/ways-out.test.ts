import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** What a gallery says in its orders, to who searches it, to feed readers and to search engines. */
const { tiktok, sql, people, verbs, stop } = await startProduct();
const { answerFeed } = await import("~/features/answer-feed.server");
const { findChallenge } = await import("~/features/challenges/find-challenge.server");
const { feedEntries } = await import("~/features/results/feed-entries.server");
const { listGallery } = await import("~/features/submissions/list-gallery.server");
const { mapSite } = await import("~/features/submissions/map-site.server");
const { gallerySearch, readGalleryView } = await import("~/features/submissions/gallery");
afterAll(async () => {
  runClock(0);
  await stop();
});

const ORIGIN = "http://127.0.0.1:3000";
/** Views and shares, from the newest video on; by the default recipe a share is worth 25 views. */
const clips = [
  { caption: "Rain on tin", counts: { view_count: 500, share_count: 0 } },
  { caption: "LATE train, ПОЕЗД", counts: { view_count: 900, share_count: 0 } },
  { caption: "Nobody counts this", counts: { view_count: null, share_count: null } },
  { caption: "A train and a tie", counts: { view_count: 500, share_count: 100 } },
  { caption: "100% <b>bold</b> & \u0007 ]]>", counts: { view_count: 100, share_count: 10 } },
];

let slug: string;
let moderator: Person;
const entries: string[] = [];
let later = 0;
const at = () => new Date(Date.now() + later);
function pass(ms: number) {
  later += ms;
  runClock(later);
}
const approve = (submissionId: string) =>
  verbs.decideSubmission({ intent: "approve", submissionId, seenVersion: 1 }, moderator.viewer, randomUUID());

beforeAll(async () => {
  const admin = await people.signIn(ADMIN);
  moderator = await people.signIn("staff-mara", { role: "moderator" });
  const videos = clips.map(({ caption, counts }, n) => {
    const { view_count: views, share_count: shares } = counts;
    const fixed = { view_count: views, like_count: 0, comment_count: 0, share_count: shares };
    return { caption, agoMs: (n + 1) * 3_600_000, counts: fixed };
  });
  await tiktok.addAccount({ openId: "maker", displayName: "Zoë Makes", videos });
  const creator = await people.signIn("maker");
  slug = await openChallenge(verbs, admin.viewer);
  // The oldest video first, so that the newest entry is the newest video.
  for (const { id: reference } of (await tiktok.videos("maker")).toReversed()) {
    const entry = { slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
    entries.unshift((await verbs.submitVideo(entry, creator.viewer)).submissionId);
  }
  for (const entry of entries) await approve(entry);
  pass(11_000);
});

/** The captions' first words, page after page of two, by following the addresses of the pages. */
async function walk(search: string): Promise<string[]> {
  const challenge = await findChallenge(slug);
  if (!challenge) throw new Error("the challenge is published");
  const seen: string[] = [];
  for (let address: string | null = search; address !== null; ) {
    const view = readGalleryView(new URLSearchParams(address));
    const { entries: page, nextBefore } = await listGallery(challenge, { at: at(), view, limit: 2 });
    seen.push(...page.map(({ video }) => video.caption.split(" ")[0] ?? ""));
    address = nextBefore && gallerySearch({ ...view, before: nextBefore });
  }
  return seen;
}

test("each order shows every entry once over its pages; ties go to the newer, what is not counted comes last", async () => {
  expect(await walk("")).toEqual(["Rain", "LATE", "Nobody", "A", "100%"]);
  expect(await walk("?sort=views")).toEqual(["LATE", "Rain", "A", "100%", "Nobody"]);
  expect(await walk("?sort=score")).toEqual(["A", "LATE", "Rain", "100%", "Nobody"]);
});

test("a search finds names and captions by all of its words, in any case and with nothing that means more", async () => {
  expect(await walk("?q=train")).toEqual(["LATE", "A"]);
  expect(await walk("?q=train+TIE")).toEqual(["A"]);
  expect(await walk(`?q=${encodeURIComponent("поезд zoë")}`)).toEqual(["LATE"]);
  expect(await walk("?q=zo%C3%AB&sort=views")).toHaveLength(5);
  expect(await walk("?q=0%25")).toEqual(["100%"]);
  expect(await walk("?q=_")).toEqual([]);
  expect(await walk("?q=%5C")).toEqual([]);
});

test("entries of a day, of a week, and those with TikTok's AI label, in any order and among what is searched", async () => {
  expect(await walk("?show=day&sort=views")).toEqual(["LATE", "Rain", "A", "100%", "Nobody"]);
  expect(await walk("?show=ai")).toEqual([]);
  await sql`update videos set is_aigc = true where caption like 'A %' or caption like 'Rain%'`;
  expect(await walk("?show=ai&sort=views")).toEqual(["Rain", "A"]);
  expect(await walk("?show=ai&q=train")).toEqual(["A"]);
  const day = 86_400_000;
  later += day;
  expect(await walk("?show=day")).toEqual([]);
  expect(await walk("?show=week")).toHaveLength(5);
  later += 6 * day;
  expect(await walk("?show=week")).toEqual([]);
  later -= 7 * day;
});

test("a feed is an address with a mark: 304 for who has it, and new once a decision takes effect", async () => {
  const feed = async () => (await feedEntries(slug, "json", at())) ?? "";
  const ask = (body: string, has = "") =>
    answerFeed(new Request(ORIGIN, { headers: { "if-none-match": has } }), "application/feed+json", body);
  const first = await feed();
  const parsed = JSON.parse(first) as { version: string; items: { id: string; content_text: string }[] };
  expect(parsed.version).toBe("https://jsonfeed.org/version/1.1");
  expect(parsed.items.map(({ id }) => id)).toEqual(entries.map((id) => `${ORIGIN}/entries/${id}`));
  expect(parsed.items[0]).toMatchObject({ content_text: "Rain on tin", authors: [{ name: "Zoë Makes" }] });
  const answer = ask(first);
  expect(answer.headers.get("content-type")).toBe("application/feed+json; charset=utf-8");
  const tag = answer.headers.get("etag") ?? "";
  for (const has of [tag, `"other", ${tag.replace("W/", "")}`, "*"]) {
    const known = ask(first, has);
    expect([known.status, known.headers.get("etag"), await known.text()], has).toEqual([304, tag, ""]);
  }
  pass(60_000);
  expect(ask(await feed(), tag).status, "time alone changes nothing").toBe(304);
  const out = { intent: "disqualify", submissionId: entries[1] ?? "", seenVersion: 2, reason: "OFF_BRIEF" } as const;
  await verbs.decideSubmission({ ...out, message: "Sorry." }, moderator.viewer, randomUUID());
  expect(ask(await feed(), tag).status, "what can be undone changes nothing").toBe(304);
  pass(11_000);
  expect(ask(await feed(), tag).status).toBe(200);
  expect(await feed()).not.toContain(entries[1]);
});

test("RSS and the map name what everybody may see, and nothing else", async () => {
  await sql`update videos set availability = 'unavailable', missing_since = now() where caption like 'Rain%'`;
  const rss = (await feedEntries(slug, "rss", at())) ?? "";
  expect(rss.match(/<item>/g)).toHaveLength(3);
  expect(rss, "a caption is text in the markup of a reader").toContain(
    "<description>100% &amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt; &amp;amp;  ]]&amp;gt;</description>",
  );
  const map = await mapSite(at());
  const shown = ["/", `/challenges/${slug}`, `/challenges/${slug}/leaderboard`];
  const expected = [...shown, ...entries.slice(2).map((id) => `/entries/${id}`)].map((path) => ORIGIN + path);
  expect([...map.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address)).toEqual(expected);
  expect(await feedEntries("nothing-here", "json", at())).toBeNull();
  expect(await feedEntries("nothing-here", "rss", at())).toBeNull();
});
