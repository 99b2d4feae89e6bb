import { afterAll, afterEach, describe, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** Syncs that stop before their end and go on, and syncs that start by themselves and may end before the list does. */
const { tiktok, sql, people, verbs, stop } = await startProduct({ jobs: "work" });
const watch = watchSyncs(sql, tiktok);
afterAll(stop);
afterEach(() => tiktok.clearFaults());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The cursors that TikTok's list was asked with; null for the first page. */
const askedCursors = async (openId: string) =>
  (await tiktok.ledger({ endpoint: "video_list", openId })).map(({ cursor }) => cursor ?? null);

const ended = (openId: string) => watch.until(async () => (await watch.latestRun(openId)).ended);

describe("a sync that stops and is resumed", () => {
  test("after a cancel: what was read stays, the page on its way is dropped, and it goes on at that page", async () => {
    await tiktok.addAccount({ openId: "cancelled", displayName: "Cancelled", videos: 80 });
    const slow = await tiktok.addFault({
      endpoint: "video_list",
      openId: "cancelled",
      kind: "delay",
      after: 1,
      times: 1,
      delayMs: 4_000,
    });
    const { viewer } = await people.signIn("cancelled");
    await verbs.requestSync(viewer.accountId);
    await watch.until(async () => (await tiktok.fired(slow.id)) === 1);
    await watch.until(async () => (await watch.latestRun("cancelled")).pages === 1);
    await verbs.cancelSync(viewer.accountId);
    expect(await verbs.findSyncStatus(viewer.accountId)).toMatchObject({
      state: "cancelled",
      count: 20,
      resumable: true,
    });
    const jobs = () => sql`select id from pgboss.job where name like 'sync-videos%' and state < 'completed'`;
    await watch.until(async () => (await jobs()).length === 0);
    expect(await watch.latestRun("cancelled")).toMatchObject({ state: "cancelled", pages: 1 });
    expect(await watch.storedIds("cancelled")).toHaveLength(20);

    await Promise.all([verbs.resumeSync(viewer.accountId), verbs.resumeSync(viewer.accountId)]);
    await ended("cancelled");
    expect(await watch.runs("cancelled")).toMatchObject([{ state: "succeeded", videosStored: 80, pages: 4 }]);
    expect(await watch.storedIds("cancelled")).toEqual(await watch.listedIds("cancelled"));
    const cursors = await askedCursors("cancelled");
    expect(cursors.filter((cursor) => cursor === null)).toHaveLength(1);
    // Every page once, but for the dropped one and the one that was asked for meanwhile.
    expect(cursors.length).toBeLessThanOrEqual(6);
  });

  test("after a failure: it says why and that it can go on, and does so at the stored cursor", async () => {
    await tiktok.addAccount({ openId: "broken", displayName: "Broken", videos: 100 });
    const fault = await tiktok.addFault({ endpoint: "video_list", openId: "broken", kind: "cursor_repeat", after: 2 });
    const person = await people.signIn("broken");
    expect(await people.sync(person)).toMatchObject({ state: "failed", failure: "cursor_stuck", resumable: true });
    await tiktok.removeFault(fault.id);
    await verbs.resumeSync(person.viewer.accountId);
    await ended("broken");
    expect(await watch.runs("broken")).toMatchObject([{ state: "succeeded", failure: null, videosStored: 100 }]);
    expect(await watch.storedIds("broken")).toEqual(await watch.listedIds("broken"));
    expect((await askedCursors("broken")).filter((cursor) => cursor === null)).toHaveLength(1);
    // There is nothing left to go on with.
    await verbs.resumeSync(person.viewer.accountId);
    expect(await watch.runs("broken")).toMatchObject([{ state: "succeeded" }]);
  });
});

describe("a sync that starts by itself", () => {
  /** Another while later, for the product and for TikTok. */
  async function standAt(ms: number): Promise<void> {
    runClock(ms);
    await tiktok.settings({ clockOffsetMs: ms });
  }

  test("finds new posts without reading the whole list, and once a week reads it to the end", async () => {
    await tiktok.addAccount({ openId: "regular", displayName: "Regular", videos: 300 });
    await tiktok.addAccount({ openId: "never", displayName: "Never", videos: 5 });
    await people.signIn("never");
    expect(await people.sync(await people.signIn("regular"))).toMatchObject({ state: "succeeded", count: 300 });
    const wholeWalk = await askedCursors("regular");
    expect(wholeWalk).toHaveLength(15);
    expect(await verbs.planSyncs()).toBe(0);

    await standAt(13 * HOUR);
    for (const caption of ["One", "Two", "Three"]) await tiktok.addVideo("regular", { caption });
    await verbs.planSyncs();
    await ended("regular");
    expect(await watch.runs("regular")).toMatchObject([{ state: "succeeded" }, { state: "succeeded" }]);
    expect(await watch.storedIds("regular")).toEqual(await watch.listedIds("regular"));
    expect((await askedCursors("regular")).length - wholeWalk.length).toBeLessThanOrEqual(4);

    // An old post that only now became public is too deep for that.
    const hidden = (await tiktok.videos("regular")).at(-1)?.id ?? "";
    await sql`delete from videos where tiktok_video_id = ${hidden}`;
    await standAt(2 * DAY);
    await verbs.planSyncs();
    await ended("regular");
    expect(await watch.storedIds("regular")).not.toContain(hidden);
    await standAt(8 * DAY);
    await verbs.planSyncs();
    await ended("regular");
    expect(await watch.runs("regular")).toHaveLength(4);
    expect(await watch.storedIds("regular")).toEqual(await watch.listedIds("regular"));
    expect(await watch.runs("never")).toEqual([]);
  });

  test("goes to the end when its creator presses Sync now meanwhile", async () => {
    await standAt(8 * DAY);
    await tiktok.addAccount({ openId: "pressed", displayName: "Pressed", videos: 200 });
    const person = await people.signIn("pressed");
    expect(await people.sync(person)).toMatchObject({ state: "succeeded", count: 200 });
    await standAt(8 * DAY + 13 * HOUR);
    const held = await tiktok.addFault({
      endpoint: "video_list",
      openId: "pressed",
      kind: "delay",
      times: 1,
      delayMs: 1_000,
    });
    await verbs.planSyncs();
    await watch.until(async () => (await tiktok.fired(held.id)) === 1);
    expect(await people.sync(person)).toMatchObject({ state: "succeeded", kind: "full", count: 200 });
    expect(await watch.runs("pressed")).toHaveLength(2);
  });
});
