import { afterAll, afterEach, describe, expect, test } from "vitest";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** Fault 3 of the earlier system: only the first page was read. Here a sync ends when TikTok has no more. */
const { tiktok, sql, people, verbs, stop } = await startProduct({ jobs: "work" });
const watch = watchSyncs(sql, tiktok);
afterAll(stop);
afterEach(() => tiktok.clearFaults());

describe("a sync stores every listed video exactly once", () => {
  test.each([
    [0, 1],
    [1, 1],
    [19, 1],
    [20, 1],
    [21, 2],
    [60, 3],
    [500, 25],
  ])("of %i videos, in %i pages", async (count, pages) => {
    const openId = `sim-${count}`;
    const status = await people.sync(await people.signIn(openId));
    expect(status).toMatchObject({ state: "succeeded", count, failure: null });
    expect(await watch.storedIds(openId)).toEqual(await watch.listedIds(openId));
    expect(await watch.latestRun(openId)).toMatchObject({ pages, videosStored: count });
    const calls = await tiktok.ledger({ endpoint: "video_list", openId });
    expect(calls).toHaveLength(pages);
    expect(calls.map(({ cursor }) => cursor ?? Number.POSITIVE_INFINITY)).toEqual(
      calls.map(({ cursor }) => cursor ?? Number.POSITIVE_INFINITY).sort((a, b) => b - a),
    );
  });

  test("again, and a second sync adds nothing but the new one", async () => {
    const person = await people.signIn("sim-60");
    const added = await tiktok.addVideo("sim-60", { caption: "Posted since" });
    expect(await people.sync(person)).toMatchObject({ state: "succeeded", count: 61 });
    expect(await watch.storedIds("sim-60")).toContain(added.id);
    expect(await watch.storedIds("sim-60")).toEqual(await watch.listedIds("sim-60"));
  });

  test("and private posts never", async () => {
    const hidden = (await tiktok.videos("sim-21")).filter(({ privacy }) => privacy === "private");
    expect(hidden).toHaveLength(2);
    const stored = await watch.storedIds("sim-21");
    for (const { id } of hidden) expect(stored).not.toContain(id);
  });

  test("whatever its fields hold", async () => {
    expect(await people.sync(await people.signIn("sim-hostile"))).toMatchObject({ state: "succeeded" });
    expect(await watch.storedIds("sim-hostile")).toEqual(await watch.listedIds("sim-hostile"));
  });

  test("also beyond the dates and links that a database can hold", async () => {
    const videos = [
      { verbatim: { create_time: 253_402_300_800 } },
      { verbatim: { create_time: 8_640_000_000_000 } },
      { verbatim: { create_time: 1_900_000_000_000 } },
      { verbatim: { video_description: "a\u0000b", title: "\ud800" } },
      { verbatim: { id: 7 } },
      ...["99999999999999999999", "253402300800", "-1", "1e400", "soon"].map((ends) => ({
        verbatim: { cover_image_url: `https://p16.tiktokcdn.com/cover.jpeg?x-expires=${ends}` },
      })),
    ];
    await tiktok.addAccount({ openId: "beyond", displayName: "Be\u0000yond", videos });
    expect(await people.sync(await people.signIn("beyond"))).toMatchObject({ state: "succeeded", count: 9 });
    const covers = await sql`
      select 1 from videos where cover_url like 'https://p16.tiktokcdn.com/%' and cover_expires_at > clock_timestamp()`;
    expect(covers).toHaveLength(5);
  });
});

describe("pages that TikTok allows and that are hard to read", () => {
  const kinds = [
    ["empty pages", "empty_page"],
    ["short pages", "short_page"],
    ["pages that repeat what the last one held", "repeat_items"],
  ] as const;

  test.each(kinds)("%s do not end a sync, and lose and double nothing", async (_what, kind) => {
    const openId = `hard-${kind}`;
    await tiktok.addAccount({ openId, displayName: kind, videos: 75 });
    const first = await tiktok.addFault({ endpoint: "video_list", kind, openId, times: 2 });
    const later = await tiktok.addFault({ endpoint: "video_list", kind, openId, after: 1, times: 2 });
    expect(await people.sync(await people.signIn(openId))).toMatchObject({ state: "succeeded", count: 75 });
    expect([await tiktok.fired(first.id), await tiktok.fired(later.id)]).toEqual([2, 2]);
    expect(await watch.storedIds(openId)).toEqual(await watch.listedIds(openId));
    // What TikTok listed on two pages has its numbers from both.
    expect(await watch.doubledSnapshots(openId, kind === "repeat_items" ? 2 : 1)).toEqual([]);
  });

  test("a video that is posted while a sync runs is stored by the next one, and spoils nothing", async () => {
    await tiktok.addAccount({ openId: "busy-poster", displayName: "Busy", videos: 70 });
    const before = await watch.listedIds("busy-poster");
    const held = await tiktok.addFault({
      endpoint: "video_list",
      kind: "delay",
      openId: "busy-poster",
      after: 1,
      times: 1,
      delayMs: 400,
    });
    const person = await people.signIn("busy-poster");
    const running = people.sync(person);
    await watch.until(async () => (await tiktok.fired(held.id)) === 1);
    const { id } = await tiktok.addVideo("busy-poster", { caption: "In the middle of it" });
    expect(await running).toMatchObject({ state: "succeeded", count: 70 });
    expect(await watch.storedIds("busy-poster")).toEqual(before);
    expect(await people.sync(person)).toMatchObject({ state: "succeeded", count: 71 });
    expect(await watch.storedIds("busy-poster")).toContain(id);
  });
});

