import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { TikTokControl } from "../simulators/tiktok/control";
import { idsOf, PlainClient, pageSchema, pairSchema } from "../simulators/tiktok/plain-client";
import { recorded, shapeOf } from "../simulators/tiktok/recorded";
import { startTikTokSimulator } from "../simulators/tiktok/simulator";

/** The simulator refuses what TikTok refuses, and answers in the shapes that were recorded. */

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

describe("the authorize page", () => {
  test("lets a person choose, and sends them back with a code, the granted scopes and the state", async () => {
    const page = await client.openAuthorize(client.authorizeParams(SCOPES, VERIFIER));
    expect(page.status).toBe(200);
    expect(page.text).toContain("simulator");
    expect(page.text).not.toContain("<script");
    const { back, answer } = await signIn("demo-ines", ["video.list"]);
    expect(`${back.origin}${back.pathname}`).toBe(app.redirectUri);
    expect(back.searchParams.get("scopes")).toBe("user.info.basic,video.list");
    expect(back.searchParams.get("state")).toBe("the-state");
    expect(pairSchema.parse(answer.body).scope).toBe("user.info.basic,video.list");
  });

  test.each([
    [
      "client_id",
      (params: URLSearchParams) => {
        params.delete("client_key");
        params.set("client_id", app.clientKey);
      },
    ],
    ["another client_key", (params: URLSearchParams) => params.set("client_key", "other")],
    [
      "an address that is not registered",
      (params: URLSearchParams) => params.set("redirect_uri", `${app.redirectUri}/`),
    ],
    ["no state", (params: URLSearchParams) => params.delete("state")],
    ["two states", (params: URLSearchParams) => params.append("state", "b")],
  ])("shows a page and redirects nobody for %s", async (_, spoil) => {
    const params = client.authorizeParams(SCOPES);
    spoil(params);
    const answer = await client.openAuthorize(params);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
  });

  test.each([
    ["spaces between scopes", "scope", SCOPES.join(" "), "invalid_scope", "scope"],
    ["an unknown scope", "scope", "user.info.basic,video.upload", "invalid_scope", "scope"],
    ["no basic scope", "scope", "video.list", "invalid_scope", "scope"],
    ["another response type", "response_type", "token", "unsupported_response_type", "response_type"],
    ["an upper-case challenge", "code_challenge", "A".repeat(64), "invalid_request", "code_challenge"],
    ["a plain challenge", "code_challenge_method", "plain", "invalid_request", "code_challenge"],
  ])("sends back an error for %s", async (_, name, value, error, type) => {
    const params = client.authorizeParams(SCOPES, VERIFIER);
    params.set(name, value);
    const back = new URL((await client.openAuthorize(params)).headers.get("location") ?? "about:blank");
    expect(Object.fromEntries(back.searchParams)).toMatchObject({ error, error_type: type, state: "the-state" });
  });

  test.each(["video.data", "webhook.subscription"])("the public contract does not know %s", async (scope) => {
    await tiktok.settings({ contract: "public" });
    const answer = await client.openAuthorize(client.authorizeParams(["user.info.basic", scope]));
    expect(answer.headers.get("location")).toContain("error=invalid_scope");
  });

  test("says that somebody cancelled, is no test user, or that the app is in draft", async () => {
    const params = client.authorizeParams(SCOPES);
    const cancel = new URLSearchParams(params);
    cancel.set("decision", "cancel");
    expect((await client.post("/v2/auth/authorize/", cancel)).headers.get("location")).toContain("error=access_denied");
    await tiktok.settings({ appState: "sandbox", sandboxUsers: ["demo-kofi"] });
    expect((await client.consent(params, "demo-ines")).searchParams.get("error_type")).toBe("non_sandbox_target");
    expect((await client.consent(params, "demo-kofi")).searchParams.get("code")).not.toBeNull();
    await tiktok.settings({ appState: "draft" });
    expect((await client.openAuthorize(params)).headers.get("location")).toContain("error=unauthorized_client");
  });

  test("ignores disable_auto_auth, and grants nothing that was not asked for", async () => {
    const params = client.authorizeParams(["user.info.basic", "video.list"]);
    params.set("disable_auto_auth", "1");
    expect((await client.openAuthorize(params)).status).toBe(200);
    const back = await client.consent(params, "demo-ines", ["video.list", "video.data"]);
    expect(back.searchParams.get("scopes")).toBe("user.info.basic,video.list");
  });
});

