import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { rawRequest } from "#tests/support/qa/raw-request";
import { TikTokControl } from "../simulators/tiktok/control";
import type { LedgerEntry } from "../simulators/tiktok/control-answers";
import { idsOf, PlainClient, pageSchema, pairSchema } from "../simulators/tiktok/plain-client";
import { recorded, shapeOf } from "../simulators/tiktok/recorded";
import { startTikTokSimulator } from "../simulators/tiktok/simulator";
import { accessOf, app, client, SCOPES, signIn, simulator, tiktok, VERIFIER } from "./tiktok-in-process";

/** What tests arrange and ask: webhooks, the ledger, the cast, the control API. */

describe("webhooks", () => {
  async function received(act: (url: string) => Promise<unknown>) {
    const requests: { signature: string | undefined; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on("end", () => {
        requests.push({ signature: request.headers["tiktok-signature"]?.toString(), body });
        response.writeHead(204).end();
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const outcome = await act(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/webhooks/tiktok`);
    server.close();
    return { requests, outcome };
  }

  test("are signed as in the worked example", async () => {
    const vector = z
      .object({ client_secret: z.string(), raw_body: z.string(), header_value: z.string() })
      .parse(recorded("computed-webhook-signature-vector"));
    const order = { event: "x", rawBody: vector.raw_body, secret: vector.client_secret, signedAt: 1_790_000_005 };
    const { requests } = await received((url) => tiktok.sendWebhook({ ...order, url }));
    expect(requests).toEqual([{ signature: vector.header_value, body: vector.raw_body }]);
  });

  test("have the documented body, and can be repeated or left unsigned", async () => {
    const order = { event: "authorization.removed", openId: "demo-ines", content: { reason: 1 } };
    const { requests, outcome } = await received((url) =>
      tiktok.sendWebhook({ ...order, url, times: 3, signature: null }),
    );
    expect(outcome).toEqual([{ status: 204 }, { status: 204 }, { status: 204 }]);
    const documented = shapeOf(recorded("doc-webhook-authorization-removed"));
    expect(requests.map(({ body }) => shapeOf(JSON.parse(body)))).toEqual([documented, documented, documented]);
    expect(requests.every(({ signature }) => signature === undefined)).toBe(true);
  });

  test("nobody listening is said, not thrown", async () => {
    const url = "http://127.0.0.1:9/webhooks/tiktok";
    expect(await tiktok.sendWebhook({ event: "x", url })).toEqual([{ status: null }]);
  });
});

describe("the ledger and the control API", () => {
  test("the ledger tells a sign-in and a sync, and holds no secret", async () => {
    const { code, answer } = await signIn("sim-21", ["video.list", "video.data"]);
    const pair = pairSchema.parse(answer.body);
    await client.fetch("/v2/user/info/?fields=open_id", {
      headers: { authorization: `Bearer ${pair.access_token}`, cookie: "planted=cookie" },
    });
    await client.pageThrough(pair.access_token, 20);
    await client.lookup(pair.access_token, ["1", "2"]);
    await client.token({ grant_type: "refresh_token", refresh_token: pair.refresh_token });
    await client.fetch(`/nowhere?token=${encodeURIComponent(pair.access_token)}`);
    const entries = await tiktok.ledger();
    const told = entries.map(({ endpoint, status, openId }) => `${endpoint} ${status} ${openId}`);
    expect(told).toEqual([
      "consent 302 sim-21",
      "token 200 sim-21",
      "user_info 200 sim-21",
      "video_list 200 sim-21",
      "video_list 200 sim-21",
      "video_lookup 200 sim-21",
      "token 200 sim-21",
      "unknown 404 null",
    ]);
    const expected: Partial<LedgerEntry> = { clientKey: app.clientKey, maxCount: 20, fields: ["id"], code: "ok" };
    expect(entries[4]).toMatchObject({ ...expected, cursor: expect.any(Number), seq: (entries[3]?.seq ?? 0) + 1 });
    expect(entries[5]?.videoIds).toEqual(["1", "2"]);
    expect(entries.map(({ grantType }) => grantType).filter(Boolean)).toEqual(["authorization_code", "refresh_token"]);
    const everything = JSON.stringify([entries, await tiktok.state()]);
    const challenge = createHash("sha256").update(VERIFIER).digest("hex");
    for (const secret of [code, pair.access_token, pair.refresh_token, app.clientSecret, VERIFIER, challenge]) {
      expect(secret.length).toBeGreaterThan(10);
      expect(everything).not.toContain(secret);
    }
    expect(everything).not.toMatch(/planted|the-state|act\.|rft\./);
  });

  test("filters, clears and goes on counting; the control's own calls are not in it", async () => {
    await client.fetch("/oembed?url=x");
    const [entry] = await tiktok.awaitLedger((entries) => entries.length === 1);
    await tiktok.clearLedger();
    await client.userInfo(await accessOf("sim-1"), "open_id");
    expect(await tiktok.ledger({ sinceSeq: entry?.seq, endpoint: "user_info", openId: "sim-1" })).toHaveLength(1);
    const seeded = await tiktok.ledger({ endpoint: "token" });
    expect(seeded).toMatchObject([{ grantType: "control", openId: "sim-1", seq: (entry?.seq ?? 0) + 1 }]);
    await expect(tiktok.awaitLedger((entries) => entries.length > 9, 0)).rejects.toThrow("did not get there");
  });

  test("says what is wrong with an order", async () => {
    await expect(tiktok.addFault({ endpoint: "video_list", kind: "status", times: -1 })).rejects.toThrow("times");
    await expect(tiktok.videos("nobody")).rejects.toThrow("nobody");
    const unknown = await client.postJson("/__control/settings", "", { contrct: "public" });
    expect(unknown).toMatchObject({ status: 400, body: { error: expect.stringContaining("contrct") } });
    const crossSite = await client.post("/__control/reset", new URLSearchParams());
    expect(crossSite.status).toBe(405);
  });

  test("reset brings the start back", async () => {
    const before = await tiktok.state();
    const token = await accessOf("sim-1");
    await tiktok.addAccount({ openId: "new", displayName: "New", videos: 25 });
    const added = await tiktok.addVideo("sim-1", { caption: "later", durationSeconds: 30 });
    expect(idsOf((await client.list(token)).body)[0]).toBe(added.id);
    await tiktok.settings({ contract: "public", latencyMs: 1 });
    await tiktok.addFault({ endpoint: "*", kind: "empty" });
    await tiktok.reset();
    expect(await tiktok.state()).toEqual(before);
    expect(await tiktok.ledger()).toEqual([]);
    expect((await client.list(token)).status).toBe(401);
    expect(await tiktok.videos("sim-1")).toHaveLength(1);
  });

  test("starts in no time with thousands of videos, and 5,000 are paged whole", async () => {
    const startUp = async () => {
      const began = performance.now();
      const started = await startTikTokSimulator({ ...app, redirectUris: [app.redirectUri], rateLimitPerMinute: 0 });
      return { ...started, ms: performance.now() - began };
    };
    // The best of three: a busy machine is not the simulator's doing.
    const [other, ...more] = [await startUp(), await startUp(), await startUp()];
    expect(Math.min(other.ms, ...more.map(({ ms }) => ms))).toBeLessThan(300);
    await Promise.all(more.map(({ stop }) => stop()));
    const { accessToken } = await new TikTokControl(other.origin).grant("sim-5000", SCOPES);
    const there = new PlainClient(other.origin, app);
    const ids = new Set<string>();
    let cursor: number | undefined;
    do {
      const page = pageSchema.parse((await there.list(accessToken, { max_count: 20, cursor })).body).data;
      for (const { id } of page.videos) ids.add(id);
      cursor = page.has_more ? page.cursor : undefined;
    } while (cursor !== undefined);
    expect(ids.size).toBe(5_000);
    await other.stop();
  });
});

describe("the cast", () => {
  test("every demo creator has posts for the challenges, and posts that miss", async () => {
    const now = Date.now();
    const days = (createMs: number) => (now - createMs) / 86_400_000;
    const { cast } = await tiktok.state();
    const creators = cast.filter(({ kind }) => kind === "creator");
    expect(creators).toHaveLength(10);
    const captions = { home: new Set<string>(), pan: new Set<string>(), animals: new Set<string>() };
    for (const { openId, publicVideos } of creators) {
      const videos = await tiktok.videos(openId);
      expect(videos).toHaveLength(publicVideos);
      const tagged = (tag: string) => videos.filter(({ caption }) => caption.includes(tag));
      const home = tagged("#aminuteofhome");
      const fits = home.filter(({ createMs, durationSeconds: s }) => days(createMs) < 13 && s >= 20 && s <= 60);
      const pan = tagged("#onepanwonders").filter(({ createMs }) => days(createMs) > 10 && days(createMs) < 35);
      const animals = tagged("#goodanimals").filter(({ createMs }) => days(createMs) > 30 && days(createMs) < 60);
      expect(fits.length, openId).toBeGreaterThanOrEqual(4);
      expect(pan.length, openId).toBeGreaterThanOrEqual(3);
      expect(pan.every(({ durationSeconds }) => durationSeconds <= 60)).toBe(true);
      expect(animals.length, openId).toBeGreaterThanOrEqual(3);
      expect(home.some(({ durationSeconds }) => durationSeconds === 0)).toBe(true);
      expect(home.some(({ durationSeconds }) => durationSeconds > 60)).toBe(true);
      expect(home.some(({ createMs }) => days(createMs) > 20)).toBe(true);
      for (const { caption } of fits) captions.home.add(caption);
      for (const { caption } of pan) captions.pan.add(caption);
      for (const { caption } of animals) captions.animals.add(caption);
    }
    expect(Math.min(captions.home.size, captions.pan.size, captions.animals.size)).toBeGreaterThanOrEqual(25);
  });
});

describe("as a process", () => {
  test("says where it is, serves, and ends with whoever started it", async () => {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", fileURLToPath(new URL("../simulators/tiktok/main.ts", import.meta.url))],
      {
        stdio: ["pipe", "pipe", "inherit"],
        env: {
          ...process.env,
          TIKTOK_CLIENT_KEY: app.clientKey,
          TIKTOK_CLIENT_SECRET: app.clientSecret,
          APP_ORIGIN: "http://127.0.0.1:3000",
          TIKTOK_SIM_CONTRACT: "public",
          TIKTOK_SIM_UNTIL_STDIN_ENDS: "1",
        },
      },
    );
    const ended = once(child, "exit");
    const [line] = await once(createInterface(child.stdout), "line");
    const { origin } = z.object({ origin: z.string() }).parse(JSON.parse(String(line)));
    const state = await new TikTokControl(origin).state();
    expect(state).toMatchObject({ contract: "public", settings: { rateLimitPerMinute: 600 } });
    const params = new PlainClient(origin, app).authorizeParams(["user.info.basic"]);
    expect((await new PlainClient(origin, app).openAuthorize(params)).status).toBe(200);
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
  });
});

test("a page of another origin can neither drive nor read the control API", async () => {
  const { origin } = simulator;
  const { host } = new URL(origin);
  const ask = async (headers: Record<string, string>, method = "POST", path = "/__control/faults/clear") => {
    const typed = { host, "content-type": "application/json", ...headers };
    return (await rawRequest(origin, path, { method, headers: typed, body: "{}" })).status;
  };
  await tiktok.addFault({ endpoint: "oembed", kind: "empty" });
  for (const foreign of ["https://evil.example", "http://127.0.0.1:3000", "null", `${origin}.evil.example`]) {
    expect(await ask({ origin: foreign }), foreign).toBe(403);
    expect(await ask({ origin: foreign }, "GET", "/__control/state"), foreign).toBe(403);
  }
  // A name of somebody else's that leads to this machine.
  expect(await ask({ host: "evil.example" })).toBe(403);
  expect(await ask({ host: "evil.example" }, "GET", "/__control/state")).toBe(403);
  expect((await tiktok.state()).faults).toHaveLength(1);
  expect(await ask({ origin })).toBe(200);
  expect((await tiktok.state()).faults).toEqual([]);
});