describe("a cursor that goes nowhere", () => {
  test.each([
    ["cursor_repeat", "repeats"],
    ["cursor_rise", "rises"],
    ["cursor_missing", "is missing"],
  ] as const)(
    "%s: it %s, the sync ends with its reason, keeps what it read, and can be done again",
    async (kind, _how) => {
      const openId = `stuck-${kind}`;
      await tiktok.addAccount({ openId, displayName: kind, videos: 100 });
      const person = await people.signIn(openId);
      const fault = await tiktok.addFault({ endpoint: "video_list", kind, openId, after: 2 });
      expect(await people.sync(person)).toMatchObject({ state: "failed", failure: "cursor_stuck", count: 60 });
      expect(await watch.storedIds(openId)).toHaveLength(60);
      expect(await tiktok.fired(fault.id)).toBeGreaterThan(0);
      expect(await tiktok.fired(fault.id)).toBeLessThanOrEqual(3);
      await tiktok.removeFault(fault.id);
      expect(await people.sync(person)).toMatchObject({ state: "succeeded", count: 100 });
      expect(await watch.storedIds(openId)).toEqual(await watch.listedIds(openId));
    },
  );

  test("holds nobody else up", async () => {
    await tiktok.addAccount({ openId: "stuck", displayName: "Stuck", videos: 100 });
    await tiktok.addAccount({ openId: "neighbour", displayName: "Neighbour", videos: 100 });
    await tiktok.addFault({ endpoint: "video_list", kind: "cursor_repeat", openId: "stuck", after: 1 });
    const [stuck, neighbour] = [await people.signIn("stuck"), await people.signIn("neighbour")];
    const [failed, done] = await Promise.all([people.sync(stuck), people.sync(neighbour)]);
    expect(failed).toMatchObject({ state: "failed", failure: "cursor_stuck" });
    expect(done).toMatchObject({ state: "succeeded", count: 100 });
  });
});

describe("several syncs of one account", () => {
  test("that store the same videos in different orders do not wait for each other for ever", async () => {
    const { viewer } = await people.signIn("sim-20");
    const { describeVideos } = await import("~/features/videos/describe-video.server");
    const { storeVideos } = await import("~/features/videos/store-videos.server");
    const { videoSchema } = await import("~/infra/tiktok/answers");
    const { db } = await import("~/infra/db.server");
    const page = (await tiktok.videos("sim-20")).map(({ id }) => videoSchema.parse({ id }));
    const described = await describeVideos(page, new Date());
    // Every row takes its time, so that the two are in the middle of it together.
    await sql.unsafe(`
      create function take_time() returns trigger language plpgsql as $$ begin perform pg_sleep(0.02); return new; end $$;
      create trigger take_time before insert on videos for each row execute function take_time()`);
    const store = (videos: typeof described) => db.transaction((tx) => storeVideos(tx, viewer.accountId, videos, null));
    const stored = await Promise.allSettled([store(described), store(described.toReversed()), store(described)]);
    await sql`drop trigger take_time on videos`;
    expect(stored.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
  });

  test("asked for at once are one run, and TikTok is asked for each page once", async () => {
    await tiktok.addAccount({ openId: "eager", displayName: "Eager", videos: 45 });
    const person = await people.signIn("eager");
    const ids = await Promise.all(Array.from({ length: 12 }, () => verbs.requestSync(person.viewer.accountId)));
    expect(new Set(ids).size).toBe(1);
    expect(await people.sync(person)).toMatchObject({ state: "succeeded", count: 45 });
    expect(await tiktok.ledger({ endpoint: "video_list", openId: "eager" })).toHaveLength(3);
    expect(await watch.storedIds("eager")).toEqual(await watch.listedIds("eager"));
  });
});
