import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { type ProductProcess, startWorker } from "#tests/support/product-process";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/**
 * Product invariant 9 on built worker processes: however a sync is interrupted, when it ends every video that TikTok
 * lists is stored exactly once. The pages of the interruptions are picked anew each time and named when it fails.
 */
const { tiktok, sql, people, verbs, environment, stop } = await startProduct({ jobs: "send" });
const watch = watchSyncs(sql, tiktok);
const workers: ProductProcess[] = [];
const TAKEN_OVER_MS = 90_000;

afterAll(async () => {
  for (const { child } of workers) {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  }
  await stop();
});

async function addWorker(): Promise<ProductProcess> {
  const worker = await startWorker({ environment: { ...environment, LOG_LEVEL: "info" } });
  workers.push(worker);
  return worker;
}

/** From here on TikTok never answers for a page of `openId`, after the first `after` of them. */
const hangAfter = (openId: string, after: number) =>
  tiktok.addFault({ id: `hang ${openId}`, endpoint: "video_list", kind: "hang", openId, after });

/** Waits until a walk stands still at a page that does not come, with every page before it stored. */
async function standsStill(openId: string, pages: number): Promise<void> {
  await watch.until(async () => (await tiktok.fired(`hang ${openId}`)) > 0, TAKEN_OVER_MS);
  await watch.until(async () => (await watch.latestRun(openId)).pages >= pages, TAKEN_OVER_MS);
}

test("a killed and a frozen worker lose nothing and store nothing twice", { timeout: 240_000 }, async () => {
  const others = [160, 161, 139].map((videos) => ({ openId: `walk-${videos}`, videos }));
  const accounts = [{ openId: "sim-500", videos: 500 }, ...others];
  for (const { openId, videos } of others) await tiktok.addAccount({ openId, displayName: openId, videos });
  await tiktok.settings({ latencyMs: 80 });
  const [killedIn = [], frozenAfter = 1] =
    fc.sample(fc.tuple(fc.array(fc.nat(5), { minLength: 4, maxLength: 4 }), fc.integer({ min: 1, max: 3 })), 1)[0] ??
    [];
  const story = `killed in the pages ${killedIn} of ${accounts.map(({ videos }) => videos)}, frozen ${frozenAfter} after`;

  // One that is killed: each account is in the middle of another page.
  const first = await addWorker();
  for (const [at, { openId }] of accounts.entries()) {
    await hangAfter(openId, killedIn[at] ?? 0);
    const { viewer } = await people.signIn(openId);
    await verbs.requestSync(viewer.accountId);
  }
  for (const [at, { openId }] of accounts.entries()) await standsStill(openId, killedIn[at] ?? 0);
  await first.kill();
  for (const [at, { openId }] of accounts.entries()) {
    expect(await watch.latestRun(openId), story).toMatchObject({ ended: false, pages: killedIn[at] });
  }
  await tiktok.clearFaults();

  // One that is stopped for longer than its leases: sim-500 waits for a page, the others are wherever they are.
  await hangAfter("sim-500", frozenAfter);
  const second = await addWorker();
  const frozenIn = (killedIn[0] ?? 0) + frozenAfter;
  await standsStill("sim-500", frozenIn);
  second.child.kill("SIGSTOP");
  await tiktok.clearFaults();

  // As soon as a third has taken over it goes on: its late pages must find no room.
  const third = await addWorker();
  await watch.until(async () => (await watch.latestRun("sim-500")).pages > frozenIn, TAKEN_OVER_MS);
  second.child.kill("SIGCONT");

  for (const { openId, videos } of accounts) {
    await watch.until(async () => (await watch.latestRun(openId)).ended, TAKEN_OVER_MS);
    expect(await watch.runs(openId), story).toMatchObject([
      { state: "succeeded", failure: null, videosStored: videos, pages: Math.ceil(videos / 20) },
    ]);
  }
  // Whatever they still had in hand is over when they have stopped.
  expect(await Promise.all([second.stop(), third.stop()]), story).toEqual([0, 0]);
  for (const { openId } of accounts) {
    expect(await watch.storedIds(openId), story).toEqual(await watch.listedIds(openId));
    expect(await watch.doubledSnapshots(openId), story).toEqual([]);
  }
});
