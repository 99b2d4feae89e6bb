import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { TikTokControl } from "#tests/simulators/tiktok/control";
import { PlainClient, pairSchema } from "#tests/simulators/tiktok/plain-client";
import { recorded, recordedNames } from "#tests/simulators/tiktok/recorded";
import { type Allowance, shapeDifferences } from "#tests/simulators/tiktok/shape-differences";
import { startTikTokSimulator } from "#tests/simulators/tiktok/simulator";
import { startReplay } from "./replay-server";

/**
 * The simulator against every body that TikTok sent or documents: asked the same kind of thing, it says nothing that
 * nobody has seen, and leaves nothing out. Every recorded body has its line here.
 */

const SCOPES = ["user.info.basic", "video.list", "video.data"];
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const app = {
  clientKey: "aw-test-key",
  clientSecret: "planted-client-secret",
  redirectUri: "http://127.0.0.1:3000/auth/tiktok/callback",
};

let simulator: Awaited<ReturnType<typeof startTikTokSimulator>>;
let listener: Awaited<ReturnType<typeof startReplay>>;
let tiktok: TikTokControl;
let client: PlainClient;

beforeAll(async () => {
  simulator = await startTikTokSimulator({ ...app, redirectUris: [app.redirectUri] });
  listener = await startReplay();
  tiktok = new TikTokControl(simulator.origin);
  client = new PlainClient(simulator.origin, app);
});
beforeEach(() => tiktok.reset());
afterAll(() => Promise.all([simulator.stop(), listener.stop()]));

const accessOf = async (openId: string, scopes = SCOPES) => (await tiktok.grant(openId, scopes)).accessToken;

async function codeOf(openId: string): Promise<URLSearchParams> {
  return (await client.consent(client.authorizeParams(SCOPES, VERIFIER), openId)).searchParams;
}

const redeem = async (verifier: string) =>
  (await client.exchange((await codeOf("sim-1")).get("code") ?? "", verifier)).body;
const oembedOf = async (address: string) => (await client.fetch(`/oembed?url=${encodeURIComponent(address)}`)).body;
const look = async (fields: string) => {
  const ids = (await tiktok.videos("sim-19")).slice(0, 5).map(({ id }) => id);
  return (await client.lookup(await accessOf("sim-19"), ids, "/v2/video/data/", fields)).body;
};
const list = async (fields: string) => (await client.list(await accessOf("sim-21"), { max_count: 5 }, fields)).body;

/** An event as the app gets it, with its content opened: JSON in a string. */
async function webhook(name: string): Promise<unknown> {
  const { event, user_openid, content } = opened(recorded(name));
  listener.play(200, Buffer.of());
  const url = `${listener.origin}/webhooks/tiktok`;
  await tiktok.sendWebhook({ event, openId: user_openid, content, url });
  return opened(JSON.parse(listener.received()[0]?.body ?? ""));
}

function opened(body: unknown) {
  const event = z
    .looseObject({ event: z.string(), user_openid: z.string().optional(), content: z.string() })
    .parse(body);
  return { ...event, content: z.unknown().parse(JSON.parse(event.content)) };
}

/** Sections 2 and 3: errors may bring empty data; the video object and oEmbed have fields that no body shows. */
const emptyData: Allowance = { may: { data: "object" } };
const fromTheTable: Allowance = {
  also: { create_time: "number", video_description: "string", comment_count: "number", is_aigc: "boolean" },
};
const oembedNames: Allowance = { also: { author_unique_id: "string", embed_product_id: "string" } };
/** One page shows a look-up with a list's cursor; section 3 knows videos alone. */
const noCursor: Allowance = { without: ["data.cursor", "data.has_more"] };

const shownFields = "id,title,video_description,duration,cover_image_url,share_url,embed_link";

