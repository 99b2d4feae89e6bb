import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { recorded, recordedBytes } from "#tests/simulators/tiktok/recorded";
import { matchesChallenge } from "#tests/simulators/tiktok/token-store";
import { startReplay } from "./replay-server";

/** What the product makes of the bodies that TikTok sent or documents, replayed byte for byte over HTTP. */

const replay = await startReplay();
Object.assign(process.env, {
  TIKTOK_AUTHORIZE_URL: `${replay.origin}/v2/auth/authorize/`,
  TIKTOK_DISPLAY_API_BASE_URL: replay.origin,
  TIKTOK_WEB_BASE_URL: replay.origin,
  TIKTOK_INGESTION_RATE_LIMIT_PER_MIN: "100000",
});
const { env } = await import("~/infra/env.server");
const { exchangeCode, refreshTokens } = await import("~/infra/tiktok/oauth.server");
const { listVideoPage, lookUpVideoIds, readUserInfo } = await import("~/infra/tiktok/display-api.server");
const { resolveShortLink } = await import("~/infra/tiktok/resolve-short-link.server");
const { TikTokStrategy } = await import("~/infra/tiktok/tiktok-strategy.server");
const { describeVideo } = await import("~/features/videos/describe-video.server");

afterAll(() => replay.stop());

const REDIRECT_URI = `${env.APP_ORIGIN}/auth/tiktok/callback`;
const play = (status: number, name: string) => replay.play(status, recordedBytes(name));
const firstPage = { cursor: null, patience: "person" } as const;
const exchange = () => exchangeCode("the-code", REDIRECT_URI, "the-verifier");

const tokenBody = z.object({
  access_token: z.string(),
  expires_in: z.number(),
  open_id: z.string(),
  refresh_expires_in: z.number(),
  refresh_token: z.string(),
  scope: z.string(),
});
const oauthError = z.object({ error: z.string(), log_id: z.string() });
const displayError = z.object({ error: z.object({ code: z.string(), log_id: z.string() }) });

describe("a token answer", () => {
  test.each([
    ["doc-oauth-token-authorization-code", exchange],
    ["doc-oauth-token-refresh", () => refreshTokens("rft.old")],
    ["real-oauth-token-web-1", exchange],
  ])("%s is read to the letter", async (name, ask) => {
    play(200, name);
    const body = tokenBody.parse(recorded(name));
    expect(await ask()).toEqual({
      accessToken: body.access_token,
      refreshToken: body.refresh_token,
      accessTtlSeconds: body.expires_in,
      refreshTtlSeconds: body.refresh_expires_in,
      openId: body.open_id,
      grantedScopes: body.scope.split(","),
    });
  });

  test("is asked for as documented: form-encoded, with the credentials in the body alone", async () => {
    play(200, "real-oauth-token-web-1");
    await exchange();
    const [request] = replay.received();
    expect(request).toMatchObject({ method: "POST", path: "/v2/oauth/token/" });
    expect(request?.query.size).toBe(0);
    expect(request?.headers["content-type"]).toContain("application/x-www-form-urlencoded");
    expect(request?.headers.authorization).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      client_key: env.TIKTOK_CLIENT_KEY,
      client_secret: env.TIKTOK_CLIENT_SECRET,
      grant_type: "authorization_code",
      code: "the-code",
      redirect_uri: REDIRECT_URI,
      code_verifier: "the-verifier",
    });
  });

  test.each(
    [
      "doc-oauth-error-malformed",
      "doc-oauth-error-redirect-mismatch",
      "doc-oauth-client-token-error",
      "real-oauth-error-pkce",
    ].flatMap((name) => [200, 400].map((status) => [name, status] as const)),
  )("%s is a refusal with status %i too, and asked once", async (name, status) => {
    play(status, name);
    const { error, log_id: logId } = oauthError.parse(recorded(name));
    await expect(exchange()).rejects.toMatchObject({ name: "OAuthRefusal", code: error, logId, temporary: false });
    expect(replay.received()).toHaveLength(1);
  });

  test.each(["doc-getstarted-token-v1-leftover", "doc-oauth-client-token", "doc-oauth-revoke-success"])(
    "%s is no sign-in: nothing of it is taken for a person's tokens",
    async (name) => {
      play(200, name);
      const unreadable = { name: "TikTokError", kind: "unavailable", code: "malformed" };
      await expect(exchange()).rejects.toMatchObject(unreadable);
      await expect(refreshTokens("rft.old")).rejects.toMatchObject(unreadable);
    },
  );
});

