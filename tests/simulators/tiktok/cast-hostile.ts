import type { CastMember } from "./cast-member";
import { makeVideo, type VideoDraft } from "./sim-video";

/** An account whose every word is an attack or a mistake, in all fields that TikTok or a creator can fill. */

const HOUR_MS = 3_600_000;
const SCRIPT = `<script>globalThis.pwned = true</script>`;

type HostileDraft = Omit<VideoDraft, "createMs" | "caption"> & { caption?: string };

const embed = (inside: string) =>
  `<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@sim.hostile/video/1" data-video-id="1"> ` +
  `<section>${inside}</section> </blockquote> <script async src="https://www.tiktok.com/embed.js"></script>`;

const captions: readonly string[] = [
  SCRIPT,
  `<img src=x onerror="globalThis.pwned = true">`,
  `"><svg onload=globalThis.pwned=true>`,
  `' onmouseover='globalThis.pwned=true`,
  `{{constructor.constructor('globalThis.pwned=true')()}} \${globalThis.pwned=true}`,
  `</title></textarea></script>${SCRIPT}`,
  "NUL here \u0000 and bell \u0007 and escape \u001b[31m",
  "A lone surrogate \ud83d in the middle and another at the end \udc00",
  "\u202Egnihton ton si siht\u202C \u2066isolated\u2069 \u200Fmark",
  "Z\u0351\u034B\u0309\u0300".repeat(400),
  "x".repeat(4_000),
  "👩‍👩‍👧‍👦".repeat(360),
  "line\nbreaks\r\nof\u2028every\u2029kind\tand tabs",
  "'; drop table videos; --",
  "=cmd|' /C calc'!A0",
  "+1-1 @SUM(1+1)",
  "javascript:globalThis.pwned=true",
  "   ",
  "#aminuteofhome<b>#onepanwonders</b>#",
  "#AMinuteOfHome #ａｍｉｎｕｔｅｏｆｈｏｍｅ #aminuteofhom\u0435",
];

const fields: readonly HostileDraft[] = [
  { caption: "Negative counts", fixedCounts: { view_count: -1, like_count: -2_147_483_649 } },
  { caption: "Counts beyond 2^31", fixedCounts: { view_count: 3_000_000_000, like_count: 9_007_199_254_740_991 } },
  {
    caption: "Null counts",
    fixedCounts: { view_count: null, like_count: null, comment_count: null, share_count: null },
  },
  { caption: "Counts that are no integers", verbatim: { view_count: "12", like_count: 1.5, share_count: [] } },
  { caption: "Posted at the epoch", verbatim: { create_time: 0 } },
  { caption: "Posted in the future", verbatim: { create_time: 4_102_444_800 } },
  { caption: "Posted in a string", verbatim: { create_time: "yesterday" } },
  { caption: "Only an id", omit: ["create_time", "title", "video_description", "duration", "cover_image_url"] },
  {
    caption: "No counts, no markup, no links",
    omit: ["view_count", "like_count", "comment_count", "share_count", "embed_html", "embed_link", "share_url"],
  },
  { caption: "Negative length", verbatim: { duration: -5, width: -1, height: "tall" } },
  { caption: "Cover from elsewhere", verbatim: { cover_image_url: "http://169.254.169.254/latest/meta-data/" } },
  { caption: "Cover that is code", verbatim: { cover_image_url: "javascript:globalThis.pwned=true" } },
  {
    caption: "Link that is code",
    verbatim: { share_url: "javascript:globalThis.pwned=true", embed_link: "data:text/html,x" },
  },
  { caption: "Script in the markup", verbatim: { embed_html: embed(SCRIPT) } },
  {
    caption: "Handlers in the markup",
    verbatim: { embed_html: embed(`<a href="#" onclick="globalThis.pwned=true">x</a>`) },
  },
  {
    caption: "Link to code in the markup",
    verbatim: { embed_html: embed(`<a href=" java\tscript:globalThis.pwned=true">x</a>`) },
  },
  {
    caption: "Drawings in the markup",
    verbatim: { embed_html: embed(`<svg><style><img src=x onerror=globalThis.pwned=true></style></svg>`) },
  },
  {
    caption: "Style and frames in the markup",
    verbatim: {
      embed_html: embed(
        `<style>body{display:none}</style><p style="position:fixed;inset:0">x</p><iframe srcdoc="${SCRIPT}"></iframe>`,
      ),
    },
  },
  {
    caption: "Nested and broken markup",
    verbatim: {
      embed_html: `${embed(embed("deep")).repeat(3)}<form><math><mtext></form><form><mglyph><style></math>${SCRIPT}`,
    },
  },
  { caption: "Huge markup", verbatim: { embed_html: embed("<p>".repeat(30_000)) } },
];

export function hostileCreator(): CastMember {
  const drafts: readonly HostileDraft[] = [...captions.map((caption) => ({ caption })), ...fields];
  return {
    openId: "sim-hostile",
    displayName: `<img src=x onerror="globalThis.pwned=true">\u202E\u0000 \ud83dMallory`,
    username: `"><script>x`,
    bio: SCRIPT,
    kind: "hostile",
    videoCount: drafts.length,
    makeVideos: (startedAtMs) =>
      drafts.map((draft, i) =>
        makeVideo(`sim-hostile:${i}`, {
          ...draft,
          caption: draft.caption ?? "",
          createMs: startedAtMs - (i + 1) * HOUR_MS,
        }),
      ),
  };
}
