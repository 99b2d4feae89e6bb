import { afterAll, expect, test } from "vitest";
import { startProduct } from "#tests/integration/product-in-process";
import { watchSyncs } from "#tests/integration/watch-syncs";
import { startMeasuredWorker } from "../bench/measured-worker";

/** One creator with 50,000 videos: nobody waits behind them, and a worker's memory does not grow with them. */
const { tiktok, sql, people, verbs, environment, stop } = await startProduct({ jobs: "send" });
const watch = watchSyncs(sql, tiktok);
const MINUTE = 60_000;
const VIDEOS = 50_000;
afterAll(stop);

test("another creator's first page comes within thirty seconds, every video is stored once, and memory stays flat", {
  timeout: 20 * MINUTE,
}, async () => {
  await tiktok.addAccount({ openId: "huge", displayName: "Huge", videos: VIDEOS });
  await tiktok.addAccount({ openId: "small", displayName: "Small", videos: 30 });
  const worker = await startMeasuredWorker(environment);
  const huge = await people.signIn("huge");
  await verbs.requestSync(huge.viewer.accountId);
  const pages = async () => (await watch.latestRun("huge")).pages;
  await watch.until(async () => (await pages()) >= 250, 5 * MINUTE);
  const early = await worker.usage();
  const small = await people.signIn("small");
  const pressed = Date.now();
  await verbs.requestSync(small.viewer.accountId);
  await watch.until(async () => (await watch.latestRun("small")).pages > 0, MINUTE);
  expect(Date.now() - pressed).toBeLessThan(30_000);
  await watch.until(async () => (await watch.latestRun("huge")).ended, 15 * MINUTE);
  const late = await worker.usage();
  process.stdout.write(`resident after a tenth: ${early.residentMb} MB, at the end: ${late.residentMb} MB\n`);
  expect(await watch.runs("huge")).toMatchObject([{ state: "succeeded", videosStored: VIDEOS, pages: VIDEOS / 20 }]);
  const [stored] = await sql`
    select count(*)::int as rows, count(distinct tiktok_video_id)::int as ids from videos v
    join tiktok_accounts a on a.id = v.account_id where a.open_id = 'huge'`;
  expect(stored).toEqual({ rows: VIDEOS, ids: VIDEOS });
  expect(late.residentMb / early.residentMb).toBeLessThan(1.2);
  expect(await worker.stop()).toBe(0);
});
