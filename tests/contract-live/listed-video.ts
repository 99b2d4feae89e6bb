import { z } from "zod";

/** The contract's fields and their JSON types; a number is whole. */
export const videoFieldKinds: Readonly<Record<string, "string" | "number" | "boolean">> = {
  id: "string",
  create_time: "number",
  cover_image_url: "string",
  share_url: "string",
  embed_link: "string",
  title: "string",
  video_description: "string",
  duration: "number",
  height: "number",
  width: "number",
  embed_html: "string",
  like_count: "number",
  comment_count: "number",
  share_count: "number",
  view_count: "number",
};

/** A video as it came, with nothing dropped. */
export type ListedVideo = Readonly<Record<string, unknown>> & { id: string };

const videos = z.array(z.looseObject({ id: z.string() }));

export function videosOf(data: Readonly<Record<string, unknown>>): ListedVideo[] {
  return videos.catch([]).parse(data.videos);
}

export function textOf(video: ListedVideo, field: string): string | null {
  const value = video[field];
  return typeof value === "string" ? value : null;
}

export function numberOf(video: ListedVideo, field: string): number | null {
  const value = video[field];
  return typeof value === "number" ? value : null;
}

/** The values that are there. */
export function present<T>(values: readonly (T | null)[]): T[] {
  return values.filter((value) => value !== null);
}