describe("the token endpoint", () => {
  test("answers as recorded", async () => {
    const { answer } = await signIn("demo-ines");
    expect(answer.status).toBe(200);
    expect(shapeOf(answer.body)).toEqual(shapeOf(recorded("real-oauth-token-web-1")));
    const pair = pairSchema.parse(answer.body);
    expect(pair.access_token).toMatch(/^act\..{64,}$/);
    expect(pair.refresh_token).toMatch(/^rft\..{64,}$/);
  });

  test("404 without its last slash", async () => {
    const answer = await client.post("/v2/oauth/token", new URLSearchParams({ client_key: app.clientKey }));
    expect(answer.status).toBe(404);
    expect(answer.body).toBeUndefined();
  });

  test("a code works once, and a replay leaves the tokens alone", async () => {
    const { code, answer } = await signIn("demo-ines");
    expect(await client.exchange(code, VERIFIER)).toMatchObject(oauth("invalid_grant"));
    expect((await client.userInfo(pairSchema.parse(answer.body).access_token, "open_id")).status).toBe(200);
  });

  test("a code dies after ten minutes, by TikTok's clock", async () => {
    const back = await client.consent(client.authorizeParams(SCOPES, VERIFIER), "demo-ines");
    await tiktok.settings({ clockOffsetMs: 600_001 });
    expect(await client.exchange(back.searchParams.get("code") ?? "", VERIFIER)).toMatchObject(oauth("invalid_grant"));
  });

  test("a code decoded twice, or of another redirect_uri, is refused", async () => {
    const params = client.authorizeParams(SCOPES);
    const code = (await client.consent(params, "demo-ines")).searchParams.get("code") ?? "";
    expect(await client.exchange(decodeURIComponent(code))).toMatchObject(oauth("invalid_grant"));
    const other = await client.token({
      grant_type: "authorization_code",
      code,
      redirect_uri: "http://127.0.0.1:3000/",
    });
    expect(other.body).toMatchObject({
      error_description: z
        .object({ error_description: z.string() })
        .parse(recorded("doc-oauth-error-redirect-mismatch")).error_description,
    });
  });

  test("PKCE is hex: the worked example passes, its base64url form and a wrong verifier fail as recorded", async () => {
    const vector = z
      .object({
        code_verifier: z.string(),
        tiktok_code_challenge_hex: z.string(),
        rfc7636_code_challenge_base64url: z.string(),
      })
      .parse(recorded("computed-pkce-vector"));
    const exchangeWith = async (challenge: string, verifier?: string) => {
      const params = client.authorizeParams(SCOPES, VERIFIER);
      params.set("code_challenge", challenge);
      const back = await client.consent(params, "demo-ines");
      return client.exchange(back.searchParams.get("code") ?? "", verifier);
    };
    expect((await exchangeWith(vector.tiktok_code_challenge_hex, vector.code_verifier)).status).toBe(200);
    const { log_id: _, ...recordedError } = z.looseObject({}).parse(recorded("real-oauth-error-pkce"));
    for (const refusal of [
      await exchangeWith(vector.rfc7636_code_challenge_base64url, vector.code_verifier),
      await exchangeWith(vector.tiktok_code_challenge_hex, "x".repeat(43)),
      await exchangeWith(vector.tiktok_code_challenge_hex),
    ]) {
      expect(refusal.status).toBe(400);
      expect(refusal.body).toMatchObject(recordedError);
    }
  });

  test.each([
    ["client_id in place of client_key", { client_key: "", client_id: app.clientKey }, {}, "invalid_request"],
    ["no secret", { client_secret: "" }, {}, "invalid_request"],
    ["a wrong secret", { client_secret: "wrong" }, {}, "invalid_client"],
    ["credentials in a header", {}, { authorization: "Basic YTpi" }, "invalid_request"],
    ["JSON", {}, { "content-type": "application/json" }, "invalid_request"],
    ["another grant", { grant_type: "password" }, {}, "unsupported_grant_type"],
    ["an unknown refresh token", { refresh_token: "rft.unknown" }, {}, "invalid_grant"],
  ])("refuses %s", async (_, form: Record<string, string>, headers: Record<string, string>, error) => {
    const answer = await client.token({ grant_type: "refresh_token", refresh_token: "rft.x", ...form }, headers);
    expect(answer).toMatchObject(oauth(error));
  });

  test("errors come with status 200 when so set", async () => {
    await tiktok.settings({ oauthErrorStatus: 200 });
    const answer = await client.token({ grant_type: "refresh_token", refresh_token: "rft.x" });
    expect(answer).toMatchObject({ ...oauth("invalid_grant"), status: 200 });
  });

  test("a refresh rotates by default and kills the old token; unset, the same one comes back", async () => {
    const { refreshToken } = await tiktok.grant("demo-ines", SCOPES);
    const refresh = (token: string) => client.token({ grant_type: "refresh_token", refresh_token: token });
    const second = pairSchema.parse((await refresh(refreshToken)).body).refresh_token;
    expect(second).not.toBe(refreshToken);
    expect(await refresh(refreshToken)).toMatchObject(oauth("invalid_grant"));
    await tiktok.settings({ rotateRefreshTokens: false });
    expect(pairSchema.parse((await refresh(second)).body).refresh_token).toBe(second);
    expect(await tiktok.tokenCounts("demo-ines")).toMatchObject({ pairsIssued: 1, refreshes: 2, liveRefreshTokens: 1 });
    await tiktok.killRefreshTokens("demo-ines");
    expect(await refresh(second)).toMatchObject(oauth("invalid_grant"));
  });

  test("revoke kills the grant and answers as documented", async () => {
    const { accessToken, refreshToken } = await tiktok.grant("demo-ines", SCOPES);
    const form = { client_key: app.clientKey, client_secret: app.clientSecret, token: accessToken };
    const answer = await client.post("/v2/oauth/revoke/", new URLSearchParams(form));
    expect(answer.body).toEqual(recorded("doc-oauth-revoke-success"));
    expect(await client.userInfo(accessToken, "open_id")).toMatchObject(refused(401, "access_token_invalid"));
    const refresh = await client.token({ grant_type: "refresh_token", refresh_token: refreshToken });
    expect(refresh).toMatchObject(oauth("invalid_grant"));
  });
});