const asked: Readonly<Record<string, readonly [ask: () => Promise<unknown>, allowance?: Allowance]>> = {
  "doc-getstarted-video-list": [() => list(shownFields)],
  "doc-getstarted-video-query": [() => look("id,cover_image_url,embed_link"), noCursor],
  "doc-oauth-client-token-error": [async () => (await client.token({ client_secret: "" })).body],
  "doc-oauth-error-malformed": [
    async () => (await client.token({ grant_type: "refresh_token" }, { "content-type": "application/json" })).body,
  ],
  "doc-oauth-error-redirect-mismatch": [
    async () => {
      const code = (await codeOf("sim-1")).get("code") ?? "";
      return (await client.token({ grant_type: "authorization_code", code, redirect_uri: "http://a.example/" })).body;
    },
  ],
  "doc-oauth-revoke-success": [
    async () => {
      const form = { client_key: app.clientKey, client_secret: app.clientSecret, token: await accessOf("sim-1") };
      return (await client.post("/v2/oauth/revoke/", new URLSearchParams(form))).body;
    },
  ],
  "doc-oauth-token-authorization-code": [() => redeem(VERIFIER)],
  "doc-oauth-token-refresh": [
    async () => {
      const { refreshToken } = await tiktok.grant("sim-1", SCOPES);
      return (await client.token({ grant_type: "refresh_token", refresh_token: refreshToken })).body;
    },
  ],
  "doc-oembed-video": [async () => oembedOf((await tiktok.videos("demo-nora"))[0]?.shareUrl ?? ""), oembedNames],
  "doc-user-info": [async () => (await client.userInfo(await accessOf("sim-1"), "avatar_url,open_id,union_id")).body],
  "doc-video-list": [() => list("cover_image_url,id,title")],
  "doc-video-query": [() => look("title,id")],
  "doc-webhook-authorization-removed": [() => webhook("doc-webhook-authorization-removed")],
  "doc-webhook-portability-download-ready": [() => webhook("doc-webhook-portability-download-ready")],
  "doc-webhook-video-publish-completed": [() => webhook("doc-webhook-video-publish-completed")],
  "doc-webhook-video-upload-failed": [() => webhook("doc-webhook-video-upload-failed")],
  "real-callback-success-query": [async () => Object.fromEntries(await codeOf("sim-1"))],
  "real-error-scope-not-authorized-2025-06": [
    async () => (await client.list(await accessOf("sim-1", ["user.info.basic"]))).body,
  ],
  "real-error-scope-not-authorized-2026-03-video-query": [
    async () => {
      await tiktok.settings({ contract: "public" });
      return (await client.lookup(await accessOf("sim-1", ["user.info.basic"]), ["1"], "/v2/video/query/")).body;
    },
  ],
  "real-error-unaudited-client-2025-08": [
    async () => {
      const { error } = z
        .object({ error: z.object({ code: z.string() }) })
        .parse(recorded("real-error-unaudited-client-2025-08"));
      await tiktok.addFault({ endpoint: "video_list", kind: "error", code: error.code, status: 403 });
      return list("id");
    },
    emptyData,
  ],
  "real-oauth-error-pkce": [() => redeem(VERIFIER.toUpperCase())],
  "real-oauth-token-web-1": [() => redeem(VERIFIER)],
  "real-oembed-error-removed": [() => oembedOf("https://vm.tiktok.com/ZMnothing/")],
  "real-user-info-2025-02": [
    async () => (await client.userInfo(await accessOf("sim-1"), "avatar_url,display_name,open_id,union_id")).body,
  ],
  "real-video-object-full-2026": [
    async () => {
      const fields = Object.keys({
        ...z.looseObject({}).parse(recorded("real-video-object-full-2026")),
        ...fromTheTable.also,
      });
      return z.object({ data: z.object({ videos: z.array(z.unknown()).min(1) }) }).parse(await list(fields.join(",")))
        .data.videos[0];
    },
    fromTheTable,
  ],
};

/** Bodies that the simulator never sends, because the contract takes the other form, and what it sends instead. */
const never: Readonly<Record<string, () => Promise<unknown>>> = {
  "doc-display-error-unnested": async () => (await client.list("act.unknown")).body,
  "doc-getstarted-token-v1-leftover": () => redeem(VERIFIER),
  "doc-oauth-client-token": async () => (await client.token({ grant_type: "client_credentials" })).body,
  "doc-oembed-creator": () => oembedOf("https://www.tiktok.com/@nora.nord"),
};

