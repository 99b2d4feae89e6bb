import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import { rawRequest } from "#tests/support/qa/raw-request";
import type { Person } from "#tests/support/world/people";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** TikTok's events over HTTP: only its own are believed, each has one effect, and none is lost. */
const FORMER = "former-webhook-secret";
const { tiktok, sql, people, verbs, environment, stop } = await startProduct({
  jobs: "work",
  settings: { TIKTOK_WEBHOOK_SECRET: `next-webhook-secret,${FORMER}` },
});
const { serveProduct } = await import("./serve-product");
const { requireLink } = await import("~/features/accounts/require-link.server");
const { disconnectTikTok } = await import("~/features/personal-data/disconnect-tiktok.server");
const { listVideoPage } = await import("~/infra/tiktok/display-api.server");
const watch = watchSyncs(sql, tiktok);

const { origin, close } = await serveProduct();
const url = `${origin}/webhooks/tiktok`;

const HOUR = 3600;
const seconds = () => Math.floor(Date.now() / 1000);

afterAll(async () => {
  await close();
  await stop();
});
afterEach(async () => {
  runClock(0);
  await tiktok.clearFaults();
});

let number = 0;
let openId: string;
let owner: Person;

/** A link of yesterday, so that an event of today is newer. */
beforeEach(async () => {
  number += 1;
  openId = `person-${number}`;
  await tiktok.addAccount({ openId, displayName: `Person ${number}`, videos: 60 });
  runClock(-24 * HOUR * 1000);
  owner = await people.signIn(openId);
  runClock(0);
  await sql`delete from tiktok_webhooks`;
});

type Order = Parameters<typeof tiktok.sendWebhook>[0];
const removal = { event: "authorization.removed", content: { reason: 1 } };
/** Sends an event of `openId`, signed with the former of both secrets. */
const send = async (order: Partial<Order> = {}) => {
  const deliveries = await tiktok.sendWebhook({ ...removal, openId, url, secret: FORMER, ...order });
  return deliveries.map(({ status }) => status);
};
const link = () => requireLink(owner.viewer.accountId);
const stored = () => sql<{ event: string; outcome: string | null }[]>`select event, outcome from tiktok_webhooks`;
const untilHandled = () =>
  watch.until(async () => (await stored()).length > 0 && (await stored()).every(({ outcome }) => outcome !== null));
const credentials = async () =>
  (await sql`select 1 from tiktok_credentials where account_id = ${owner.viewer.accountId}`).length;
const readVideos = () =>
  verbs.withTikTokToken(owner.viewer.accountId, (token) => listVideoPage(token, { cursor: null, patience: "person" }));

async function expectNothingHappened(): Promise<void> {
  expect(await stored()).toEqual([]);
  expect((await link()).health).toBe("healthy");
  expect(await credentials()).toBe(1);
}

describe("authorization.removed", () => {
  test("ends the link: tokens gone, TikTok's reason kept, and nobody asks TikTok again", async () => {
    await tiktok.removeAuthorization(openId);
    const since = (await tiktok.ledger()).at(-1)?.seq ?? 0;
    expect(await send({ content: { reason: 4 } })).toEqual([200]);
    await untilHandled();
    expect(await link()).toMatchObject({ health: "revoked", revokedReason: 4, grantedScopes: [] });
    expect(await credentials()).toBe(0);
    await expect(readVideos()).rejects.toMatchObject({ code: "TIKTOK_REVOKED" });
    await expect(verbs.requestSync(owner.viewer.accountId)).rejects.toMatchObject({ code: "TIKTOK_REVOKED" });
    expect(await tiktok.ledger({ sinceSeq: since })).toEqual([]);
    const lines = await sql`select actor_kind, action, after from audit_log
      where target_id = ${owner.viewer.accountId}`;
    expect(lines).toEqual([{ actor_kind: "system", action: "link.revoked", after: { health: "revoked", reason: 4 } }]);
    await people.signIn(openId);
    expect(await link()).toMatchObject({ health: "healthy", revokedReason: null });
    expect((await readVideos()).videos).toHaveLength(20);
  });

  test("twenty times at once has one effect", async () => {
    expect(await send({ times: 20 })).toEqual(Array.from({ length: 20 }, () => 200));
    await untilHandled();
    expect(await stored()).toEqual([{ event: "authorization.removed", outcome: "applied" }]);
    const lines = await sql`select 1 from audit_log
      where target_id = ${owner.viewer.accountId} and action = 'link.revoked'`;
    expect(lines).toHaveLength(1);
    expect(await send()).toEqual([200]);
  });

  test("of a link before this one is ignored, however late it comes", async () => {
    expect(await send({ createTime: seconds() - 25 * HOUR })).toEqual([200]);
    await untilHandled();
    expect(await stored()).toMatchObject([{ outcome: "newer_link" }]);
    expect((await link()).health).toBe("healthy");
    expect((await readVideos()).videos).toHaveLength(20);
  });

  test("that TikTok sends again hours later, under the time of the first, is not lost", async () => {
    const at = seconds() - 20 * HOUR;
    expect(await send({ createTime: at, signedAt: at })).toEqual([200]);
    await untilHandled();
    expect(await stored()).toMatchObject([{ outcome: "applied" }]);
    expect((await link()).health).toBe("revoked");
    expect(await send({ createTime: at, signedAt: at })).toEqual([200]);
    expect(await stored()).toHaveLength(1);
  });

  test("after a disconnect here, as TikTok's echo, changes nothing", async () => {
    await disconnectTikTok(owner.viewer, "request-1");
    expect(await send({ content: { reason: 5 } })).toEqual([200]);
    await untilHandled();
    expect(await stored()).toMatchObject([{ outcome: "no_link" }]);
    expect((await link()).health).toBe("disconnected");
  });

  test("of somebody whom we do not know is recorded and has no effect", async () => {
    expect(await send({ openId: "nobody-here" })).toEqual([200]);
    await untilHandled();
    expect(await stored()).toMatchObject([{ outcome: "unknown_account" }]);
    expect((await link()).health).toBe("healthy");
  });
});

