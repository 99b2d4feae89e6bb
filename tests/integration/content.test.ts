import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeVideo } from "~/features/videos/describe-video.server";
import { plainText } from "~/infra/plain-text";
import { SANITIZER_VERSION, sanitizeEmbed } from "~/infra/sanitize-html.server";
import { videoSchema } from "~/infra/tiktok/answers";
import { hostileMarkup } from "./hostile-markup";

const ID = "7345678901234567890";
const URL_WITHOUT_QUERY = String.raw`https:\/\/(?:www\.|m\.|vm\.|vt\.)?tiktok\.com\/[\w@.~%:/&=+,*!;-]*`;

/** Everything that may stand in a stored embed, as text: whatever else begins with `<` is a finding. */
const ALLOWED_TAG = new RegExp(
  [
    "^<(?:",
    "\\/(?:blockquote|section|p|a)",
    "|section|p|a",
    `|a href="${URL_WITHOUT_QUERY}" (?:rel="noopener noreferrer nofollow ugc" target="_blank"|target="_blank" rel="noopener noreferrer nofollow ugc")`,
    `|blockquote(?: class="tiktok-embed"| cite="${URL_WITHOUT_QUERY}"| data-video-id="[0-9]{6,25}")*`,
    ")>",
  ].join(""),
);

function findings(markup: string): string[] {
  const found: string[] = [];
  for (let at = markup.indexOf("<"); at >= 0; at = markup.indexOf("<", at + 1)) {
    if (!ALLOWED_TAG.test(markup.slice(at))) found.push(markup.slice(at, at + 80));
  }
  return found;
}

describe("what is stored of an embed", () => {
  test("is found out by this test if it holds anything else", () => {
    const bad = [
      `<img src=x>`,
      `<a href="https://www.tiktok.com/@a?x=1" rel="noopener noreferrer nofollow ugc" target="_blank">`,
    ];
    for (const markup of [...bad, `<p onclick="x">`, `<blockquote class="x">`, "<!--x-->"]) {
      expect(findings(markup)).toHaveLength(1);
    }
  });

  test.each(hostileMarkup.map((markup) => [markup.slice(0, 60), markup]))("%j is harmless", async (_name, markup) => {
    const stored = await sanitizeEmbed(markup);
    expect(findings(stored)).toEqual([]);
    expect(stored).not.toMatch(/on\w+=["']?globalThis/);
    expect(await sanitizeEmbed(stored), "the same again").toBe(stored);
  });

  test("is a good embed's quote, text and links, whole but for their queries and TikTok's script", async () => {
    const link = (path: string, text: string) =>
      `<a target="_blank" title="${text}" href="https://www.tiktok.com/${path}?refer=embed&amp;utm_source=key">${text}</a>`;
    const markup =
      `<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@ana/video/${ID}?utm_source=key" ` +
      `data-video-id="${ID}" style="max-width:605px;min-width:325px;"> <section> ${link("@ana", "@ana")} ` +
      `<p>Pan con tomate <3 ${link("tag/home", "#home")}</p> </section> </blockquote> ` +
      `<script async src="https://www.tiktok.com/embed.js"></script>`;
    const stored = await sanitizeEmbed(markup);
    expect(stored).toContain(`cite="https://www.tiktok.com/@ana/video/${ID}"`);
    expect(stored).toContain(`data-video-id="${ID}"`);
    expect(stored).toContain(`href="https://www.tiktok.com/tag/home"`);
    expect(stored).toContain("Pan con tomate &lt;3 ");
    expect(stored).not.toMatch(/utm_source|refer=|style|script|title/);
    expect(findings(stored)).toEqual([]);
  });

  test.each([
    ["is huge", "<p>x</p>".repeat(500_000)],
    ["is nested thousands deep", "<b>".repeat(6_000)],
    ["is nested thousands deep in what is allowed", "<section>".repeat(2_000)],
  ])("is nothing when it %s, at once", async (_what, markup) => {
    const began = performance.now();
    expect(await sanitizeEmbed(markup)).toBe("");
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test("is harmless whatever is put together of hostile pieces", async () => {
    const pieces = fc.constantFrom(...hostileMarkup.filter(({ length }) => length < 200));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string({ unit: "binary" })), { maxLength: 6 }), async (parts) => {
        const stored = await sanitizeEmbed(parts.join(""));
        expect(findings(stored)).toEqual([]);
        expect(await sanitizeEmbed(stored)).toBe(stored);
      }),
      { numRuns: 60 },
    );
  });
});