describe("a sign-in", () => {
  const begun: { state: string; codeVerifier: string }[] = [];
  const strategy = new TikTokStrategy(
    {
      begin: async (_request, attempt) => {
        begun.push(attempt);
        return new Headers();
      },
      take: async (_request, state) =>
        state === "REDACTED" ? { codeVerifier: "the-verifier", returnTo: "/studio" } : null,
    },
    async ({ tokens, returnTo }) => ({ openId: tokens.openId, returnTo }),
  );

  test("the recorded way back gives the code decoded once", async () => {
    play(200, "real-oauth-token-web-1");
    const { raw_form, decoded } = z
      .object({ raw_form: z.string(), decoded: z.object({ code: z.string() }) })
      .parse(recorded("real-callback-success-query"));
    const arrived = await strategy.authenticate(new Request(`${REDIRECT_URI}?${raw_form}`));
    expect(arrived).toEqual({ openId: "-0008lVNLGQuBTXMxrbzGTJlFopBHifNpLU4", returnTo: "/studio" });
    expect(new URLSearchParams(replay.received()[0]?.body).get("code")).toBe(decoded.code);
  });

  test("its challenge is made as in the worked example: lower-case hex, called S256", async () => {
    const vector = z
      .object({ code_verifier: z.string(), tiktok_code_challenge_hex: z.string(), code_challenge_method: z.string() })
      .parse(recorded("computed-pkce-vector"));
    expect(matchesChallenge(vector.code_verifier, vector.tiktok_code_challenge_hex)).toBe(true);
    const sent = await strategy.authenticate(new Request(`${env.APP_ORIGIN}/auth/tiktok`)).catch((thrown) => thrown);
    const asked = new URL(z.instanceof(Response).parse(sent).headers.get("location") ?? "").searchParams;
    expect(matchesChallenge(begun.at(-1)?.codeVerifier ?? "", asked.get("code_challenge") ?? "")).toBe(true);
    expect(asked.get("code_challenge_method")).toBe(vector.code_challenge_method);
    expect(asked.get("scope")).toBe("user.info.basic,video.list,video.data,webhook.subscription");
  });
});

