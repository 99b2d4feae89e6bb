import { describe, expect, test } from "vitest";
import { z } from "zod";
import { pairSchema } from "../simulators/tiktok/plain-client";
import { recorded, shapeOf } from "../simulators/tiktok/recorded";
import { app, client, oauth, refused, SCOPES, signIn, tiktok, VERIFIER } from "./tiktok-in-process";

/** The simulator signs people in as TikTok does, and refuses what TikTok refuses. */

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
