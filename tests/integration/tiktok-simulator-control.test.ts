import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { TikTokControl } from "../simulators/tiktok/control";
import type { LedgerEntry } from "../simulators/tiktok/control-answers";
import type { FaultKind } from "../simulators/tiktok/control-protocol";
import { idsOf, PlainClient, pageSchema, pairSchema } from "../simulators/tiktok/plain-client";
import { recorded, shapeOf } from "../simulators/tiktok/recorded";
import { startTikTokSimulator } from "../simulators/tiktok/simulator";

/** What the simulator does for tests: faults, webhooks, the ledger, the control API, the cast, the process. */

const SCOPES = ["user.info.basic", "video.list", "video.data", "webhook.subscription"];
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const app = {
  clientKey: "aw-test-key",
  clientSecret: "planted-client-secret",
  redirectUri: "http://127.0.0.1:3000/auth/tiktok/callback",
};

let simulator: Awaited<ReturnType<typeof startTikTokSimulator>>;
let tiktok: TikTokControl;
let client: PlainClient;

beforeAll(async () => {
  simulator = await startTikTokSimulator({ ...app, redirectUris: [app.redirectUri] });
  tiktok = new TikTokControl(simulator.origin);
  client = new PlainClient(simulator.origin, app);
});
beforeEach(() => tiktok.reset());
afterAll(() => simulator.stop());

const accessOf = async (openId: string, scopes = SCOPES) => (await tiktok.grant(openId, scopes)).accessToken;

async function signIn(openId: string, granted?: readonly string[]) {
  const back = await client.consent(client.authorizeParams(SCOPES, VERIFIER), openId, granted);
  const code = back.searchParams.get("code") ?? "";
  return { back, code, answer: await client.exchange(code, VERIFIER) };
}

/** The flat error of the OAuth endpoints. */
const oauth = (error: string) => ({
  status: 400,
  body: { error, error_description: expect.any(String), log_id: expect.stringMatching(/^\d{14}[0-9A-F]{20}$/) },
});
/** The envelope of the Display API. */
const refused = (status: number, code: string) => ({ status, body: { error: expect.objectContaining({ code }) } });