describe("the Display API", () => {
  test.each(["doc-user-info", "real-user-info-2025-02"])(
    "%s: what is there is read, the rest is null",
    async (name) => {
      play(200, name);
      const { data } = z.object({ data: z.object({ user: z.record(z.string(), z.string()) }) }).parse(recorded(name));
      const user = await readUserInfo("act.x", ["user.info.basic"]);
      expect(user).toMatchObject(data.user);
      expect(user.username).toBeNull();
    },
  );

  const listed = z.object({
    data: z.object({
      videos: z.array(z.looseObject({ id: z.string() })),
      cursor: z.number().optional(),
      has_more: z.boolean().optional(),
    }),
  });

  test.each(["doc-video-list", "doc-getstarted-video-list"])("%s is a page", async (name) => {
    play(200, name);
    const { videos, cursor, has_more } = listed.parse(recorded(name)).data;
    const page = await listVideoPage("act.x", firstPage);
    expect(page).toMatchObject({ cursor, hasMore: has_more });
    expect(page.videos).toMatchObject(videos.map(({ embed_link: _, ...video }) => video));
    expect(page.videos.map((video) => video.view_count)).toEqual(videos.map(() => null));
  });

  test.each(["doc-video-query", "doc-getstarted-video-query"])("%s is a look-up's answer", async (name) => {
    play(200, name);
    const { videos } = listed.parse(recorded(name)).data;
    const found = await lookUpVideoIds("act.x", ["1"], "person");
    expect(found).toMatchObject(videos.map(({ embed_link: _, ...video }) => video));
    expect(replay.received()).toMatchObject([{ path: "/v2/video/data/", body: '{"filters":{"video_ids":["1"]}}' }]);
  });

  const page = (items: Buffer) =>
    Buffer.concat([
      Buffer.from('{"data":{"videos":['),
      items,
      Buffer.from('],"cursor":1785592800000,"has_more":false},"error":{"code":"ok","message":"","log_id":"x"}}'),
    ]);

  test("the full recorded video is kept whole, and stored without our client key or a script", async () => {
    replay.play(200, page(recordedBytes("real-video-object-full-2026")));
    const { embed_link, ...body } = z
      .looseObject({ cover_image_url: z.string() })
      .parse(recorded("real-video-object-full-2026"));
    const [video] = (await listVideoPage("act.x", firstPage)).videos;
    if (!video) throw new Error("the video was lost");
    expect(video).toMatchObject({ ...body, comment_count: null, create_time: null, video_description: null });
    const stored = await describeVideo(video, new Date());
    expect(stored).toMatchObject({
      coverUrl: body.cover_image_url,
      coverExpiresAt: new Date(1_785_592_800_000),
      shareUrl: "https://www.tiktok.com/@creator.one/video/7141376929814285573",
      viewCount: 48_134,
      commentCount: null,
    });
    expect(stored.embedHtml).toMatch(/^<blockquote class="tiktok-embed" .*One Piece - YungLex<\/a> <\/section>/s);
    expect(stored.embedHtml).not.toMatch(/script|style|awexampleclientkey/);
  });

  test("ids stay strings: as numbers every worked example would be another video", async () => {
    const vectors = z
      .array(z.object({ id: z.string(), create_time: z.number(), as_js_number: z.string() }))
      .parse(recorded("computed-id-timestamps"));
    const items = vectors.map(({ id, create_time }) => JSON.stringify({ id, create_time }));
    replay.play(200, page(Buffer.from(items.join(","))));
    const { videos } = await listVideoPage("act.x", firstPage);
    expect(videos).toMatchObject(vectors.map(({ id, create_time }) => ({ id, create_time })));
    expect(vectors.map(({ id }) => BigInt(Number(id)).toString())).toEqual(vectors.map((v) => v.as_js_number));
  });

  test.each([
    ["real-error-scope-not-authorized-2025-06", 401, "scope_missing"],
    ["real-error-scope-not-authorized-2026-03-video-query", 401, "scope_missing"],
    ["real-error-unaudited-client-2025-08", 403, "refused"],
  ])("%s with status %i means %s, and is asked once", async (name, status, kind) => {
    play(status, name);
    const { error } = displayError.parse(recorded(name));
    await expect(listVideoPage("act.x", firstPage)).rejects.toMatchObject({
      name: "TikTokError",
      kind,
      code: error.code,
      details: { logId: error.log_id, status },
    });
    await expect(lookUpVideoIds("act.x", ["1"], "person")).rejects.toMatchObject({ kind });
    expect(replay.received()).toHaveLength(2);
  });

  test("an error without its envelope goes by its status: the token is refreshed, nobody is blamed", async () => {
    play(401, "doc-display-error-unnested");
    await expect(listVideoPage("act.x", firstPage)).rejects.toMatchObject({ kind: "token_invalid", code: "http_401" });
    expect(replay.received()).toHaveLength(1);
  });
});

describe("oEmbed", () => {
  test.each([
    ["doc-oembed-video", 200, "6718335390845095173"],
    ["doc-oembed-creator", 200, null],
    ["real-oembed-error-removed", 400, null],
    ["real-oembed-error-removed", 404, null],
  ])("%s with status %i resolves to %s", async (name, status, id) => {
    play(status, name);
    expect(await resolveShortLink("https://vm.tiktok.com/ZMabc123/")).toBe(id);
    expect(replay.received().map(({ query }) => query.get("url"))).toEqual(["https://vm.tiktok.com/ZMabc123/"]);
  });
});
