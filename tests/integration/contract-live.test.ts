import { describe, expect, test } from "vitest";
import { type AssumptionName, assumptions } from "#tests/contract-live/assumptions";
import { PERSON, publicContract, type Run, runContractLive, startTikTok } from "./contract-live-run";

/** The check of the real TikTok, tried on a simulated one: it tells the truth when all is well, and when it is not. */

const rowOf = (run: Run, name: AssumptionName) => run.rows.get(assumptions[name].says);
const namesWith = (run: Run, verdict: string) =>
  (Object.keys(assumptions) as AssumptionName[]).filter((name) => rowOf(run, name)?.verdict === verdict);
const neverChecked: AssumptionName[] = ["pkce_base64url", "rate_limit", "is_aigc", "private_ids", "webhooks"];

/** Consents on the page that was printed, and follows TikTok's redirect to the script's own address. */
async function consentAndFollow(
  address: URL,
  client: { consent: (params: URLSearchParams, openId: string) => Promise<URL> },
) {
  const back = await client.consent(address.searchParams, PERSON.openId);
  const page = await fetch(back);
  expect(page.status).toBe(200);
  expect(page.headers.get("cache-control")).toBe("no-store");
  return [back.searchParams.get("code") ?? "the code is missing"];
}

describe.concurrent("npm run contract:live", { timeout: 180_000 }, () => {
  test("finds that everything holds, at one call a second", async () => {
    await using running = await startTikTok("mission", { videos: 65 });
    const { tiktok, client, environment } = running;
    const photo = await tiktok.addVideo(PERSON.openId, { caption: "Three pictures of a street", durationSeconds: 0 });
    const run = await runContractLive(running, {
      args: ["--short-link", photo.shortUrl],
      person: async (address) => {
        const stranger = await fetch(`${environment.APP_ORIGIN}/auth/tiktok/callback?code=planted-code&state=unknown`);
        expect(await stranger.text()).not.toContain("planted");
        return ["planted-code", ...(await consentAndFollow(address, client))];
      },
    });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(namesWith(run, "not checked")).toEqual(neverChecked);
    expect(namesWith(run, "**differs**")).toEqual([]);
    expect(namesWith(run, "holds")).toHaveLength(Object.keys(assumptions).length - neverChecked.length);
    expect(run.stdout).toContain("waiting on");
    expect(rowOf(run, "scopes_granted")?.seen).toBe(
      "4 of 4: user.info.basic video.list video.data webhook.subscription",
    );
    expect(rowOf(run, "refresh_rotation")?.seen).toContain("a new refresh token");
    expect(rowOf(run, "pages_once")?.seen).toBe("66 videos on 4 pages");
    expect(rowOf(run, "cursor_falls")?.seen).toBe("fell 3 times");
    expect(rowOf(run, "other_lookup_path")?.seen).toBe("/v2/video/query/: http_404 with 404");
    expect(rowOf(run, "oembed_short_link")?.seen).toBe("one of the account's id");

    const calls = (await tiktok.ledger()).filter(({ endpoint }) => endpoint !== "consent");
    expect(run.report).toContain(` ${calls.length} calls `);
    expect(calls.length).toBeLessThanOrEqual(30);
    const [first, last] = [calls.at(0), calls.at(-1)].map((call) => Date.parse(call?.at ?? ""));
    expect((last ?? 0) - (first ?? 0)).toBeGreaterThan((calls.length - 1) * 950);
    const reads = ["user_info", "video_list", "video_lookup", "oembed"];
    expect(
      calls.filter(({ endpoint }) => !reads.includes(endpoint)).map(({ endpoint, grantType }) => [endpoint, grantType]),
    ).toEqual([
      ["token", "authorization_code"],
      ["token", "refresh_token"],
      ["token", "refresh_token"],
      ["token", "refresh_token"],
    ]);
  });

  test("speaks TikTok's public contract, and takes a pasted address where the app is elsewhere", async () => {
    await using running = await startTikTok("public", { videos: 7, appOrigin: "https://trendpot.example" });
    await running.tiktok.settings({
      rotateRefreshTokens: false,
      accessTtlSeconds: 7_200,
      refreshTtlSeconds: 15_552_000,
    });
    const run = await runContractLive(running, {
      person: async (address, type) => {
        const back = await running.client.consent(address.searchParams, PERSON.openId);
        type("what do I do now?");
        type(back.href);
        return [back.searchParams.get("code") ?? "the code is missing"];
      },
    });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(namesWith(run, "**differs**")).toEqual([]);
    expect(new Set(namesWith(run, "not checked"))).toEqual(
      new Set([...neverChecked, "refresh_old_dead", "photo_posts", "oembed_short_link"]),
    );
    expect(rowOf(run, "refresh_rotation")?.seen).toContain("the same refresh token");
    expect(rowOf(run, "lookup_path")?.seen).toBe("/v2/video/query/ under video.list: ok with 200");
    expect(rowOf(run, "pages_once")?.seen).toBe("7 videos on 3 pages");
  });

  test("says which rows differ when TikTok does otherwise", async () => {
    await using running = await startTikTok("mission", { videos: 45 });
    const { tiktok, client } = running;
    const [newest] = await tiktok.videos(PERSON.openId);
    await tiktok.changeVideo(PERSON.openId, newest?.id ?? "", {
      verbatim: {
        create_time: newest?.createMs,
        embed_html: "<div>another embed</div>",
        cover_image_url: "https://covers.example/a.jpg",
        video_description: "x".repeat(4_001),
        view_count: "many",
      },
    });
    const rise = await tiktok.addFault({ endpoint: "video_list", kind: "cursor_rise" });
    const unscoped = await tiktok.addFault({ endpoint: "oembed", kind: "empty", status: 200 });
    const run = await runContractLive(running, { person: (address) => consentAndFollow(address, client) });
    expect(run.code).toBe(1);
    expect(await tiktok.fired(rise.id)).toBeGreaterThanOrEqual(2);
    expect(await tiktok.fired(unscoped.id)).toBe(2);
    expect(namesWith(run, "**differs**")).toEqual([
      "cursor_falls",
      "create_time",
      "id_time",
      "known_fields",
      "text_lengths",
      "cover_expires",
      "cover_host",
      "embed_html",
      "oembed_video",
      "oembed_removed",
    ]);
    expect(rowOf(run, "cursor_falls")?.seen).toBe("rose or stood still 1 of 1 times");
    expect(rowOf(run, "cover_host")?.seen).toBe("also from covers.example");
    expect(rowOf(run, "known_fields")?.seen).toContain("another type: view_count");
    expect(run.stdout).toContain("differs: `cursor` falls strictly from page to page");
  });

  test("names the setting when the app lacks a scope, and checks nothing further", async () => {
    await using running = await startTikTok("public", { videos: 1 });
    const run = await runContractLive(running, {
      settings: { TIKTOK_DISPLAY_SCOPES: "user.info.basic video.list video.data webhook.subscription" },
      person: async (address) => {
        const page = await running.client.openAuthorize(address.searchParams);
        expect((await fetch(page.headers.get("location") ?? "")).status).toBe(200);
        return [];
      },
    });
    expect(run.code).toBe(1);
    expect(namesWith(run, "**differs**")).toEqual(["scopes_accepted"]);
    expect(rowOf(run, "scopes_accepted")?.seen).toBe("invalid_scope, scope: change TIKTOK_DISPLAY_SCOPES");
    expect(namesWith(run, "holds")).toEqual([]);
    expect(rowOf(run, "cursor_falls")?.seen).toBe("nobody was signed in (scope_misconfigured)");
  });

  test("names the setting when the look-up path is unknown", async () => {
    await using running = await startTikTok("public", { videos: 3 });
    const run = await runContractLive(running, {
      settings: { ...publicContract, TIKTOK_VIDEO_LOOKUP_PATH: "/v2/video/data/" },
      person: (address) => consentAndFollow(address, running.client),
    });
    expect(run.code).toBe(1);
    expect(namesWith(run, "**differs**")).toEqual(["lookup_path"]);
    expect(rowOf(run, "lookup_path")?.seen).toBe("/v2/video/data/: 404; change TIKTOK_VIDEO_LOOKUP_PATH");
    expect(rowOf(run, "other_lookup_path")?.seen).toBe("/v2/video/query/: ok with 200");
  });

  test("is no success when the person cancels", async () => {
    await using running = await startTikTok("mission", { videos: 1 });
    const run = await runContractLive(running, {
      person: async (address) => {
        const form = new URLSearchParams(address.searchParams);
        form.set("decision", "cancel");
        const answer = await running.client.post("/v2/auth/authorize/", form);
        await fetch(answer.headers.get("location") ?? "");
        return [];
      },
    });
    expect(run.code).toBe(2);
    expect(rowOf(run, "scopes_accepted")).toEqual({
      seen: "TikTok sent the person back: access_denied",
      verdict: "not checked",
    });
    expect(namesWith(run, "not checked")).toHaveLength(Object.keys(assumptions).length);
  });

  test("lists a missing key by name and asks TikTok nothing", async () => {
    await using running = await startTikTok("mission", { videos: 1 });
    const run = await runContractLive(running, {
      settings: { TIKTOK_CLIENT_KEY: "" },
      person: () => Promise.reject(new Error("nothing should be printed")),
    });
    expect(run).toMatchObject({
      code: 78,
      report: "",
      stderr: expect.stringContaining("TIKTOK_CLIENT_KEY is required"),
    });
    expect(await running.tiktok.ledger()).toEqual([]);
  });
});
