import { afterAll, expect, test } from "vitest";
import { findFreePort, type ProductProcess, startWeb, startWorker } from "#tests/support/product-process";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/**
 * More syncs than TikTok's limit lets through, on two workers and a web process that works too: the limit is used, never
 * exceeded, and no page is asked for twice. SYNC_LIMIT_CREATORS makes it longer.
 */
const CREATORS = Number(process.env.SYNC_LIMIT_CREATORS ?? 12);
const PER_MINUTE = Number(process.env.SYNC_LIMIT_PER_MIN ?? 1_200);
const VIDEOS = 200;
const PAGES = VIDEOS / 20;
const BURST = 20;

const { tiktok, sql, people, verbs, environment, stop } = await startProduct({
  jobs: "send",
  settings: { TIKTOK_INGESTION_RATE_LIMIT_PER_MIN: String(PER_MINUTE), LOG_LEVEL: "info" },
});
const watch = watchSyncs(sql, tiktok);
const processes: ProductProcess[] = [];
afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  await stop();
});

test("the limit is kept and used by all processes together, and no page is asked for twice", async () => {
  const openIds = Array.from({ length: CREATORS }, (_, at) => `creator-${at}`);
  for (const openId of openIds) {
    await tiktok.addAccount({ openId, displayName: openId, videos: VIDEOS });
    const { viewer } = await people.signIn(openId);
    await verbs.requestSync(viewer.accountId);
  }
  // TikTok itself lets through what the product was told, and not one call more.
  await tiktok.settings({ rateLimitPerMinute: PER_MINUTE + BURST });
  const origin = `http://127.0.0.1:${await findFreePort()}`;
  const web = { ...environment, APP_ORIGIN: origin, PORT: new URL(origin).port };
  processes.push(
    ...(await Promise.all([
      startWorker({ environment }),
      startWorker({ environment }),
      startWeb({ environment: web }),
    ])),
  );
  const left = () => sql`select id from sync_runs where ended_at is null`;
  await watch.until(async () => (await left()).length === 0, 120_000 + (CREATORS * PAGES * 2 * 60_000) / PER_MINUTE);

  const calls = await tiktok.ledger({ endpoint: "video_list" });
  expect(calls.filter(({ code }) => code !== "ok")).toEqual([]);
  expect(calls).toHaveLength(CREATORS * PAGES);
  expect(new Set(calls.map(({ openId, cursor }) => `${openId} ${cursor}`)).size).toBe(calls.length);
  for (const openId of openIds) {
    expect(await watch.runs(openId)).toMatchObject([{ state: "succeeded", videosStored: VIDEOS, pages: PAGES }]);
    expect(await watch.storedIds(openId)).toEqual(await watch.listedIds(openId));
  }
  const times = calls.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
  const elapsedMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const quota = BURST / 2 + (elapsedMs * PER_MINUTE) / 60_000;
  process.stdout.write(
    `${calls.length} list calls in ${(elapsedMs / 1000).toFixed(1)} s, ${(calls.length / quota).toFixed(3)} of the quota\n`,
  );
  // Most of a run this short is its start and its end, and a slow machine spends it on its own work.
  expect(calls.length / quota).toBeGreaterThan(0.15);
});
