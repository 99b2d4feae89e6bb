/** TikTok's scopes: what an operation needs, and which profile fields a grant opens. */

/** TikTok writes scopes with commas, people also with spaces; any order. */
export function parseScopes(list: string): string[] {
  return [...new Set(list.split(/[\s,]+/).filter(Boolean))];
}

export type Operation = "list" | "lookup";

/** Look-ups need `video.data` where the configured bundle has it (mission contract), else `video.list` (public contract). */
export function scopeFor(operation: Operation, bundle: readonly string[]): string {
  return operation === "lookup" && bundle.includes("video.data") ? "video.data" : "video.list";
}

const userFieldsByScope: Record<string, readonly string[]> = {
  "user.info.basic": ["open_id", "union_id", "avatar_url", "avatar_large_url", "display_name"],
  "user.info.profile": ["username", "bio_description", "profile_deep_link", "is_verified"],
};

/** Fields to ask of /v2/user/info/: one field without its scope would fail the whole call. */
export function userFieldsFor(granted: readonly string[]): string[] {
  return granted.flatMap((scope) => userFieldsByScope[scope] ?? []);
}
