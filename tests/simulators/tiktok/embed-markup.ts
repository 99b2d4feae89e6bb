import { between } from "./seeded-random";
import type { SimVideo } from "./sim-video";

const tunes = ["original sound", "Night Train", "Kitchen Radio", "Slow Sunday", "Paper Boats", "Dois Passos", "雨の音"];

export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll("\u0000", "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/**
 * TikTok's embed of a post, as recorded: made of the creator's words, its links lead to www.tiktok.com whatever the
 * API's address is, and a script tag stands at its end that nobody should ever load.
 */
export function embedMarkup(username: string, video: SimVideo, query = ""): string {
  const profile = `https://www.tiktok.com/@${encodeURIComponent(username)}`;
  const name = escapeHtml(`@${username}`);
  const cite = escapeHtml(`${profile}/video/${video.id}${query}`);
  const tune = `♬ ${tunes[between(`${video.id}:tune`, 0, tunes.length - 1)] ?? "original sound"} - ${username}`;
  const music = `https://www.tiktok.com/music/${video.id.slice(0, 15)}`;
  return (
    `<blockquote class="tiktok-embed" cite="${cite}" data-video-id="${video.id}" ` +
    `style="max-width: 605px;min-width: 325px;" > <section> ` +
    `<a target="_blank" title="${name}" href="${profile}">${name}</a> ` +
    `<p>${linkedCaption(video.caption)}</p> ` +
    `<a target="_blank" title="${escapeHtml(tune)}" href="${music}">${escapeHtml(tune)}</a> </section> </blockquote> ` +
    `<script async src="https://www.tiktok.com/embed.js"></script>`
  );
}

/** Hashtags become links to their page, in every alphabet. */
function linkedCaption(caption: string): string {
  return caption
    .split(/(#[\p{L}\p{N}\p{M}_]+)/u)
    .map((part, i) => {
      if (i % 2 === 0) return escapeHtml(part);
      const tag = escapeHtml(part.slice(1));
      const page = `https://www.tiktok.com/tag/${encodeURIComponent(part.slice(1))}`;
      return `<a title="${tag}" target="_blank" href="${page}">#${tag}</a>`;
    })
    .join("");
}
