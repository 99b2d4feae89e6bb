import { authorize } from "./authorize";
import { serveAvatar } from "./avatars";
import type { Endpoint } from "./control-protocol";
import { serveCover } from "./covers";
import { bearerToken, readFields, userInfo, videoList, videoLookup } from "./display-api";
import { type Call, notFound, type Reply } from "./exchange";
import { revokeEndpoint, tokenEndpoint } from "./oauth";
import { lookups } from "./scopes";
import { oembed, player, profilePage, shortLink, videoPage } from "./web-pages";
import type { World } from "./world";

/** Every address that TikTok answers at; on one origin here, on two hosts in life. */
export interface Route {
  endpoint: Endpoint;
  /** Counted by the rate limit: TikTok names these three. */
  isDisplay?: true;
  handle(world: World, call: Call): Reply;
}

const exact: Readonly<Record<string, Route>> = {
  "/v2/auth/authorize/": { endpoint: "authorize", handle: authorize },
  "/v2/oauth/token/": { endpoint: "token", handle: tokenEndpoint },
  "/v2/oauth/revoke/": { endpoint: "revoke", handle: revokeEndpoint },
  "/v2/user/info/": { endpoint: "user_info", isDisplay: true, handle: userInfo },
  "/v2/video/list/": { endpoint: "video_list", isDisplay: true, handle: videoList },
  [lookups.mission.path]: { endpoint: "video_lookup", isDisplay: true, handle: videoLookup },
  [lookups.public.path]: { endpoint: "video_lookup", isDisplay: true, handle: videoLookup },
  "/oembed": { endpoint: "oembed", handle: oembed },
  "/oembed/": { endpoint: "oembed", handle: oembed },
};

const patterns: readonly (readonly [RegExp, Route])[] = [
  [/^\/covers\//, { endpoint: "cover", handle: serveCover }],
  [/^\/avatars\//, { endpoint: "avatar", handle: serveAvatar }],
  [/^\/player\/v1\//, { endpoint: "player", handle: player }],
  [/^\/@[^/]+\/(video|photo)\//, { endpoint: "page", handle: videoPage }],
  [/^\/@[^/]+\/?$/, { endpoint: "page", handle: profilePage }],
  [/^\/t\//, { endpoint: "page", handle: shortLink }],
];

export function routeOf(call: Call): Route {
  const { pathname } = call.url;
  const route = Object.hasOwn(exact, pathname)
    ? exact[pathname]
    : patterns.find(([shape]) => shape.test(pathname))?.[1];
  if (!route) return { endpoint: "unknown", handle: notFound };
  return route.endpoint === "authorize" && call.method === "POST" ? { ...route, endpoint: "consent" } : route;
}

/**
 * Fills in what the ledger may know, before anything is judged: so that a request that is refused, or met by a fault,
 * is told by its account too. Credentials are looked up here and go no further.
 */
export function noteCaller(world: World, call: Call, endpoint: Endpoint): void {
  switch (endpoint) {
    case "authorize":
      noteAsked(call, call.url.searchParams);
      return;
    case "consent": {
      const form = new URLSearchParams(call.body);
      noteAsked(call, form);
      call.notes.openId = form.get("decision") === "continue" ? form.get("account") : null;
      return;
    }
    case "token":
      noteGrant(world, call, new URLSearchParams(call.body));
      return;
    case "revoke": {
      const form = new URLSearchParams(call.body);
      call.notes.clientKey = form.get("client_key");
      call.notes.openId = world.tokens.findAccess(form.get("token") ?? "")?.openId ?? null;
      return;
    }
    case "user_info":
    case "video_list":
    case "video_lookup":
      noteDisplay(world, call);
      return;
    case "player":
    case "page": {
      const id = /([0-9]{6,25})\/?$/.exec(call.url.pathname)?.[1];
      if (id) call.notes.videoIds = [id];
      return;
    }
    case "oembed":
    case "cover":
    case "avatar":
    case "unknown":
      return;
  }
}

function noteAsked(call: Call, source: URLSearchParams): void {
  call.notes.clientKey = source.get("client_key");
  call.notes.scopes = (source.get("scope") ?? "").split(",").filter(Boolean);
}

function noteGrant(world: World, call: Call, form: URLSearchParams): void {
  call.notes.clientKey = form.get("client_key");
  const grantType = form.get("grant_type");
  if (grantType) call.notes.grantType = grantType;
  const grant =
    world.tokens.findCode(form.get("code") ?? "") ?? world.tokens.findRefresh(form.get("refresh_token") ?? "");
  call.notes.openId = grant?.openId ?? null;
  if (grant) call.notes.scopes = grant.scopes;
}

function noteDisplay(world: World, call: Call): void {
  const session = world.tokens.findAccess(bearerToken(call));
  call.notes.clientKey = session?.clientKey ?? null;
  call.notes.openId = session?.openId ?? null;
  call.notes.fields = readFields(call);
  let body: unknown;
  try {
    body = JSON.parse(call.body);
  } catch {
    return;
  }
  if (typeof body !== "object" || body === null) return;
  if ("cursor" in body && typeof body.cursor === "number") call.notes.cursor = body.cursor;
  if ("max_count" in body && typeof body.max_count === "number") call.notes.maxCount = body.max_count;
  const filters = "filters" in body ? body.filters : undefined;
  if (typeof filters !== "object" || filters === null || !("video_ids" in filters)) return;
  if (Array.isArray(filters.video_ids)) call.notes.videoIds = filters.video_ids.slice(0, 100).map(String);
}
