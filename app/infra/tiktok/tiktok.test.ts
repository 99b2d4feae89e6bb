import { describe, expect, test } from "vitest";
import { DEFAULT_DISPLAY_SCOPES } from "~/infra/environment";
import { plainText } from "~/infra/plain-text";
import { videoListSchema, videoSchema } from "./answers";
import { retryAfterMs } from "./retry-after";
import { parseScopes, scopeFor, userFieldsFor } from "./scopes";
import { parseVideoReference } from "./video-reference";

const WEB = "https://www.tiktok.com";
const ID = "7141376929814285573";

describe("what a person pastes", () => {
  test.each([
    ID,
    ` ${ID} `,
    `https://www.tiktok.com/@creator.one/video/${ID}`,
    `https://www.tiktok.com/@creator.one/video/${ID}?is_from_webapp=1&sender_device=pc`,
    `https://www.tiktok.com/@creator.one/photo/${ID}`,
    `www.tiktok.com/@creator.one/video/${ID}/`,
    `https://m.tiktok.com/v/${ID}.html`,
    `https://www.tiktok.com/embed/${ID}`,
    `https://www.tiktok.com/embed/v2/${ID}`,
    `https://www.tiktok.com/player/v1/${ID}`,
    `https://www.tiktok.com/share/video/${ID}`,
  ])("%s names the video", (pasted) => {
    expect(parseVideoReference(pasted, WEB)).toEqual({ kind: "id", id: ID });
  });

  test.each(["https://vm.tiktok.com/ZMabc123/", "https://vt.tiktok.com/ZSabc12", "https://www.tiktok.com/t/ZTabc12/"])(
    "%s is a short link for TikTok to resolve",
    (pasted) => {
      expect(parseVideoReference(pasted, WEB)?.kind).toBe("short_link");
    },
  );

  test.each([
    "",
    "hello",
    "12345",
    `https://evil.example/@a/video/${ID}`,
    `https://www.tiktok.com.evil.example/@a/video/${ID}`,
    `https://user@www.tiktok.com/@a/video/${ID}`,
    `https://www.tiktok.com:8443/@a/video/${ID}`,
    `https://www.tiktok.com/@a`,
    `javascript:alert(${ID})`,
    "https://vm.tiktok.com/../x",
    `${ID}1234567`,
  ])("%j is refused", (pasted) => {
    expect(parseVideoReference(pasted, WEB)).toBeNull();
  });
});

describe("scopes", () => {
  test("the default is the whole bundle", () => {
    expect(parseScopes(DEFAULT_DISPLAY_SCOPES)).toEqual([
      "user.info.basic",
      "video.list",
      "video.data",
      "webhook.subscription",
    ]);
  });

  test("a look-up needs video.data where the bundle has it, else video.list", () => {
    expect(scopeFor("lookup", parseScopes(DEFAULT_DISPLAY_SCOPES))).toBe("video.data");
    expect(scopeFor("lookup", ["user.info.basic", "video.list"])).toBe("video.list");
  });

  test("profile fields are asked for only as far as the grant reaches", () => {
    expect(userFieldsFor(["user.info.basic"])).not.toContain("username");
    expect(userFieldsFor(["user.info.basic", "user.info.profile"])).toContain("username");
  });
});

describe("Retry-After", () => {
  const now = Date.parse("2026-11-23T10:00:00Z");
  test.each([
    [null, undefined],
    ["", undefined],
    ["soon", undefined],
    ["0", 0],
    ["2.5", 2_500],
    ["Mon, 23 Nov 2026 10:00:30 GMT", 30_000],
    ["Mon, 23 Nov 2020 10:00:30 GMT", 0],
    ["99999999", 900_000],
  ])("%j is %j ms", (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});

describe("TikTok's answers", () => {
  test("a video without anything but its id is a video", () => {
    const video = videoSchema.parse({ id: ID });
    expect(video).toMatchObject({ id: ID, view_count: null, create_time: null });
  });

  test("one broken row does not lose the page", () => {
    const page = videoListSchema.parse({ videos: [{ id: 5 }, { id: ID, like_count: "many" }], has_more: false });
    expect(page.videos).toHaveLength(1);
    expect(page.videos[0]?.like_count).toBeNull();
  });
});

describe("text from outside", () => {
  test("loses NUL, lone surrogates and marks that turn the direction, and keeps right-to-left letters", () => {
    expect(plainText("a\u0000b\u202Ec\u2066d", 100)).toBe("abcd");
    expect(plainText("x\ud800y", 100)).toBe("x\ufffdy");
    expect(plainText("دقيقة من البيت", 100)).toBe("دقيقة من البيت");
  });

  test("is never cut through a character", () => {
    expect(plainText("ab😀", 3).isWellFormed()).toBe(true);
  });
});
