import { afterAll, afterEach, expect, test } from "vitest";
import { startProduct } from "#tests/integration/product-in-process";
import { watchSyncs } from "#tests/integration/watch-syncs";

/** TikTok that answers, but not as it should: never, a byte at a time, with errors for minutes, or half as often as agreed. */
const PER_MINUTE = 240;
const { tiktok, sql, people, verbs, stop } = await startProduct({
  jobs: "work",
  settings: { TIKTOK_INGESTION_RATE_LIMIT_PER_MIN: String(PER_MINUTE) },
});
const watch = watchSyncs(sql, tiktok);
const MINUTE = 60_000;
afterEach(() => tiktok.clearFaults());
afterAll(stop);

async function requestSync(openId: string, videos: number): Promise<void> {
  await tiktok.addAccount({ openId, displayName: openId, videos });
  const { viewer } = await people.signIn(openId);
  await verbs.requestSync(viewer.accountId);
}

async function isWhole(openId: string): Promise<void> {
  await watch.until(async () => (await watch.latestRun(openId)).ended, 6 * MINUTE);
  const listed = await watch.listedIds(openId);
  expect(await watch.runs(openId)).toMatchObject([{ state: "succeeded", failure: null, videosStored: listed.length }]);
  expect(await watch.storedIds(openId)).toEqual(listed);
  expect(await watch.doubledSnapshots(openId)).toEqual([]);
}

test.each([["hang"], ["slow"]] as const)(
  "%s in a page: it is asked for again and the sync completes",
  {
    timeout: 5 * MINUTE,
  },
  async (kind) => {
    await tiktok.addAccount({ openId: kind, displayName: kind, videos: 90 });
    const { id } = await tiktok.addFault({ endpoint: "video_list", kind, openId: kind, after: 2, times: 2 });
    const { viewer } = await people.signIn(kind);
    await verbs.requestSync(viewer.accountId);
    await isWhole(kind);
    expect(await tiktok.fired(id)).toBe(2);
  },
);

test("503 with a page of HTML for a minute: the sync waits it out and completes", { timeout: 8 * MINUTE }, async () => {
  const { id } = await tiktok.addFault({ endpoint: "video_list", kind: "html", openId: "outage", after: 1 });
  await requestSync("outage", 90);
  const began = Date.now();
  await watch.until(async () => (await tiktok.fired(id)) > 0 && Date.now() - began > MINUTE, 2 * MINUTE);
  await tiktok.clearFaults();
  const over = await watch.latestRun("outage");
  // Whatever it had said by then, what was read is kept and a press goes on from there.
  if (over.ended) {
    const { accountId } = (await people.signIn("outage")).viewer;
    await verbs.resumeSync(accountId);
  }
  await isWhole("outage");
});

test("TikTok halves its limit: nobody loses a page, and the pauses keep the refusals few", {
  timeout: 10 * MINUTE,
}, async () => {
  await tiktok.settings({ rateLimitPerMinute: PER_MINUTE / 2 });
  const openIds = Array.from({ length: 8 }, (_, at) => `halved-${at}`);
  const since = Date.now();
  for (const openId of openIds) await requestSync(openId, 700);
  for (const openId of openIds) await isWhole(openId);
  const calls = (await tiktok.ledger({ endpoint: "video_list" })).filter(({ at }) => Date.parse(at) >= since);
  const refused = calls.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  // 280 pages are asked for; each refusal rests the endpoint for everybody.
  expect(calls.length - refused.length).toBe(280);
  expect(refused.length).toBeLessThan(28);
});
