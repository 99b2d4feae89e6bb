import { afterAll, expect, test } from "vitest";
import { startProduct } from "#tests/integration/product-in-process";
import { watchSyncs } from "#tests/integration/watch-syncs";
import { type ProductProcess, startWorker } from "#tests/support/product-process";

/** Work that takes its process along each time it is tried: an exit, a loop and a lack of memory look the same from outside. */
const { tiktok, sql, people, verbs, environment, stop } = await startProduct({ jobs: "send" });
const watch = watchSyncs(sql, tiktok);
const MINUTE = 60_000;
let worker: ProductProcess | undefined;
afterAll(async () => {
  await worker?.kill();
  await stop();
});

const ATTEMPTS = 6;
const inQueue = (name: string) => sql`select id from pgboss.job where name = ${name} and state < 'completed'`;

async function requestSync(openId: string, videos: number): Promise<void> {
  await tiktok.addAccount({ openId, displayName: openId, videos });
  const { viewer } = await people.signIn(openId);
  await verbs.requestSync(viewer.accountId);
}

test("a job that kills its worker is tried so often and no more, and the others get on meanwhile", {
  timeout: 12 * MINUTE,
}, async () => {
  await requestSync("poison", 60);
  const { id } = await tiktok.addFault({ endpoint: "video_list", kind: "hang", openId: "poison", after: 1 });
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    await requestSync(`beside-${attempt}`, 40);
    worker = await startWorker({ environment: { ...environment, LOG_LEVEL: "info" } });
    await watch.until(async () => (await tiktok.fired(id)) >= attempt, 3 * MINUTE);
    await watch.until(async () => (await watch.latestRun(`beside-${attempt}`)).ended, MINUTE);
    await worker.kill();
  }
  worker = await startWorker({ environment: { ...environment, LOG_LEVEL: "info" } });
  await watch.until(async () => (await watch.latestRun("poison")).ended, 3 * MINUTE);
  await watch.until(async () => (await inQueue("sync-videos-dead")).length === 0, MINUTE);
  expect(await tiktok.fired(id)).toBe(ATTEMPTS);
  expect(await watch.runs("poison")).toMatchObject([{ state: "failed", failure: "unexpected", videosStored: 20 }]);
  const dead = await sql`select id from pgboss.job where name = 'sync-videos-dead'`;
  expect(dead).toHaveLength(1);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    expect(await watch.runs(`beside-${attempt}`)).toMatchObject([{ state: "succeeded", videosStored: 40 }]);
  }
});