test.each([
  ["video.publish.completed", "unknown_event"],
  ["portability.download.ready", "unknown_event"],
])("%s is recorded, and has no effect", async (event, outcome) => {
  expect(await send({ event, content: { share_id: "v.1" } })).toEqual([200]);
  await untilHandled();
  expect(await stored()).toEqual([{ event, outcome }]);
  expect((await link()).health).toBe("healthy");
});

test("what TikTok signed but nobody can read is recorded once, and not asked for again", async () => {
  expect(await send({ rawBody: "{not json" })).toEqual([200]);
  expect(await send({ rawBody: "{not json" })).toEqual([200]);
  expect(await stored()).toEqual([{ event: "", outcome: "unreadable" }]);
});

describe("is refused with 401, and nothing is stored:", () => {
  const now = seconds();
  const forged = "0".repeat(64);
  test.each([
    ["a signature with another secret", { secret: "somebody-elses-secret" }],
    ["no signature", { signature: null }],
    ["a forged signature", { signature: `t=${now},s=${forged}` }],
    ["a cut signature", { signature: `t=${now},s=${forged.slice(2)}` }],
    ["two signatures", { signature: `t=${now},s=${forged},s=${forged}` }],
    ["two times", { signature: `t=${now},t=${now},s=${forged}` }],
    ["no time", { signature: `s=${forged}` }],
    ["a time in the future", { signedAt: now + 2 * HOUR }],
    ["a time that TikTok no longer repeats", { signedAt: now - 80 * HOUR }],
    ["another app's event", { rawBody: JSON.stringify({ client_key: "another", event: "x", create_time: now }) }],
  ] satisfies [string, Partial<Order>][])("%s", async (_what, order) => {
    expect(await send(order)).toEqual([401]);
    await expectNothingHappened();
  });

  test("a right signature with a second one beside it, and a body that was changed under it", async () => {
    const body = JSON.stringify({
      client_key: environment.TIKTOK_CLIENT_KEY,
      event: "authorization.removed",
      create_time: seconds(),
      user_openid: openId,
      content: '{"reason":1}',
    });
    const time = seconds();
    const right = createHmac("sha256", FORMER).update(`${time}.${body}`).digest("hex");
    const post = (signature: string, sent: string) =>
      rawRequest(origin, "/webhooks/tiktok", {
        method: "POST",
        headers: { "tiktok-signature": signature },
        body: sent,
      });
    expect((await post(`t=${time},s=${forged},s=${right}`, body)).status).toBe(401);
    expect((await post(`t=${time},s=${right},s=${forged}`, body)).status).toBe(401);
    expect((await post(`t=${time},s=${right}`, body.replace('"reason', '"Reason'))).status).toBe(401);
    expect((await post(`t=${time + 1},s=${right}`, body)).status).toBe(401);
    await expectNothingHappened();
    expect((await post(`t=${time},s=${right}`, body)).status).toBe(200);
    await untilHandled();
    expect((await link()).health).toBe("revoked");
  });
});

test("either secret may have signed while they are changed", async () => {
  expect(await send({ event: "a", secret: "next-webhook-secret" })).toEqual([200]);
  expect(await send({ event: "b", secret: FORMER })).toEqual([200]);
});

describe("consent that is taken back during a sync", () => {
  const running = async () => {
    await tiktok.addFault({ endpoint: "video_list", kind: "delay", delayMs: 1_000, after: 1, openId });
    await verbs.requestSync(owner.viewer.accountId);
    await watch.until(async () => (await watch.latestRun(openId)).pages >= 1);
  };
  const untilEnded = () => watch.until(async () => (await watch.latestRun(openId)).ended);
  const refreshes = async () =>
    (await tiktok.ledger({ endpoint: "token" })).filter(({ grantType }) => grantType === "refresh_token");

  test("with the event: the sync ends and says so", async () => {
    await running();
    const before = (await refreshes()).length;
    await tiktok.removeAuthorization(openId);
    expect(await send()).toEqual([200]);
    await untilHandled();
    await untilEnded();
    expect(await link()).toMatchObject({ health: "revoked" });
    expect(await credentials()).toBe(0);
    expect(["link_revoked", "link_expired"]).toContain((await watch.latestRun(openId)).failure);
    expect((await refreshes()).length - before).toBeLessThanOrEqual(1);
  });

  test("without it: one refresh is tried, and the sync ends as expired", async () => {
    await running();
    const before = (await refreshes()).length;
    await tiktok.removeAuthorization(openId);
    await untilEnded();
    expect(await watch.latestRun(openId)).toMatchObject({ state: "failed", failure: "link_expired" });
    expect((await link()).health).toBe("expired");
    expect((await refreshes()).length - before).toBe(1);
    await expect(readVideos()).rejects.toMatchObject({ code: "TIKTOK_EXPIRED" });
    expect((await refreshes()).length - before).toBe(1);
  });
});
