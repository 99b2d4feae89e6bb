import { safelyDecoded } from "./avatars";
import { coverUrl } from "./covers";
import { embedMarkup, escapeHtml } from "./embed-markup";
import { type Call, html, json, methodNotAllowed, notFound, type Reply, redirect } from "./exchange";
import { simulatorPage } from "./page-frame";
import { playerPage } from "./player-page";
import { countsAt, idOfShortCode, isPublic, type SimVideo } from "./sim-video";
import { sharePage } from "./video-answer";
import type { Member, World } from "./world";

/** What TikTok shows to the open web: oEmbed, short links, the player, a post's page. */

const WITH_ID =
  /^(?:\/@[^/]+\/(?:video|photo)\/|\/v\/|\/embed\/(?:v2\/)?|\/player\/v1\/|\/share\/video\/)([0-9]+)(?:\.html)?\/?$/;
const SHORT = /^\/(?:t\/)?([A-Za-z0-9]+)\/?$/;
const WEB_HOSTS = new Set(["tiktok.com", "www.tiktok.com", "m.tiktok.com"]);
const SHORT_HOSTS = new Set(["vm.tiktok.com", "vt.tiktok.com"]);

/** GET /oembed?url= : resolves every form of a post's address, short links too. */
export function oembed(world: World, call: Call): Reply {
  if (call.method !== "GET") return methodNotAllowed("GET");
  const found = findShown(world, idOfAddress(world, call.url.searchParams.get("url") ?? ""));
  // Recorded for removed posts: this body, whatever the reason.
  if (!found) return json(400, { message: "Something went wrong", code: 400 }, "oembed_400");
  const { member, video } = found;
  const author = `${world.origin}/@${encodeURIComponent(member.username)}`;
  return json(
    200,
    {
      version: "1.0",
      type: "video",
      title: video.caption,
      author_url: author,
      author_name: member.displayName,
      author_unique_id: member.username,
      width: "100%",
      height: "100%",
      html: embedMarkup(member.username, video),
      thumbnail_width: 360,
      thumbnail_height: 640,
      thumbnail_url: coverUrl(world, video.cover),
      provider_url: world.origin,
      provider_name: "TikTok",
      embed_product_id: video.id,
    },
    "ok",
  );
}

/** GET /player/v1/ID : made to stand in another site's frame. */
export function player(world: World, call: Call): Reply {
  const id = /^\/player\/v1\/([0-9]+)\/?$/.exec(call.url.pathname)?.[1];
  if (id === undefined) return notFound();
  const found = findShown(world, id);
  const page = playerPage({
    id,
    title: found?.video.caption ?? "",
    author: found?.member.displayName ?? "",
    coverUrl: found ? coverUrl(world, found.video.cover) : null,
    durationSeconds: found?.video.durationSeconds ?? 0,
    autoplay: call.url.searchParams.get("autoplay") === "1",
  });
  return { ...html(200, page, { "content-security-policy": "frame-ancestors *" }), code: found ? "ok" : "not_found" };
}

/** GET /@user/video/ID */
export function videoPage(world: World, call: Call): Reply {
  const found = findShown(world, WITH_ID.exec(call.url.pathname)?.[1]);
  if (!found) return html(404, simulatorPage({ title: "Gone", body: "<h1>This video is not available</h1>" }));
  const { member, video } = found;
  const views = countsAt(video, world.now()).view_count ?? 0;
  const body = `<article class="post"><img src="${escapeHtml(coverUrl(world, video.cover))}" alt="" width="360" height="640">
<div><h1><bdi>${escapeHtml(member.displayName.slice(0, 80))}</bdi></h1><p class="caption" dir="auto">${escapeHtml(video.caption)}</p>
<p class="note">${views.toLocaleString("en")} views · ${new Date(video.createMs).toISOString().slice(0, 10)}</p></div></article>`;
  return html(200, simulatorPage({ title: `@${member.username}`, body }));
}

/** GET /@user */
export function profilePage(world: World, call: Call): Reply {
  const username = safelyDecoded(call.url.pathname.slice(2));
  const member = [...world.members.values()].find((other) => other.username === username);
  if (!member) return html(404, simulatorPage({ title: "Gone", body: "<h1>There is no such account</h1>" }));
  const body = `<h1><bdi>${escapeHtml(member.displayName.slice(0, 80))}</bdi></h1>
<p class="lead">${escapeHtml(member.bio)}</p><p class="note">${member.publicVideos()} public videos</p>`;
  return html(200, simulatorPage({ title: `@${member.username}`, body }));
}

/** GET /t/CODE/ : what a person's browser does with a short link. */
export function shortLink(world: World, call: Call): Reply {
  const found = findShown(world, idOfShortCode(SHORT.exec(call.url.pathname)?.[1] ?? ""));
  return found ? redirect(sharePage(world, found.member, found.video), "ok") : notFound();
}

function idOfAddress(world: World, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isOurs = url.origin === world.origin || WEB_HOSTS.has(url.hostname);
  if (isOurs && WITH_ID.test(url.pathname)) return WITH_ID.exec(url.pathname)?.[1];
  const isShort = SHORT_HOSTS.has(url.hostname) || (isOurs && url.pathname.startsWith("/t/"));
  return isShort ? idOfShortCode(SHORT.exec(url.pathname)?.[1] ?? "") : undefined;
}

/** Anybody's public post. */
function findShown(world: World, id: string | undefined): { member: Member; video: SimVideo } | undefined {
  const found = id === undefined ? undefined : world.findVideo(id);
  return found && isPublic(found.video) ? found : undefined;
}