describe("the Display API", () => {
  test("user info, a page and a look-up have the recorded shapes", async () => {
    const token = await accessOf("demo-kofi");
    const info = await client.userInfo(token, "open_id,union_id,avatar_url,display_name");
    expect(shapeOf(info.body)).toEqual(shapeOf(recorded("real-user-info-2025-02")));
    const listFields = "id,title,video_description,duration,cover_image_url,share_url,embed_link";
    const page = await client.list(token, { max_count: 2 }, listFields);
    expect(shapeOf(page.body)).toEqual(shapeOf(recorded("doc-getstarted-video-list")));
    const lookup = await client.lookup(token, idsOf(page.body), "/v2/video/data/", "title,id");
    expect(shapeOf(lookup.body)).toEqual(shapeOf(recorded("doc-video-query")));
    const full = recorded("real-video-object-full-2026");
    const fields = Object.keys(z.looseObject({}).parse(full)).join(",");
    const [video] = pageSchema.parse((await client.list(token, { max_count: 1 }, fields)).body).data.videos;
    expect(shapeOf(video)).toEqual(shapeOf(full));
    expect(video?.embed_html).toMatch(
      /^<blockquote class="tiktok-embed" .*<script async src=".*embed\.js"><\/script>$/s,
    );
  });

  test("is_aigc comes only when it is asked for, and create_time in seconds of the id", async () => {
    const token = await accessOf("sim-1");
    const [plain] = pageSchema.parse((await client.list(token, {}, "id,create_time")).body).data.videos;
    expect(Object.keys(plain ?? {})).toEqual(["id", "create_time"]);
    expect(plain?.id).toMatch(/^\d{19}$/);
    expect(Number(BigInt(plain?.id ?? 0) >> 32n)).toBe(plain?.create_time);
    const [asked] = pageSchema.parse((await client.list(token, {}, "is_aigc,id")).body).data.videos;
    expect(asked?.is_aigc).toBe(false);
  });

  test("an unknown, an expired and a removed token are all invalid", async () => {
    expect(await client.list("act.unknown")).toMatchObject(refused(401, "access_token_invalid"));
    const token = await accessOf("sim-1");
    expect((await client.list(token)).status).toBe(200);
    await tiktok.settings({ clockOffsetMs: 86_400_001 });
    expect(await client.list(token)).toMatchObject(refused(401, "access_token_invalid"));
    await tiktok.settings({ clockOffsetMs: 0 });
    await tiktok.expireAccessTokens("sim-1");
    expect(await client.list(token)).toMatchObject(refused(401, "access_token_invalid"));
    const fresh = await accessOf("sim-1");
    await tiktok.removeAuthorization("sim-1");
    expect(await client.list(fresh)).toMatchObject(refused(401, "access_token_invalid"));
  });

  test("a missing scope fails the whole call, as recorded", async () => {
    const token = await accessOf("sim-1", ["user.info.basic"]);
    const answer = await client.list(token);
    expect(answer.status).toBe(401);
    const { error } = z.object({ error: z.looseObject({ log_id: z.string() }) }).parse(answer.body);
    const { log_id: _, ...said } = error;
    expect(recorded("real-error-scope-not-authorized-2025-06")).toMatchObject({ error: said });
    expect(shapeOf(answer.body)).toEqual(shapeOf(recorded("real-error-scope-not-authorized-2025-06")));
    const withoutData = await accessOf("sim-1", ["user.info.basic", "video.list"]);
    expect(await client.lookup(withoutData, ["1"])).toMatchObject(refused(401, "scope_not_authorized"));
    const profile = await client.userInfo(token, "open_id,username");
    expect(profile).toMatchObject(refused(400, "scope_permission_missed"));
  });

  test("wrong parameters are invalid_params", async () => {
    const token = await accessOf("sim-21");
    const invalid = refused(400, "invalid_params");
    expect(await client.list(token, {}, "")).toMatchObject(invalid);
    expect(await client.list(token, {}, "id,secret_field")).toMatchObject(invalid);
    expect(await client.postJson("/v2/video/list/", token, { fields: "id" })).toMatchObject(invalid);
    expect(await client.userInfo(token, "email")).toMatchObject(invalid);
    expect(await client.list(token, { max_count: 21 })).toMatchObject(invalid);
    expect(await client.list(token, { cursor: "1" })).toMatchObject(invalid);
    expect(await client.lookup(token, [1234567890])).toMatchObject(invalid);
    expect(
      await client.lookup(
        token,
        Array.from({ length: 21 }, (_, i) => String(i)),
      ),
    ).toMatchObject(invalid);
    expect(
      await client.lookup(
        token,
        Array.from({ length: 20 }, (_, i) => String(i)),
      ),
    ).toMatchObject({ status: 200 });
    const headers = { authorization: `Bearer ${token}`, "content-type": "text/plain" };
    const text = await client.fetch("/v2/video/list/?fields=id", { method: "POST", headers, body: "{}" });
    expect(text).toMatchObject(invalid);
  });

  test("each contract knows its own look-up path alone", async () => {
    const token = await accessOf("sim-1");
    expect(await client.lookup(token, ["1"], "/v2/video/query/")).toMatchObject({ status: 404, body: undefined });
    await tiktok.settings({ contract: "public" });
    expect(await client.lookup(token, ["1"], "/v2/video/data/")).toMatchObject({ status: 404, body: undefined });
    const listOnly = await accessOf("sim-1", ["user.info.basic", "video.list"]);
    expect((await client.lookup(listOnly, ["1"], "/v2/video/query/")).status).toBe(200);
  });

  test.each([
    ["sim-0", [0]],
    ["sim-1", [1]],
    ["sim-19", [19]],
    ["sim-20", [20]],
    ["sim-21", [20, 1]],
    ["sim-60", [20, 20, 20]],
  ])("%s has pages of %j and gives each public video once, newest first", async (openId, sizes) => {
    const pages = await client.pageThrough(await accessOf(openId), 20);
    expect(pages.map((page) => page.length)).toEqual(sizes);
    const all = await tiktok.videos(openId);
    expect(pages.flat()).toEqual(all.filter(({ privacy }) => privacy === "public").map(({ id }) => id));
    expect(all).toHaveLength(openId === "sim-21" ? 23 : pages.flat().length);
  });

  test("posts of one second are not lost at a page's end; ten is the default page", async () => {
    const account = {
      openId: "-_same",
      displayName: "Same",
      videos: Array.from({ length: 12 }, () => ({ createMs: 5e11 })),
    };
    await tiktok.addAccount(account);
    const token = await accessOf("-_same");
    expect(new Set((await client.pageThrough(token, 5)).flat()).size).toBe(12);
    expect(idsOf((await client.list(token)).body)).toHaveLength(10);
  });

  test("a look-up finds own public posts, in an order of its own", async () => {
    const token = await accessOf("sim-21");
    const videos = await tiktok.videos("sim-21");
    const shown = videos.filter(({ privacy }) => privacy === "public").map(({ id }) => id);
    const asked = shown.slice(0, 16);
    const [gone = "", hidden = ""] = asked;
    await tiktok.changeVideo("sim-21", gone, { deleted: true });
    await tiktok.changeVideo("sim-21", hidden, { privacy: "private" });
    const foreign = (await tiktok.videos("sim-1")).map(({ id }) => id);
    const never = videos.filter(({ privacy }) => privacy === "private").map(({ id }) => id);
    const found = idsOf((await client.lookup(token, [...asked, ...foreign, ...never, "123"])).body);
    expect(new Set(found)).toEqual(new Set(asked.slice(2)));
    expect(found).toHaveLength(14);
    expect(found).not.toEqual(asked.slice(2));
    expect(idsOf((await client.lookup(token, asked)).body)).toEqual(found);
  });

  test("counts grow with time, never fall, and can be nailed", async () => {
    const token = await accessOf("sim-1");
    const views = async () =>
      Number(pageSchema.parse((await client.list(token, {}, "id,view_count")).body).data.videos[0]?.view_count);
    const now = await views();
    await tiktok.settings({ clockOffsetMs: 40_000_000 });
    expect(await views()).toBeGreaterThan(now);
    const [video] = await tiktok.videos("sim-1");
    await tiktok.changeVideo("sim-1", video?.id ?? "", { counts: { view_count: 3 }, verbatim: { id: 5 } });
    const { body } = await client.list(token, {}, "id,view_count");
    expect(body).toMatchObject({ data: { videos: [{ id: 5, view_count: 3 }] } });
  });

  test("600 a minute per endpoint, sliding: the next one is 429 until the minute is over", async () => {
    await tiktok.settings({ rateLimitPerMinute: 3 });
    const token = await accessOf("sim-1");
    for (let i = 0; i < 3; i += 1) expect((await client.list(token)).status).toBe(200);
    expect(await client.list(token)).toMatchObject(refused(429, "rate_limit_exceeded"));
    expect((await client.userInfo(token, "open_id")).status).toBe(200);
    await tiktok.settings({ clockOffsetMs: 60_001 });
    expect((await client.list(token)).status).toBe(200);
  });
});

