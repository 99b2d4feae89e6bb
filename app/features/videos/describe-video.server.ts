import { setImmediate } from "node:timers/promises";
import { and, eq, inArray } from "drizzle-orm";
import { videos } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { plainText } from "~/infra/plain-text";
import { SANITIZER_VERSION, sanitizeEmbed } from "~/infra/sanitize-html.server";
import type { TikTokVideo } from "~/infra/tiktok/answers";

/** TikTok documents 150 characters; over 1,000 were seen. */
const MAX_CAPTION = 4_000;
/** A cover without x-expires is taken to live this long. */
const COVER_TTL_MS = 6 * 3600_000;
/** The end of the year 9999: later than that the database takes no text of ours, and nobody meant it. */
const LATEST_SECONDS = 253_402_300_799;
const coverHosts = /(^|\.)tiktokcdn(-us|-eu)?\.com$/;

/**
 * What we store of a video as TikTok gave it at `readAt`: text without control characters, only links that may stand
 * in a page, the embed's markup sanitised. TikTok: create_time in seconds.
 */
export async function describeVideo(video: TikTokVideo, readAt: Date, known?: KnownEmbed) {
  const cover = coverOf(video.cover_image_url, readAt);
  const embedHtmlRaw = video.embed_html?.toWellFormed().replaceAll("\u0000", "") ?? null;
  const embedHtml = known?.raw === embedHtmlRaw ? known.html : await sanitized(embedHtmlRaw);
  return {
    tiktokVideoId: video.id,
    postedAt: video.create_time === null ? null : new Date(video.create_time * 1000),
    caption: plainText(video.video_description || video.title || "", MAX_CAPTION),
    durationSeconds: video.duration,
    width: video.width,
    height: video.height,
    shareUrl: shareUrlOf(video.share_url),
    coverUrl: cover?.url ?? null,
    coverExpiresAt: cover?.expiresAt ?? null,
    embedHtmlRaw,
    embedHtml,
    embedSanitizerVersion: embedHtml === null ? null : SANITIZER_VERSION,
    viewCount: video.view_count,
    likeCount: video.like_count,
    commentCount: video.comment_count,
    shareCount: video.share_count,
    metricsAt: hasCounts(video) ? readAt : null,
    isAigc: video.is_aigc,
    availability: "public" as const,
    missingSince: null,
    readAt,
    checkedAt: readAt,
  };
}

/**
 * Describes a page of videos one by one and lets the process go about its other work before each: sanitising a whole
 * page in one go would hold up the next page's request, and everybody else's. What is stored of the same markup by this
 * sanitiser is taken as it is: numbers are read anew all day, markup hardly ever changes, and making it is half the work.
 */
export async function describeVideos(page: readonly TikTokVideo[], readAt: Date) {
  const described: Awaited<ReturnType<typeof describeVideo>>[] = [];
  const known = await findEmbeds(page.map(({ id }) => id));
  for (const video of page) {
    await setImmediate();
    described.push(await describeVideo(video, readAt, known.get(video.id)));
  }
  return described;
}

/** Markup as TikTok gave it, and what the sanitiser of this version made of it. */
interface KnownEmbed {
  raw: string;
  html: string;
}

async function findEmbeds(tiktokVideoIds: string[]): Promise<Map<string, KnownEmbed>> {
  const rows = await db
    .select({ id: videos.tiktokVideoId, raw: videos.embedHtmlRaw, html: videos.embedHtml })
    .from(videos)
    .where(and(inArray(videos.tiktokVideoId, tiktokVideoIds), eq(videos.embedSanitizerVersion, SANITIZER_VERSION)));
  return new Map(rows.flatMap(({ id, raw, html }) => (raw === null || html === null ? [] : [[id, { raw, html }]])));
}

async function sanitized(html: string | null): Promise<string | null> {
  return html === null ? null : sanitizeEmbed(html);
}

function hasCounts(video: TikTokVideo): boolean {
  return [video.view_count, video.like_count, video.comment_count, video.share_count].some((count) => count !== null);
}

/** The signed cover link, whole (its query is the signature), if it is from a host that pages may load. */
function coverOf(link: string | null, readAt: Date): { url: string; expiresAt: Date } | null {
  if (!link || link.length > 4_000 || !URL.canParse(link)) return null;
  const url = new URL(link);
  const allowed =
    (url.protocol === "https:" && coverHosts.test(url.hostname)) || url.origin === env.TIKTOK_WEB_BASE_URL;
  if (!allowed) return null;
  const seconds = Number(url.searchParams.get("x-expires"));
  const known = Number.isSafeInteger(seconds) && seconds > 0 && seconds <= LATEST_SECONDS;
  return { url: link, expiresAt: known ? new Date(seconds * 1000) : new Date(readAt.getTime() + COVER_TTL_MS) };
}

/** The video's page on TikTok, without the query, which carries our client key. */
function shareUrlOf(link: string | null): string | null {
  if (!link || link.length > 2_000 || !URL.canParse(link)) return null;
  const url = new URL(link);
  const onTikTok = url.protocol === "https:" && /(^|\.)tiktok\.com$/.test(url.hostname);
  if (!onTikTok && url.origin !== env.TIKTOK_WEB_BASE_URL) return null;
  return `${url.origin}${url.pathname}`;
}
