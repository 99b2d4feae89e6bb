import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { everyVideo } from "~/features/submissions/my-videos";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";
import { HOUR, MINUTE, watchRefreshes } from "./watch-refreshes";
import { watchSyncs } from "./watch-syncs";

/** Numbers after the first sync, and how old they are said to be. */
const product = await startProduct({ jobs: "work" });
const { tiktok, sql, people, verbs, stop } = product;
const watch = watchSyncs(sql, tiktok);
const { at, pass, stored, asked, waiting, refresh, creator } = watchRefreshes(product, watch);
afterAll(stop);
afterEach(() => tiktok.clearFaults());

let admin: Person;
beforeAll(async () => {
  admin = await people.signIn(ADMIN);
});

const enter = (person: Person, slug: string, reference: string) =>
  verbs.submitVideo({ slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() }, person.viewer);

describe("the whole corpus", () => {
  test("is asked for once per interval, twenty ids a call, and every video gets newer numbers and a point on its chart", async () => {
    const { ids } = await creator("corpus", 45);
    const before = await stored("corpus");
    await pass(HOUR);
    await refresh();
    expect(await asked("corpus")).toEqual([]);
    await pass(12 * HOUR);
    await refresh();
    const calls = await asked("corpus");
    expect(calls.map((call) => call.length).sort()).toEqual([20, 20, 5].sort());
    expect(calls.flat().sort()).toEqual([...ids].sort());
    const after = await stored("corpus");
    for (const [at, video] of after.entries()) {
      expect(video.snapshots).toBe(2);
      expect(Date.parse(video.metricsAt)).toBeGreaterThan(Date.parse(before[at]?.metricsAt ?? "") + 12 * HOUR);
    }
    expect(after.reduce((sum, { views }) => sum + views, 0)).toBeGreaterThan(
      before.reduce((sum, { views }) => sum + views, 0),
    );
    await refresh();
    expect(await asked("corpus")).toHaveLength(3);
  });

  test("goes on where TikTok's 429 stopped it, and asks for nothing twice", async () => {
    const { ids } = await creator("throttled", 60);
    await pass(13 * HOUR);
    const limit = { kind: "rate_limit", after: 1, times: 1, retryAfter: "1" } as const;
    const fault = await tiktok.addFault({ endpoint: "video_lookup", openId: "throttled", ...limit });
    await refresh();
    expect(await tiktok.fired(fault.id)).toBe(1);
    expect((await asked("throttled")).flat().sort()).toEqual([...ids].sort());
  });

  test("one account whose look-ups always fail holds up no other, and is left in peace for a while", async () => {
    await creator("poison", 25);
    await creator("healthy", 25);
    await pass(13 * HOUR);
    const fault = await tiktok.addFault({ endpoint: "video_lookup", openId: "poison", kind: "status", status: 500 });
    await verbs.planRefresh();
    await watch.until(async () => (await asked("healthy")).length === 2);
    const delayed = () => sql<{ failures: number; inSeconds: number }[]>`
      select (data->>'failures')::int as failures,
        extract(epoch from start_after - clock_timestamp())::float8 as "inSeconds"
      from pgboss.job where name = 'refresh-videos' and state = 'created' and start_after > clock_timestamp()`;
    await watch.until(async () => (await delayed()).length === 1 && (await waiting()).length === 1);
    const tries = await tiktok.fired(fault.id);
    expect(tries).toBeGreaterThan(0);
    const [left] = await delayed();
    expect(left?.failures).toBe(1);
    expect(left?.inSeconds).toBeGreaterThan(20);
    await verbs.planRefresh();
    expect(await waiting()).toHaveLength(1);
    expect(await tiktok.fired(fault.id)).toBe(tries);
    // Nobody's standing is worse for it.
    expect((await stored("poison")).map(({ availability }) => availability)).not.toContain("unconfirmed");
    await tiktok.clearFaults();
    await sql`update pgboss.job set start_after = clock_timestamp() where name = 'refresh-videos' and state = 'created'`;
    await watch.until(async () => (await waiting()).length === 0);
    expect(await asked("poison")).toHaveLength(2);
  });
});

describe("live entries of open challenges", () => {
  test("are asked for at the shorter interval; withdrawn ones, paused challenges' and other videos are not", async () => {
    const person = await creator("entrant", 6);
    const [open, paused] = [
      await openChallenge(verbs, admin.viewer),
      await openChallenge(verbs, admin.viewer, { entriesPerCreator: 5 }),
    ];
    const [live = "", withdrawn = "", inPaused = ""] = person.ids;
    await enter(person, open, live);
    const { submissionId } = await enter(person, open, withdrawn);
    await verbs.withdrawSubmission(submissionId, person.viewer);
    await enter(person, paused, inPaused);
    await verbs.actOnChallenge(paused, "pause", admin.viewer, randomUUID());
    await pass(16 * MINUTE);
    await refresh();
    expect(await asked("entrant")).toEqual([[live]]);
    await pass(16 * MINUTE);
    await refresh();
    expect(await asked("entrant")).toEqual([[live], [live]]);
  });

  test("come first when the rest is due too", async () => {
    const person = await creator("both", 50);
    const oldest = person.ids.at(-1) ?? "";
    await enter(person, await openChallenge(verbs, admin.viewer), oldest);
    await pass(13 * HOUR);
    await refresh();
    expect((await asked("both"))[0]).toContain(oldest);
  });
});

test("numbers that could not be renewed for two cycles are called stale, with their time, until they are", async () => {
  const person = await creator("stale", 1);
  const { listMyVideos } = await import("~/features/submissions/list-my-videos.server");
  const shown = async () =>
    (await listMyVideos(person.viewer.accountId, { view: everyVideo, at: new Date(at()) })).videos[0]?.metrics;
  const fresh = await shown();
  expect(fresh).toMatchObject({ stale: false });
  await pass(25 * HOUR);
  expect(await shown()).toMatchObject({ stale: true, at: fresh?.at });
  await refresh();
  expect(await shown()).toMatchObject({ stale: false });
});

test("a live entry of an open challenge is called stale after two of its own cycles, the rest after two of theirs", async () => {
  const person = await creator("stale-entry", 2);
  const { listMyVideos } = await import("~/features/submissions/list-my-videos.server");
  const { listMyEntries } = await import("~/features/submissions/list-my-entries.server");
  const [entered = ""] = person.ids;
  const slug = await openChallenge(verbs, admin.viewer);
  await enter(person, slug, entered);
  const shown = async () => {
    const { videos } = await listMyVideos(person.viewer.accountId, { view: everyVideo, at: new Date(at()) });
    return person.ids.map((id) => videos.find(({ tiktokVideoId }) => tiktokVideoId === id)?.metrics.stale);
  };
  expect(await shown()).toEqual([false, false]);
  await pass(31 * MINUTE);
  expect(await shown()).toEqual([true, false]);
  const { entries } = await listMyEntries(person.viewer.userId, { at: new Date(at()), before: null });
  expect(entries[0]?.video.metrics.stale).toBe(true);
  // A challenge that is paused has its entries renewed with the rest.
  await verbs.actOnChallenge(slug, "pause", admin.viewer, randomUUID());
  expect(await shown()).toEqual([false, false]);
});
