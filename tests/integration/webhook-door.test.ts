import net from "node:net";
import { afterAll, describe, expect, test, vi } from "vitest";
import { rawRequest } from "#tests/support/qa/raw-request";
import vector from "../simulators/tiktok/recorded/computed-webhook-signature-vector.json" with { type: "json" };
import { startProduct } from "./product-in-process";

/** What is turned away at the webhooks' door before anything in it is read. */
const { sql, tiktok, stop } = await startProduct({ jobs: "send" });
const { serveProduct } = await import("./serve-product");
const { checkWebhookSignature } = await import("~/infra/tiktok/check-webhook-signature.server");
const { origin, close } = await serveProduct();

afterAll(async () => {
  await close();
  await stop();
});

const stored = async () => [...(await sql`select event from tiktok_webhooks`)];

test("a signature that was worked out by hand holds", () => {
  const at = new Date(1_790_000_010 * 1000);
  const check = (header: string) =>
    checkWebhookSignature(Buffer.from(vector.raw_body), header, {
      secrets: [vector.client_secret],
      at,
      toleranceSeconds: 300,
    });
  expect(check(vector.header_value)).toBeNull();
  expect(check(vector.header_value.replace("s=a0", "s=a1"))).toBe("wrong");
});

describe("a body", () => {
  test.each([
    ["that says that it is 10 MB", {}],
    ["of 10 MB that does not say so", { "transfer-encoding": "chunked" }],
  ])("%s is refused with 413", async (_what, headers: Record<string, string>) => {
    const body = Buffer.alloc(10 * 1024 * 1024, "x");
    const chunked = "transfer-encoding" in headers;
    const answer = await rawRequest(origin, "/webhooks/tiktok", { method: "POST", headers, body, chunked });
    expect(answer.status).toBe(413);
    expect(await stored()).toEqual([]);
  });

  test("that does not come is not waited for", async () => {
    const socket = net.connect(Number(new URL(origin).port), "127.0.0.1");
    socket.write("POST /webhooks/tiktok HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");
    const answer = await new Promise<string>((resolve) => socket.once("data", (data) => resolve(String(data))));
    socket.destroy();
    expect(answer).toContain("408");
    expect(await stored()).toEqual([]);
  });
});

test("the same-origin guard steps aside for this very path, and for nothing beside it", async () => {
  const post = async (path: string) => (await rawRequest(origin, path, { method: "POST", body: "{}" })).status;
  expect(await post("/webhooks/tiktok")).toBe(401);
  for (const path of ["/webhooks/tiktok/", "/webhooks/tiktok/x", "/Webhooks/TikTok", "//webhooks/tiktok", "/logout"]) {
    expect(await post(path), path).toBe(403);
  }
});

test("a sender of forged events is told to wait, and what TikTok sends again after that is taken", async () => {
  const createTime = Math.floor(Date.now() / 1000);
  const url = `${origin}/webhooks/tiktok`;
  const send = async (order: { times?: number; secret?: string }) =>
    (await tiktok.sendWebhook({ event: "video.publish.completed", openId: "somebody", createTime, url, ...order })).map(
      ({ status }) => status,
    );
  const started = performance.now();
  let refusals = 0;
  while ((await send({ secret: "somebody-elses-secret" }))[0] === 401) refusals += 1;
  const seconds = Math.ceil((performance.now() - started) / 1000);
  expect(refusals, "sixty, and one for every second since").toBeLessThanOrEqual(60 + seconds);
  const refused = await rawRequest(origin, "/webhooks/tiktok", { method: "POST", body: "{}" });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(60);
  // On a slow machine a second has passed by now, and with it one more is let in: then once more.
  await vi.waitFor(async () => {
    while ((await send({ secret: "somebody-elses-secret" }))[0] === 401);
    const before = await stored();
    expect(await send({})).toEqual([429]);
    expect(await stored()).toEqual(before);
  }, 20_000);
  await vi.waitFor(async () => expect(await send({})).toEqual([200]), { timeout: 30_000, interval: 250 });
  expect(await send({ times: 50 })).toEqual(Array.from({ length: 50 }, () => 200));
  expect(await stored()).toHaveLength(1);
});