describe("covers, oEmbed and the player", () => {
  test("a cover's link is signed as a whole and dies after six hours", async () => {
    const { body } = await client.list(await accessOf("sim-1"), {}, "id,cover_image_url");
    const link = new URL(z.string().parse(pageSchema.parse(body).data.videos[0]?.cover_image_url));
    expect(Number(link.searchParams.get("x-expires")) * 1000 - Date.now()).toBeGreaterThan(5.9 * 3_600_000);
    const cover = await client.fetch(link.href);
    expect(cover).toMatchObject({ status: 200, text: expect.stringMatching(/^<svg/) });
    const [expires, signature] = link.search.slice(1).split("&");
    for (const query of [
      "",
      `?${expires}`,
      `?${signature}&${expires}`,
      `${link.search}&a=b`,
      `?${expires}1&${signature}`,
    ]) {
      expect((await client.fetch(`${link.pathname}${query}`)).status).toBe(403);
    }
    await tiktok.settings({ clockOffsetMs: 6 * 3_600_000 + 1_000 });
    expect((await client.fetch(link.href)).status).toBe(403);
  });

  test("oEmbed resolves every form; removed and unknown posts answer as recorded", async () => {
    const [video] = await tiktok.videos("demo-nora");
    const { id = "", shortCode = "", shortUrl = "", shareUrl = "" } = video ?? {};
    const forms = [
      shareUrl,
      `https://www.tiktok.com/@nora.nord/video/${id}?utm_source=x`,
      `https://www.tiktok.com/@nora.nord/photo/${id}`,
      `https://m.tiktok.com/v/${id}.html`,
      `https://www.tiktok.com/embed/v2/${id}`,
      shortUrl,
      `https://vm.tiktok.com/${shortCode}/`,
      `https://vt.tiktok.com/${shortCode}`,
    ];
    for (const form of forms) {
      const answer = await client.fetch(`/oembed?url=${encodeURIComponent(form)}`);
      expect(answer.body, form).toMatchObject({ embed_product_id: id, author_unique_id: "nora.nord" });
      expect(shapeOf(answer.body)).toMatchObject(z.looseObject({}).parse(shapeOf(recorded("doc-oembed-video"))));
    }
    await tiktok.changeVideo("demo-nora", id, { deleted: true });
    for (const form of [shareUrl, shortUrl, "https://vm.tiktok.com/ZMnothing/", "https://evil.example/", "x", ""]) {
      const answer = await client.fetch(`/oembed?url=${encodeURIComponent(form)}`);
      expect(answer).toMatchObject({ status: 400, body: recorded("real-oembed-error-removed") });
    }
  });

  test("pages escape what creators write", async () => {
    const videos = await tiktok.videos("sim-hostile");
    expect(videos).toHaveLength(40);
    const pages = await Promise.all([
      client.openAuthorize(client.authorizeParams(SCOPES)),
      ...videos.flatMap(({ id, shareUrl }) => [client.fetch(shareUrl), client.fetch(`/player/v1/${id}`)]),
    ]);
    for (const { status, text } of pages) {
      expect(status).toBe(200);
      // The player has one script of its own.
      expect(text.replace("<script>const facts=", "")).not.toMatch(/<script|<img src=x|<svg|<iframe/i);
      expect(text).not.toContain("\u0000");
    }
  });

  test("the player may stand in a frame; the authorize page may not", async () => {
    const [video] = await tiktok.videos("sim-1");
    const player = await client.fetch(`/player/v1/${video?.id}`);
    expect(player.headers.get("x-frame-options")).toBeNull();
    expect(player.text).toContain("onPlayerReady");
    expect((await client.openAuthorize(client.authorizeParams(SCOPES))).headers.get("x-frame-options")).toBe("DENY");
  });
});
