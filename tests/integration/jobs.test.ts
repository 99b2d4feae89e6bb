import { afterAll, afterEach, expect, test } from "vitest";
import { type ProductProcess, spawnProduct, startWorker } from "#tests/support/product-process";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** Background work as an operator meets it, on built processes: a deploy, work that died and a retry. */
const { tiktok, sql, people, verbs, environment, stop } = await startProduct({ jobs: "send" });
const watch = watchSyncs(sql, tiktok);
const workers: ProductProcess[] = [];
const STOP_MS = 10_000;
const MINUTE = 60_000;
const SHORT = 64;
/** Half of what eight at a time take if each is followed by a look at the queue two seconds later. */
const SHORT_MS = 7_000;

afterEach(() => tiktok.clearFaults());
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

/** An account whose sync waits for a worker. */
async function requested(openId: string, videos: number) {
  await tiktok.addAccount({ openId, displayName: openId, videos });
  const person = await people.signIn(openId);
  await verbs.requestSync(person.viewer.accountId);
  return person;
}

test("short work that has piled up is done without a pause between one and the next", async () => {
  for (let at = 0; at < SHORT; at += 1) await requested(`short-${at}`, 1);
  const worker = await addWorker();
  const began = Date.now();
  await watch.until(async () => (await sql`select id from sync_runs where ended_at is null`).length === 0);
  expect(Date.now() - began).toBeLessThan(SHORT_MS);
  await worker.stop();
});

test("a worker that is told to stop in a long sync ends in ten seconds, and the next one goes on at no cost", async () => {
  // Left alone it would take more than twenty seconds.
  await tiktok.settings({ latencyMs: 400 });
  await requested("deployed", 1_000);
  const first = await addWorker();
  await watch.until(async () => (await watch.latestRun("deployed")).pages >= 3, MINUTE);
  const told = Date.now();
  expect(await first.stop()).toBe(0);
  expect(Date.now() - told).toBeLessThan(STOP_MS);
  expect(first.output()).not.toContain("stopped the hard way");
  const left = await watch.latestRun("deployed");
  expect(left).toMatchObject({ state: "running", ended: false });
  // The rest waits as a job that was never tried: no attempt is burnt by a deploy.
  const waiting =
    await sql`select state, retry_count from pgboss.job where name = 'sync-videos' and state < 'completed'`;
  expect([...waiting]).toEqual([{ state: "created", retry_count: 0 }]);
  await tiktok.settings({ latencyMs: 0 });
  await addWorker();
  await watch.until(async () => (await watch.latestRun("deployed")).ended, 2 * MINUTE);
  expect(await watch.runs("deployed")).toMatchObject([{ state: "succeeded", videosStored: 1_000, pages: 50 }]);
  expect(await watch.doubledSnapshots("deployed")).toEqual([]);
});

test("work whose every attempt failed is kept, and jobs:retry lets it go on where it stopped", async () => {
  await sql.unsafe(`
    create function refuse_page() returns trigger language plpgsql as
    $$ begin if new.pages = 2 then raise exception 'disk full' using errcode = 'disk_full'; end if; return new; end $$;
    create trigger refuse_page before update of pages on sync_runs for each row execute function refuse_page()`);
  await requested("dead", 60);
  // Its last attempt is at hand: all of them would take a minute.
  await sql`update pgboss.job set retry_limit = 0 where name = 'sync-videos' and state < 'completed'`;
  if (workers.every(({ child }) => child.exitCode !== null)) await addWorker();
  await watch.until(async () => (await watch.latestRun("dead")).ended, 3 * MINUTE);
  expect(await watch.latestRun("dead")).toMatchObject({ state: "failed", failure: "unexpected", videosStored: 20 });
  const dead = () => sql`select id from pgboss.job where name = 'sync-videos-dead' and state = 'completed'`;
  await watch.until(async () => (await dead()).length === 1);
  await sql`drop trigger refuse_page on sync_runs`;

  const retry = spawnProduct("jobs-retry", [], { environment: { ...environment, LOG_LEVEL: "info" } });
  await watch.until(async () => retry.child.exitCode !== null, MINUTE);
  expect(retry.child.exitCode, retry.output()).toBe(0);
  expect(retry.output()).toContain("sync-videos: 1 retried");
  await watch.until(async () => (await watch.latestRun("dead")).ended, MINUTE);
  expect(await watch.runs("dead")).toMatchObject([{ state: "succeeded", videosStored: 60, pages: 3 }]);
  const first = (await tiktok.ledger({ endpoint: "video_list", openId: "dead" })).filter(
    (call) => call.cursor === undefined,
  );
  expect(first).toHaveLength(1);
  expect(await dead()).toHaveLength(0);
});
