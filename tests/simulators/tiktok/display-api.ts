import { z } from "zod";
import { type Call, mediaType, methodNotAllowed, notFound, type Reply } from "./exchange";
import { type ListPage, twistPage } from "./page-faults";
import { lookups, userFieldScopes, videoFields } from "./scopes";
import { seededUuid, shuffled } from "./seeded-random";
import { countsAt, isPublic } from "./sim-video";
import { displayAnswer, displayError } from "./tiktok-errors";
import { videoAnswer } from "./video-answer";
import type { Member, World } from "./world";

/** TikTok's Display API v2. `fields` is a query parameter always, also on POST. */

const MAX_PAGE = 20;
const DEFAULT_PAGE = 10;

/** Strings only: an id is above 2^53, and whoever sends a number has already lost its last digits. */
const lookupBody = z.object({ filters: z.object({ video_ids: z.array(z.string()).min(1).max(20) }) });
const listBody = z.object({
  cursor: z.number().int().min(0).optional(),
  max_count: z.number().int().min(1).max(MAX_PAGE).optional(),
});

interface Caller {
  member: Member;
  scopes: readonly string[];
}

/** GET /v2/user/info/ */
export function userInfo(world: World, call: Call): Reply {
  if (call.method !== "GET") return methodNotAllowed("GET");
  const caller = authenticate(world, call);
  if ("status" in caller) return caller;
  const fields = readFields(call);
  const unknown = fields.find((field) => !Object.hasOwn(userFieldScopes, field));
  if (fields.length === 0 || unknown !== undefined) return invalidFields(world, unknown);
  if (!caller.scopes.includes("user.info.basic")) return displayError("scope_not_authorized", world.now());
  // Reported: one field without its scope fails the whole call.
  if (fields.some((field) => !caller.scopes.includes(userFieldScopes[field] ?? ""))) {
    return displayError("scope_permission_missed", world.now());
  }
  const user = profileOf(world, caller.member);
  return displayAnswer({ user: Object.fromEntries(fields.map((field) => [field, user[field]?.()])) }, world.now());
}

function profileOf(world: World, member: Member): Record<string, () => unknown> {
  const avatar = () => `${world.origin}/avatars/${encodeURIComponent(member.openId)}.svg`;
  const videos = () => member.library.all().filter(isPublic);
  return {
    open_id: () => member.openId,
    union_id: () => seededUuid(member.openId),
    avatar_url: avatar,
    avatar_url_100: avatar,
    avatar_large_url: avatar,
    display_name: () => member.displayName,
    username: () => member.username,
    bio_description: () => member.bio,
    profile_deep_link: () => `${world.origin}/@${encodeURIComponent(member.username)}`,
    is_verified: () => member.verified,
    follower_count: () => 40 + member.publicVideos() * 37,
    following_count: () => 120,
    likes_count: () => videos().reduce((sum, video) => sum + (countsAt(video, world.now()).like_count ?? 0), 0),
    video_count: () => member.publicVideos(),
  };
}

/** POST /v2/video/list/ : the caller's own public posts, newest first. */
export function videoList(world: World, call: Call): Reply {
  const caller = videoCaller(world, call, "video.list");
  if ("status" in caller) return caller;
  const body = readBody(call, listBody);
  if (typeof body === "string") return displayError("invalid_params", world.now(), { message: body });
  const max = body.max_count ?? DEFAULT_PAGE;
  // Newest pages of TikTok's start without a cursor; 0 was seen to mean the same.
  const before = body.cursor === undefined || body.cursor === 0 ? null : body.cursor;
  const { videos, more } = caller.member.library.publicBefore(before, max);
  // The cursor is the last post's own ms: the next page begins strictly before it.
  let page: ListPage = { videos, cursor: videos.at(-1)?.createMs ?? before ?? world.now(), hasMore: more };
  if (call.pageFault) page = twistPage(call.pageFault.kind, page, { before, max, library: caller.member.library });
  const answered = page.videos.map((video) => videoAnswer(world, caller.member, video, caller.fields));
  const cursor = page.cursor === undefined ? {} : { cursor: page.cursor };
  return displayAnswer({ videos: answered, ...cursor, has_more: page.hasMore }, world.now());
}

/** POST /v2/video/data/ or /v2/video/query/ : the caller's own public posts among at most 20 ids. */
export function videoLookup(world: World, call: Call): Reply {
  const lookup = lookups[world.settings.contract];
  if (call.url.pathname !== lookup.path) return notFound();
  const caller = videoCaller(world, call, lookup.scope);
  if ("status" in caller) return caller;
  const body = readBody(call, lookupBody);
  if (typeof body === "string") return displayError("invalid_params", world.now(), { message: body });
  const ids = [...new Set(body.filters.video_ids)];
  // Unknown, foreign, private and deleted ones are simply absent.
  const found = ids.flatMap((id) => caller.member.library.find(id) ?? []).filter(isPublic);
  const videos = shuffled(found, "lookup", ({ id }) => id).map((video) =>
    videoAnswer(world, caller.member, video, caller.fields),
  );
  return displayAnswer({ videos }, world.now());
}

/** Who calls, by their access token. Its words never tell which of unknown, expired and revoked it was. */
function authenticate(world: World, call: Call): Caller | Reply {
  const session = world.tokens.findAccess(bearerToken(call));
  const member = session && world.members.get(session.openId);
  if (!session || !member || session.expiresMs <= world.now()) return displayError("access_token_invalid", world.now());
  return { member, scopes: session.scopes };
}

export function bearerToken(call: Call): string {
  return /^Bearer (\S+)$/.exec(call.headers.authorization ?? "")?.[1] ?? "";
}

function videoCaller(world: World, call: Call, scope: string): (Caller & { fields: string[] }) | Reply {
  if (call.method !== "POST") return methodNotAllowed("POST");
  const caller = authenticate(world, call);
  if ("status" in caller) return caller;
  if (!caller.scopes.includes(scope)) return displayError("scope_not_authorized", world.now());
  const fields = readFields(call);
  const unknown = fields.find((field) => !videoFields.has(field));
  if (fields.length === 0 || unknown !== undefined) return invalidFields(world, unknown);
  return { ...caller, fields };
}

/** From the query alone: fields in the body are not seen. */
export function readFields(call: Call): string[] {
  return [...new Set((call.url.searchParams.get("fields") ?? "").split(",").filter(Boolean))];
}

function invalidFields(world: World, unknown: string | undefined): Reply {
  const message = unknown === undefined ? "Fields is required" : `Unknown field: ${unknown.slice(0, 60)}`;
  return displayError("invalid_params", world.now(), { message });
}

/** The body, or what is wrong with it. TikTok: JSON only. */
function readBody<T extends z.ZodType>(call: Call, schema: T): z.output<T> | string {
  if (mediaType(call) !== "application/json") return "Content-Type must be application/json";
  let body: unknown;
  try {
    body = JSON.parse(call.body);
  } catch {
    return "The body is not valid JSON";
  }
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : `Invalid ${parsed.error.issues[0]?.path.join(".") || "body"}`;
}
