import type { Env } from "~/infra/environment";
import { sanitizeEmbed } from "~/infra/sanitize-html.server";
import { type Display, said } from "./display";
import { type Findings, plainName } from "./findings";
import { type ListedVideo, numberOf, present, textOf, videoFieldKinds } from "./listed-video";

/** The product keeps this much of a caption. */
const KEPT_CAPTION = 4_000;
const COVER_HOSTS = /(^|\.)tiktokcdn(-us|-eu)?\.com$/;

/** What a video is made of. */
export async function checkVideos(
  videos: readonly ListedVideo[],
  { env, display, findings, now }: { env: Env; display: Display; findings: Findings; now: Date },
): Promise<void> {
  const names = ["known_fields", "text_lengths", "photo_posts", "cover_expires", "cover_host", "embed_html"] as const;
  if (videos.length === 0) for (const name of names) findings.skip(name, "the list gave no video");
  else {
    checkFields(videos, findings);
    checkTexts(videos, findings);
    const photos = videos.filter((video) => numberOf(video, "duration") === 0).length;
    if (photos > 0) findings.judge("photo_posts", true, `${photos} of ${videos.length}`);
    else findings.skip("photo_posts", `none of the newest ${videos.length} has duration 0`);
    checkCovers(videos, { env, findings, now });
    await checkEmbeds(videos, findings);
  }
  await checkAigc(display, env, findings);
}

function checkFields(videos: readonly ListedVideo[], findings: Findings): void {
  const isRight = (name: string, value: unknown) =>
    value === null ||
    (typeof value === videoFieldKinds[name] && (typeof value !== "number" || Number.isInteger(value)));
  const given = new Set(videos.flatMap((video) => Object.keys(video)));
  const unknown = [...given].filter((name) => !Object.hasOwn(videoFieldKinds, name));
  const wrong = [...given].filter(
    (name) =>
      Object.hasOwn(videoFieldKinds, name) && !videos.every((video) => !(name in video) || isRight(name, video[name])),
  );
  const absent = Object.keys(videoFieldKinds).filter((name) => !given.has(name));
  const listed = (what: string, some: readonly string[]) =>
    some.length === 0 ? [] : [`${what}: ${some.map(plainName).join(" ")}`];
  findings.judge(
    "known_fields",
    unknown.length + wrong.length === 0,
    [
      `${given.size} fields in ${videos.length} videos`,
      ...listed("unknown", unknown),
      ...listed("another type", wrong),
      ...listed("never there", absent),
    ].join("; "),
  );
}

function checkTexts(videos: readonly ListedVideo[], findings: Findings): void {
  const longest = (field: string) => Math.max(0, ...videos.map((video) => [...(textOf(video, field) ?? "")].length));
  const [title, description] = [longest("title"), longest("video_description")];
  findings.judge(
    "text_lengths",
    Math.max(title, description) <= KEPT_CAPTION,
    `title to ${title}, description to ${description}`,
  );
}

function checkCovers(
  videos: readonly ListedVideo[],
  { env, findings, now }: { env: Env; findings: Findings; now: Date },
): void {
  const links = present(videos.map((video) => textOf(video, "cover_image_url"))).filter((link) => URL.canParse(link));
  if (links.length === 0) {
    for (const name of ["cover_expires", "cover_host"] as const) findings.skip(name, "no video has a cover");
    return;
  }
  const covers = links.map((link) => new URL(link));
  const lives = present(
    covers.map((cover) => {
      const seconds = Number(cover.searchParams.get("x-expires"));
      return Number.isSafeInteger(seconds) && seconds > 0 ? seconds - now.getTime() / 1000 : null;
    }),
  );
  const hours = lives.map((life) => (life / 3600).toFixed(1));
  findings.judge(
    "cover_expires",
    lives.length === covers.length && lives.every((life) => life > 0 && life < 366 * 86_400),
    `${lives.length} of ${covers.length} links${hours.length === 0 ? "" : `, good for ${[...new Set(hours)].join(" / ")} h`}`,
  );
  const isAllowed = (cover: URL) => COVER_HOSTS.test(cover.hostname) || cover.origin === env.TIKTOK_WEB_BASE_URL;
  const others = new Set(covers.filter((cover) => !isAllowed(cover)).map(({ hostname }) => hostname));
  const seen = others.size === 0 ? `${covers.length} links` : `also from ${[...others].join(" ")}`;
  findings.judge("cover_host", others.size === 0, seen);
}

async function checkEmbeds(videos: readonly ListedVideo[], findings: Findings): Promise<void> {
  let embeds = 0;
  const lost = new Set<string>();
  for (const video of videos) {
    const html = textOf(video, "embed_html");
    if (html === null) continue;
    embeds += 1;
    const kept = await sanitizeEmbed(html);
    const links = (markup: string) => markup.match(/<a\s[^>]*href=/g)?.length ?? 0;
    if (!/^<blockquote[^>]* ?class="tiktok-embed"/.test(kept)) lost.add("the blockquote");
    if (!kept.includes(`data-video-id="${video.id}"`)) lost.add("the id");
    if (links(kept) < links(html)) lost.add("links");
    if (/<script/i.test(kept)) lost.add("(a script stayed)");
  }
  if (embeds === 0) findings.skip("embed_html", "no video has one");
  else
    findings.judge(
      "embed_html",
      lost.size === 0,
      `${embeds} looked at; ${lost.size === 0 ? "nothing lost" : `lost: ${[...lost].join(", ")}`}`,
    );
}

async function checkAigc(display: Display, env: Env, findings: Findings): Promise<void> {
  if (!env.TIKTOK_AIGC_FIELD) {
    findings.skip("is_aigc", "TIKTOK_AIGC_FIELD is off");
    return;
  }
  const answer = await display.list({ max_count: 1 }, ["id", "is_aigc"]);
  if (answer.isTrouble) findings.skip("is_aigc", said(answer));
  else findings.judge("is_aigc", answer.isOk, answer.isOk ? "it was answered" : said(answer));
}
