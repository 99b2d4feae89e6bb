import { afterAll, expect, test } from "vitest";
import { type ProductProcess, startWorker } from "#tests/support/product-process";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** What comes by itself, on built workers. It is waited for, a minute or so: pg-boss goes by the wall clock. */
const product = await startProduct({ jobs: "send" });
const { sql, tiktok } = product;
const watch = watchSyncs(sql, tiktok);
const workers: ProductProcess[] = [];
const MINUTE = 60_000;

afterAll(async () => {
  for (const { child } of workers) {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  }
  await product.stop();
});

test("the minute's plan is made once a minute, however many workers there are", async () => {
  const environment = { ...product.environment, LOG_LEVEL: "info" };
  workers.push(...(await Promise.all([startWorker({ environment }), startWorker({ environment })])));
  // Occurrences are told apart by their minute, not by when they were made: one may come late, in the next one's minute.
  const made = async () => (await sql`select id from pgboss.job where name = 'plan-refresh'`).length;
  const before = await made();
  await watch.until(async () => (await made()) > before, 3 * MINUTE);
  const plans = await made();
  const minutes = await sql`select distinct singleton_on from pgboss.job
    where name = '__pgboss__send-it' and data ->> 'name' = 'plan-refresh'`;
  expect(plans).toBeLessThanOrEqual(minutes.length);
  await watch.until(
    async () => (await sql`select id from pgboss.job where name = 'plan-refresh' and state = 'completed'`).length > 0,
    MINUTE,
  );
  const [schedules] = await sql`select count(*)::int as count from pgboss.schedule where name = 'plan-refresh'`;
  expect(schedules?.count).toBe(1);
});