const vectors = ["computed-id-timestamps", "computed-pkce-vector", "computed-webhook-signature-vector"];

test("every recorded body is compared", () => {
  expect(recordedNames()).toEqual([...Object.keys(asked), ...Object.keys(never), ...vectors].sort());
});

describe("the simulator answers in the shape of", () => {
  test.each(Object.entries(asked))("%s", async (name, [ask, allowance]) => {
    const body = name.startsWith("doc-webhook-") ? opened(recorded(name)) : recorded(name);
    const differences = shapeDifferences(
      name === "real-callback-success-query" ? z.object({ decoded: z.unknown() }).parse(body).decoded : body,
      await ask(),
      allowance,
    );
    expect(differences).toEqual([]);
  });

  test.each(Object.entries(never))("not %s, which the contract does not speak", async (name, ask) => {
    expect(shapeDifferences(recorded(name), await ask())).not.toEqual([]);
  });
});

test("OAuth errors have the recorded words", async () => {
  for (const name of Object.keys(asked).filter((key) => /-oauth-.*error/.test(key))) {
    const { error, error_description } = z.looseObject({}).parse(recorded(name));
    expect(await asked[name]?.[0](), name).toMatchObject({ error, error_description });
  }
});

test("a token answer joins its scopes by commas alone, in the order asked", async () => {
  expect(pairSchema.parse(await redeem(VERIFIER)).scope).toBe(SCOPES.join(","));
});

test("a post's id holds its second, and its create_time is at most a minute or so later, as worked out", async () => {
  const examples = z
    .array(
      z.object({
        id: z.string(),
        high32_unix_s: z.number(),
        create_time: z.number(),
        create_time_minus_id_time_s: z.number(),
      }),
    )
    .parse(recorded("computed-id-timestamps"));
  await tiktok.addAccount({ openId: "dated", displayName: "Dated" });
  for (const example of examples) {
    expect(Number(BigInt(example.id) >> 32n)).toBe(example.high32_unix_s);
    expect(example.create_time - example.high32_unix_s).toBe(example.create_time_minus_id_time_s);
    await tiktok.addVideo("dated", { createMs: example.high32_unix_s * 1000 });
  }
  const body = (await client.list(await accessOf("dated"), { max_count: 20 }, "id,create_time")).body;
  const { data } = z
    .object({ data: z.object({ videos: z.array(z.object({ id: z.string(), create_time: z.number() })) }) })
    .parse(body);
  const largest = Math.max(...examples.map((example) => example.create_time_minus_id_time_s));
  expect(data.videos).toHaveLength(examples.length);
  for (const { id, create_time } of data.videos) {
    const lag = create_time - Number(BigInt(id) >> 32n);
    expect(lag).toBeGreaterThanOrEqual(0);
    expect(lag).toBeLessThanOrEqual(largest);
  }
});

describe("the comparison itself", () => {
  const body = { a: 1, b: { c: "x" }, d: [{ e: true }] };
  test.each<[string, unknown, Allowance, string[]]>([
    ["another field", { ...body, f: 1 }, {}, ["f: nobody has seen it"]],
    ["another field that may be", { ...body, f: 1 }, { may: { f: "number" } }, []],
    ["a field that must be", body, { also: { "b.g": "string" } }, ["b.g: missing"]],
    ["a missing field", { a: 1, d: body.d, b: {} }, {}, ["b.c: missing"]],
    ["another type", { ...body, a: "1" }, {}, ["a: string in place of number"]],
    ["the second item's type", { ...body, d: [{ e: true }, { e: 1 }] }, {}, ["d[].e: number in place of boolean"]],
    ["an empty array", { ...body, d: [] }, {}, ["d: empty, so nothing is proved"]],
  ])("sees %s", (_what, answer, allowance, differences) => {
    expect(shapeDifferences(body, answer, allowance)).toEqual(differences);
  });
});