describe("plain text", () => {
  test.each([
    ["without NUL and other control characters", "a\u0000b\u0007\u001b[31mc\u009f", "ab[31mc"],
    ["with its line breaks, of one kind", "a\nb\r\nc\rd", "a\nb\nc\nd"],
    ["with a space for a tab, which parts words", "#home\t#tab\u000bx\u000cy", "#home #tab x y"],
    ["without marks that turn its direction", "\u202egnp.exe\u202c\u2066x\u2069\u200f\u061c", "gnp.exex"],
    ["in right-to-left letters", "שלום مرحبا", "שלום مرحبا"],
    ["with its emoji and joiners", "👩‍👩‍👧‍👦 ok", "👩‍👩‍👧‍👦 ok"],
    ["well-formed", "\ud83d in the middle \udc00", "\ufffd in the middle \ufffd"],
    ["without spaces at its end", "tag \n ", "tag"],
    ["empty when it is empty", "   ", ""],
    ["with markup as it is: text is not HTML", "<b>x</b>", "<b>x</b>"],
  ])("is kept %s", (_what, text, kept) => {
    expect(plainText(text, 100)).toBe(kept);
  });

  test("is cut to its length, never in the middle of a letter, and is the same when kept again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.nat(40), (text, length) => {
        const kept = plainText(text, length);
        expect(kept.length).toBeLessThanOrEqual(length);
        expect(kept.isWellFormed()).toBe(true);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(kept).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(plainText(kept, length)).toBe(kept);
      }),
    );
    expect(plainText("ab👍", 3)).toBe("ab");
  });
});

describe("a video as it is stored", () => {
  const readAt = new Date("2026-09-01T12:00:00Z");
  const described = (fields: Record<string, unknown>) =>
    describeVideo(videoSchema.parse({ id: ID, ...fields }), readAt);

  test("with nothing but an id is stored with nothing made up", async () => {
    expect(await described({})).toEqual({
      tiktokVideoId: ID,
      postedAt: null,
      caption: "",
      durationSeconds: null,
      width: null,
      height: null,
      shareUrl: null,
      coverUrl: null,
      coverExpiresAt: null,
      embedHtmlRaw: null,
      embedHtml: null,
      embedSanitizerVersion: null,
      viewCount: null,
      likeCount: null,
      commentCount: null,
      shareCount: null,
      metricsAt: null,
      isAigc: null,
      availability: "public",
      missingSince: null,
      checkedAt: readAt,
      readAt,
    });
  });

  test.each([
    ["the epoch", 0],
    ["a word", "yesterday"],
    ["a fraction", 1.5],
    ["a moment before it", -1],
    ["a year that no database holds", 253_402_300_800],
  ])("posted at %s has no date", async (_what, create_time) => {
    expect((await described({ create_time })).postedAt).toBeNull();
  });

  test.each([
    "http://169.254.169.254/latest/meta-data/",
    "javascript:globalThis.pwned=true",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "http://p16.tiktokcdn.com/x.jpg",
    "https://tiktokcdn.com.evil.example/x.jpg",
    "https://evil-tiktokcdn.com/x.jpg",
    "https://p16.tiktokcdn.com@evil.example/x.jpg",
    "not a link",
    `https://p16.tiktokcdn.com/${"x".repeat(4_000)}`,
  ])("never keeps a cover from %s", async (cover_image_url) => {
    expect(await described({ cover_image_url })).toMatchObject({ coverUrl: null, coverExpiresAt: null });
  });

  test("keeps a good cover's signed link to the letter, and no longer than it is signed for", async () => {
    const cover_image_url = "https://p16-sign.tiktokcdn-us.com/o/x~tplv.jpeg?x-expires=1788307200&x-signature=a%2Bb%3D";
    expect(await described({ cover_image_url })).toMatchObject({
      coverUrl: cover_image_url,
      coverExpiresAt: new Date(1_788_307_200_000),
    });
    const unsigned = await described({ cover_image_url: "https://p16.tiktokcdn.com/o/x.jpeg" });
    expect(unsigned.coverExpiresAt).toEqual(new Date(readAt.getTime() + 6 * 3_600_000));
  });

  test.each(["javascript:alert(1)", "https://evil.example/@a/video/1", "http://www.tiktok.com/@a", "data:text/html,x"])(
    "never keeps a page at %s",
    async (share_url) => expect((await described({ share_url })).shareUrl).toBeNull(),
  );

  test("keeps its page without the query, which carries our key", async () => {
    const share_url = `https://www.tiktok.com/@ana/video/${ID}?utm_campaign=tt4d&utm_source=client-key`;
    expect((await described({ share_url })).shareUrl).toBe(`https://www.tiktok.com/@ana/video/${ID}`);
  });

  test("keeps hostile words as words, and hostile markup sanitised beside what TikTok sent", async () => {
    const embed_html = `<blockquote class="tiktok-embed" data-video-id="${ID}"><p onclick=x>\u0000hi</p></blockquote>`;
    const video = await described({ video_description: "<script>x</script>\u202e\u0000", embed_html });
    expect(video.caption).toBe("<script>x</script>");
    expect(video.embedSanitizerVersion).toBe(SANITIZER_VERSION);
    expect(findings(video.embedHtml ?? "")).toEqual([]);
    expect(video.embedHtml).toContain("hi");
    expect(video.embedHtmlRaw).toContain("onclick");
    expect(video.embedHtmlRaw).not.toContain("\u0000");
  });

  test("has numbers that are senseless as unknown ones, and the rest as they are", async () => {
    const counts = { view_count: 3_000_000_000, like_count: -4, comment_count: "12", share_count: 1.5 };
    expect(await described(counts)).toMatchObject({
      viewCount: 3_000_000_000,
      likeCount: 0,
      commentCount: null,
      shareCount: null,
      metricsAt: readAt,
    });
  });
});
