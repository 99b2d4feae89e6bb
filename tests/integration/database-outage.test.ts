import { afterAll, expect, test } from "vitest";
import { rawRequest } from "#tests/support/qa/raw-request";
import { ADMIN_URL, withAdmin } from "#tests/support/test-database";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** The database goes away under a working product, as in a restart, and comes back. */
const { tiktok, sql, people, verbs, environment, stop } = await startProduct({ jobs: "work" });
const { serveProduct } = await import("./serve-product");
const watch = watchSyncs(sql, tiktok);
const { origin, close } = await serveProduct();
const BACK_MS = 60_000;

afterAll(async () => {
  await close();
  await stop();
});

const readyz = async () => (await rawRequest(origin, "/readyz")).status;
const sendEvent = async (createTime: number) => {
  const order = { event: "video.publish.completed", openId: "cut", createTime, url: `${origin}/webhooks/tiktok` };
  return (await tiktok.sendWebhook(order))[0]?.status;
};
const stored = () => sql<{ outcome: string | null }[]>`select outcome from tiktok_webhooks`;

/** Cuts every connection to the product's database and lets none in while `during` runs. Returns how many were cut. */
async function withoutDatabase(during: () => Promise<void>): Promise<number> {
  const name = new URL(environment.DATABASE_URL).pathname.slice(1);
  let cut = 0;
  await withAdmin(process.env[ADMIN_URL] ?? "", async (admin) => {
    await admin.unsafe(`alter database "${name}" allow_connections false`);
    cut = (await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`).length;
    try {
      await during();
    } finally {
      await admin.unsafe(`alter database "${name}" allow_connections true`);
    }
  });
  return cut;
}

test("while the database is away nothing is acknowledged; when it is back everything goes on by itself", async () => {
  const second = Math.floor(Date.now() / 1000);
  await tiktok.settings({ latencyMs: 100 });
  await tiktok.addAccount({ openId: "cut", displayName: "Cut", videos: 200 });
  const { viewer } = await people.signIn("cut");
  expect(await readyz()).toBe(200);
  expect(await sendEvent(second)).toBe(200);
  await verbs.requestSync(viewer.accountId);
  await watch.until(async () => (await watch.latestRun("cut")).pages >= 2);

  const cut = await withoutDatabase(async () => {
    await watch.until(async () => (await readyz()) === 503);
    expect(await sendEvent(second - 1)).toBe(500);
  });
  expect(cut).toBeGreaterThan(0);

  await watch.until(async () => (await readyz()) === 200, BACK_MS);
  // As TikTok does with what was not acknowledged.
  expect(await sendEvent(second - 1)).toBe(200);
  await watch.until(async () => (await watch.latestRun("cut")).ended, BACK_MS);
  expect(await watch.runs("cut")).toMatchObject([{ state: "succeeded", videosStored: 200, pages: 10 }]);
  expect(await watch.storedIds("cut")).toEqual(await watch.listedIds("cut"));
  expect(await watch.doubledSnapshots("cut")).toEqual([]);
  await watch.until(async () => (await stored()).every(({ outcome }) => outcome !== null), BACK_MS);
  expect(await stored()).toHaveLength(2);
});