describe("faults", () => {
  const list = async (body: unknown = { max_count: 20 }) => client.list(await accessOf("sim-60"), body);
  const first = () => list();
  const cursorAndIds = (body: unknown) => pageSchema.parse(body).data;

  /** What a caller sees of each kind; a kind that is missing here does not compile. */
  const proofs: Record<FaultKind, () => Promise<void>> = {
    status: async () => expect(await first()).toMatchObject({ status: 503, body: 503 }),
    error: async () => expect(await first()).toMatchObject(refused(500, "internal_error")),
    rate_limit: async () => {
      const answer = await first();
      expect(answer).toMatchObject(refused(429, "rate_limit_exceeded"));
      expect(answer.headers.get("retry-after")).toBe("in a while");
    },
    html: async () => expect(await first()).toMatchObject({ status: 503, text: expect.stringContaining("<html>") }),
    empty: async () => expect(await first()).toMatchObject({ status: 503, text: "" }),
    hang: async () => {
      const controller = new AbortController();
      const token = await accessOf("sim-60");
      const call = client.list(token, {}, "id", controller.signal);
      const caught = expect(call).rejects.toThrow();
      await tiktok.awaitLedger((entries) => entries.some(({ fault, status }) => fault === "hang" && status === 0));
      controller.abort();
      await caught;
    },
    reset: async () => await expect(first()).rejects.toThrow(),
    delay: async () => {
      expect(cursorAndIds((await first()).body).videos).toHaveLength(20);
      expect((await tiktok.ledger({ endpoint: "video_list" }))[0]?.ms).toBeGreaterThanOrEqual(30);
    },
    slow: async () => {
      const controller = new AbortController();
      const response = await fetch(`${simulator.origin}/v2/video/list/?fields=id`, {
        method: "POST",
        headers: { authorization: `Bearer ${await accessOf("sim-60")}`, "content-type": "application/json" },
        body: "{}",
        signal: controller.signal,
      });
      const chunk = await response.body?.getReader().read();
      expect(chunk?.value).toHaveLength(1);
      controller.abort();
    },
    malformed: async () => {
      const answer = await first();
      expect(answer).toMatchObject({ status: 200, body: undefined });
      expect(answer.text).toMatch(/^\{"data":/);
    },
    lost_answer: async () => await expect(first()).rejects.toThrow(),
    cursor_repeat: async () => {
      const { cursor = 0 } = cursorAndIds((await first()).body);
      await tiktok.addFault({ endpoint: "video_list", kind: "cursor_repeat" });
      expect(cursorAndIds((await list({ cursor })).body)).toMatchObject({ cursor, has_more: true });
    },
    cursor_rise: async () => {
      const { cursor = 0 } = cursorAndIds((await first()).body);
      await tiktok.addFault({ endpoint: "video_list", kind: "cursor_rise" });
      expect(cursorAndIds((await list({ cursor })).body).cursor).toBeGreaterThan(cursor);
    },
    cursor_missing: async () => {
      const data = cursorAndIds((await first()).body);
      expect(data).toMatchObject({ has_more: true });
      expect(data).not.toHaveProperty("cursor");
    },
    empty_page: async () => {
      const page = cursorAndIds((await first()).body);
      expect(page).toMatchObject({ videos: [], has_more: true });
      await expectWhole();
    },
    short_page: async () => {
      expect(cursorAndIds((await first()).body)).toMatchObject({ videos: { length: 10 }, has_more: true });
      await expectWhole();
    },
    repeat_items: async () => {
      const ids = idsOf((await first()).body);
      expect(new Set(ids).size).toBeLessThan(ids.length);
      await expectWhole();
    },
  };

  /** A sync that reads on to has_more: false loses nothing to this fault. */
  async function expectWhole() {
    await tiktok.addFault({ endpoint: "video_list", kind: currentKind, times: 2 });
    const ids = (await client.pageThrough(await accessOf("sim-60"), 20)).flat();
    expect(new Set(ids).size).toBe(60);
  }
  let currentKind: FaultKind;

  test.each(Object.entries(proofs) as [FaultKind, () => Promise<void>][])("%s", async (kind, proof) => {
    currentKind = kind;
    const needsStatus = kind === "status" || kind === "html" || kind === "empty";
    const fault = await tiktok.addFault({
      endpoint: "video_list",
      kind,
      times: 1,
      retryAfter: "in a while",
      ...(needsStatus ? { status: 503 } : {}),
      ...(kind === "delay" ? { delayMs: 30 } : {}),
    });
    await proof();
    expect(await tiktok.fired(fault.id)).toBe(1);
    const marked = await tiktok.ledger({ endpoint: "video_list" });
    expect(marked.filter((entry) => entry.fault === kind).length).toBeGreaterThanOrEqual(1);
  });

  test("let `after` requests pass, fire `times`, and strike the named account and endpoint alone", async () => {
    const token = await accessOf("sim-60");
    const fault = await tiktok.addFault({ endpoint: "*", openId: "sim-60", kind: "error", after: 1, times: 2 });
    const other = await accessOf("sim-1");
    expect((await client.list(other)).status).toBe(200);
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await client.list(token)).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
    expect(await tiktok.fired(fault.id)).toBe(2);
    expect(await tiktok.removeFault(fault.id)).toBe(true);
    await expect(tiktok.fired(fault.id)).rejects.toThrow(fault.id);
  });

  test("a lost answer of a refresh was carried out: the old token is dead", async () => {
    const { refreshToken } = await tiktok.grant("demo-ines", SCOPES);
    await tiktok.addFault({ endpoint: "token", kind: "lost_answer", times: 1 });
    const refresh = () => client.token({ grant_type: "refresh_token", refresh_token: refreshToken });
    await expect(refresh()).rejects.toThrow();
    expect(await refresh()).toMatchObject(oauth("invalid_grant"));
    expect((await tiktok.tokenCounts("demo-ines")).refreshes).toBe(1);
  });

  test("an error at the token endpoint is flat, and at the authorize page a redirect", async () => {
    await tiktok.addFault({ endpoint: "token", kind: "error", code: "temporarily_unavailable" });
    expect((await signIn("demo-ines")).answer).toMatchObject(oauth("temporarily_unavailable"));
    await tiktok.addFault({ endpoint: "consent", kind: "error", code: "server_error" });
    expect((await signIn("demo-ines")).back.searchParams.get("error")).toBe("server_error");
  });
});

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
