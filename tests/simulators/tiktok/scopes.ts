import type { Settings } from "./control-protocol";

/** What each contract knows, and what each scope opens. */

const publicScopes = ["user.info.basic", "user.info.profile", "user.info.stats", "video.list"];
const missionScopes = [...publicScopes, "video.data", "webhook.subscription"];

export function knownScopes(contract: Settings["contract"]): readonly string[] {
  return contract === "mission" ? missionScopes : publicScopes;
}

export const scopeMeanings: Readonly<Record<string, string>> = {
  "user.info.basic": "Your display name and picture",
  "user.info.profile": "Your username, bio and profile link",
  "user.info.stats": "Your follower, like and video counts",
  "video.list": "The list of your public videos",
  "video.data": "Details and counts of your public videos",
  "webhook.subscription": "A message when you remove access",
};

/** The look-up's path and scope differ between the contracts; everything else about it is the same. */
export const lookups: Readonly<Record<Settings["contract"], { path: string; scope: string }>> = {
  mission: { path: "/v2/video/data/", scope: "video.data" },
  public: { path: "/v2/video/query/", scope: "video.list" },
};

export const userFieldScopes: Readonly<Record<string, string>> = {
  open_id: "user.info.basic",
  union_id: "user.info.basic",
  avatar_url: "user.info.basic",
  avatar_url_100: "user.info.basic",
  avatar_large_url: "user.info.basic",
  display_name: "user.info.basic",
  username: "user.info.profile",
  bio_description: "user.info.profile",
  profile_deep_link: "user.info.profile",
  is_verified: "user.info.profile",
  follower_count: "user.info.stats",
  following_count: "user.info.stats",
  likes_count: "user.info.stats",
  video_count: "user.info.stats",
};

export const videoFields: ReadonlySet<string> = new Set([
  "id",
  "create_time",
  "cover_image_url",
  "share_url",
  "video_description",
  "duration",
  "height",
  "width",
  "title",
  "embed_html",
  "embed_link",
  "like_count",
  "comment_count",
  "share_count",
  "view_count",
  "is_aigc",
]);
