import { afterAll, expect, test } from "vitest";
import { rawRequest } from "#tests/support/qa/raw-request";
import { startProduct } from "./product-in-process";

/** Every connection of a process to its database is taken. */
const { tiktok, sql, stop } = await startProduct({ jobs: "send" });
const { serveProduct } = await import("./serve-product");
const { sql: pool } = await import("~/infra/db.server");
const { origin, close } = await serveProduct();
const POOL = 10;

afterAll(async () => {
  await close();
  await stop();
});

const readyz = async () => (await rawRequest(origin, "/readyz")).status;

test("while no connection is free the process is not ready, and what it was asked meanwhile is done afterwards", async () => {
  const held = await Promise.all(Array.from({ length: POOL }, () => pool.reserve()));
  const order = { event: "video.publish.completed", openId: "waits", url: `${origin}/webhooks/tiktok` };
  const event = tiktok.sendWebhook({ ...order, createTime: Math.floor(Date.now() / 1000) });
  expect(await readyz()).toBe(503);
  for (const connection of held) connection.release();
  expect(await event).toMatchObject([{ status: 200 }]);
  expect(await readyz()).toBe(200);
  expect(await sql`select outcome from tiktok_webhooks`).toHaveLength(1);
});
