import { describe, expect, test } from "vitest";
import { z } from "zod";
import { idsOf, pageSchema } from "../simulators/tiktok/plain-client";
import { recorded, shapeOf } from "../simulators/tiktok/recorded";
import { accessOf, client, refused, SCOPES, tiktok } from "./tiktok-in-process";

/** The simulator answers about videos in the shapes that were recorded, and refuses what TikTok refuses. */

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
