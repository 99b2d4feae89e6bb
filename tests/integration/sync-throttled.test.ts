import { afterAll, afterEach, describe, expect, test } from "vitest";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/**
 * 429 pauses the endpoint for every process. The pauses are real time, so the cases run one after another, and the
 * one that would last a quarter of an hour comes last.
 */
const { tiktok, sql, people, verbs, stop } = await startProduct({ jobs: "work" });
const { listVideoPage } = await import("~/infra/tiktok/display-api.server");
const { TikTokError } = await import("~/infra/tiktok/tiktok-error");
const watch = watchSyncs(sql, tiktok);
afterAll(stop);
afterEach(() => tiktok.clearFaults());

/** TikTok's calls of a throttled sync: how long it was quiet after its 429, in ms. */
async function pauseAfterRefusal(openId: string): Promise<number> {
  const calls = await tiktok.ledger({ endpoint: "video_list", openId });
  const at = calls.findIndex(({ status }) => status === 429);
  const next = calls[at + 1];
  return Date.parse(next?.at ?? "") - Date.parse(calls[at]?.at ?? "");
}

/** Asks for a sync whose second page is refused, and waits until the run says that it waits. */
async function throttleSync(openId: string, retryAfter: string | undefined) {
  await tiktok.addAccount({ openId, displayName: openId, videos: 50 });
  const refusal = { kind: "rate_limit", after: 1, times: 1, retryAfter } as const;
  await tiktok.addFault({ endpoint: "video_list", openId, ...refusal });
  const person = await people.signIn(openId);
  await verbs.requestSync(person.viewer.accountId);
  await watch.until(async () => (await watch.latestRun(openId)).state === "rate_limited");
  return person;
}

describe("TikTok says 429 in the middle of a sync", () => {
  test.each([
    ["for a second", "1", 1_000, 5_000],
    ["until a date", new Date(Date.now() + 3_600_000).toUTCString(), 1_000, 6_000],
    ["with no word on how long", undefined, 5_000, 16_000],
    ["with a word that means nothing", "soon", 5_000, 16_000],
  ])("%s: the sync waits, says so, and completes", async (name, given, atLeast, atMost) => {
    const openId = `throttled ${name}`;
    const retryAfter = name === "until a date" ? new Date(Date.now() + 3_000).toUTCString() : given;
    const person = await throttleSync(openId, retryAfter);
    expect(await people.sync(person)).toMatchObject({ state: "succeeded", count: 50, failure: null });
    expect(await watch.storedIds(openId)).toEqual(await watch.listedIds(openId));
    expect(await watch.doubledSnapshots(openId)).toEqual([]);
    const pause = await pauseAfterRefusal(openId);
    expect(pause).toBeGreaterThanOrEqual(atLeast - 50);
    expect(pause).toBeLessThan(atMost + 10_000);
  });

  test("a pause holds every account back, and nobody is worse off for it", async () => {
    await tiktok.addAccount({ openId: "bystander", displayName: "Bystander", videos: 25 });
    const bystander = await people.signIn("bystander");
    const first = await throttleSync("throttled first", "3");
    expect(await people.sync(bystander)).toMatchObject({ state: "succeeded", count: 25 });
    expect(await people.sync(first)).toMatchObject({ state: "succeeded", count: 50 });
    const refused = (await tiktok.ledger({ endpoint: "video_list" })).filter(({ status }) => status === 429).at(-1);
    const [firstOfBystander] = await tiktok.ledger({ endpoint: "video_list", openId: "bystander" });
    const quiet = Date.parse(firstOfBystander?.at ?? "") - Date.parse(refused?.at ?? "");
    expect(quiet).toBeGreaterThanOrEqual(2_950);
  });

  test("again and again with no word on how long: each pause is longer, and an answer ends the row", async () => {
    const { viewer } = await people.signIn("bystander");
    const read = () =>
      verbs.withTikTokToken(viewer.accountId, (token) => listVideoPage(token, { cursor: null, patience: "person" }));
    const pauseOver = () =>
      sql`update rate_buckets set next_free_at = clock_timestamp(), paused_until = clock_timestamp()`;
    const pauses = async () => {
      const { id } = await tiktok.addFault({ endpoint: "video_list", kind: "rate_limit", times: 7 });
      const waits: number[] = [];
      while ((await tiktok.fired(id)) < 7) {
        await pauseOver();
        const refusal: unknown = await read().catch((error: unknown) => error);
        waits.push(refusal instanceof TikTokError ? (refusal.details.retryAfterMs ?? 0) / 1_000 : 0);
      }
      return waits;
    };
    for (let row = 0; row < 2; row += 1) {
      const waits = await pauses();
      for (const [at, longest] of [10, 20, 40, 80, 160, 300, 300].entries()) {
        expect(waits[at]).toBeGreaterThanOrEqual(longest / 2);
        expect(waits[at]).toBeLessThanOrEqual(longest);
      }
      await pauseOver();
      expect((await read()).videos).toHaveLength(20);
    }
  });

  test("for absurdly long: the sync waits a quarter of an hour at most and can be seen to wait", async () => {
    const openId = "throttled for ever";
    await throttleSync(openId, "99999999999999999999");
    const [run] = await sql<{ seconds: number }[]>`
      select extract(epoch from (retry_at - clock_timestamp()))::float8 as seconds from sync_runs
      where state = 'rate_limited'`;
    expect(run?.seconds).toBeGreaterThan(14 * 60);
    expect(run?.seconds).toBeLessThanOrEqual(15 * 60);
    expect(await watch.storedIds(openId)).toHaveLength(20);
  });
});
