import { afterAll, expect, test } from "vitest";
import { startProduct } from "#tests/integration/product-in-process";
import { watchSyncs } from "#tests/integration/watch-syncs";

/** Long lists on every hand of the only worker: somebody who presses Sync now does not wait for them. */
const { tiktok, sql, people, verbs, stop } = await startProduct({ jobs: "work" });
const watch = watchSyncs(sql, tiktok);
afterAll(stop);

const LONG = 10;
const FIRST_PAGE_MS = 30_000;

test("a creator's first page comes within thirty seconds however many long lists are being read", async () => {
  // A hundred and fifty pages of half a second each: more than a minute for one list alone.
  await tiktok.settings({ latencyMs: 500 });
  const accounts: string[] = [];
  for (let at = 0; at < LONG; at += 1) {
    await tiktok.addAccount({ openId: `long-${at}`, displayName: `Long ${at}`, videos: 3_000 });
    const { viewer } = await people.signIn(`long-${at}`);
    accounts.push(viewer.accountId);
    await verbs.requestSync(viewer.accountId);
  }
  const working = () => sql`select id from pgboss.job where name = 'sync-videos' and state = 'active'`;
  await watch.until(async () => (await working()).length === 8);

  await tiktok.addAccount({ openId: "newcomer", displayName: "Newcomer", videos: 30 });
  const { viewer } = await people.signIn("newcomer");
  const pressed = Date.now();
  await verbs.requestSync(viewer.accountId);
  await watch.until(async () => (await watch.latestRun("newcomer")).pages > 0, 2 * FIRST_PAGE_MS);
  expect(Date.now() - pressed).toBeLessThan(FIRST_PAGE_MS);
  // The long ones are still being read, and none of them was set back by it.
  const reading = await sql`select id from sync_runs where ended_at is null and failure is null`;
  expect(reading.length).toBeGreaterThanOrEqual(LONG);
  for (const accountId of accounts) await verbs.cancelSync(accountId);
});

test("nor does anybody wait for ten thousand jobs that came before", async () => {
  await tiktok.settings({ latencyMs: 0 });
  await sql`
    insert into pgboss.job (name, data, policy)
    select 'handle-webhook', jsonb_build_object('webhookId', gen_random_uuid()), 'standard' from generate_series(1, 10000)`;
  const left = async () =>
    (await sql`select id from pgboss.job where name = 'handle-webhook' and state = 'created'`).length;
  await watch.until(async () => (await left()) < 10_000);
  await tiktok.addAccount({ openId: "latecomer", displayName: "Latecomer", videos: 60 });
  const person = await people.signIn("latecomer");
  const pressed = Date.now();
  expect(await people.sync(person)).toMatchObject({ state: "succeeded", count: 60 });
  expect(Date.now() - pressed).toBeLessThan(FIRST_PAGE_MS);
  expect(await left()).toBeGreaterThan(0);
});
