import { coverUrl } from "./covers";
import { embedMarkup } from "./embed-markup";
import { countsAt, type SimVideo } from "./sim-video";
import type { Member, World } from "./world";

/** How a post looks in the Display API's answers: the asked fields only. */
export function videoAnswer(
  world: World,
  member: Member,
  video: SimVideo,
  fields: readonly string[],
): Record<string, unknown> {
  const key = encodeURIComponent(world.app.clientKey);
  const source = `utm_campaign=tt4d_open_api&utm_source=${key}`;
  const counts = countsAt(video, world.now());
  const make: Record<string, () => unknown> = {
    id: () => video.id,
    // TikTok: seconds here, though the list's cursor is in ms.
    create_time: () => Math.floor(video.createMs / 1000),
    cover_image_url: () => coverUrl(world, video.cover),
    share_url: () => `${sharePage(world, member, video)}?${source}`,
    embed_link: () => `${world.origin}/player/v1/${video.id}?music_info=1&description=1&autoplay=1&loop=1&${source}`,
    // Documented: 150 characters at most. Cut between characters, never through one.
    title: () => [...video.caption].slice(0, 150).join(""),
    video_description: () => video.caption,
    duration: () => video.durationSeconds,
    width: () => 360,
    height: () => 640,
    embed_html: () => embedMarkup(member.username, video, `?${source}`),
    like_count: () => counts.like_count,
    comment_count: () => counts.comment_count,
    share_count: () => counts.share_count,
    view_count: () => counts.view_count,
    is_aigc: () => video.isAigc,
  };
  const answer: Record<string, unknown> = {};
  for (const field of fields) {
    if (video.omit.includes(field)) continue;
    answer[field] = Object.hasOwn(video.verbatim, field) ? video.verbatim[field] : make[field]?.();
  }
  return answer;
}

export function sharePage(world: World, member: Member, video: SimVideo): string {
  return `${world.origin}/@${encodeURIComponent(member.username)}/video/${video.id}`;
}
