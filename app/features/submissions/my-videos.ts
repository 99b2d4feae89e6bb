import { z } from "zod";
import { type Availability, availabilities, tiktokVideoIdPattern } from "~/features/videos/video";
import { querySchema } from "./gallery";

/** How creators look at their own videos; the whole of it stands in the page's address. */

/** `refreshed`: what TikTok was not asked about for the longest time comes first. */
export const videoSorts = ["newest", "views", "refreshed"] as const;
export type VideoSort = (typeof videoSorts)[number];

/** TikTok's own label for AI-generated video; `unknown` where TikTok did not say. */
export const aiLabels = ["labelled", "unlabelled", "unknown"] as const;
export type AiLabel = (typeof aiLabels)[number];

/** The place of the video that ended the page before: its number in the order, for `newest` none, and TikTok's id. */
export interface VideoCursor {
  value: number | null;
  tiktokVideoId: string;
}

export interface VideosView {
  sort: VideoSort;
  /** Each of its words is to be found in the caption; empty for all. */
  query: string;
  availability: Availability | null;
  /** Whether it is a live entry of any challenge. */
  entered: "yes" | "no" | null;
  ai: AiLabel | null;
  before: VideoCursor | null;
}

/** All of them, newest first. */
export const everyVideo: VideosView = {
  ...{ sort: "newest", query: "", availability: null, entered: null, ai: null, before: null },
};

const CURSOR = /^(?:(-1|\d{1,16})\.)?(\d+)$/;

const cursorSchema = z.string().transform((text, context): VideoCursor => {
  const [, value, id = ""] = CURSOR.exec(text) ?? [];
  if (!tiktokVideoIdPattern.test(id)) {
    context.addIssue({ code: "custom", message: "no place among videos" });
    return z.NEVER;
  }
  return { value: value === undefined ? null : Number(value), tiktokVideoId: id };
});

const viewSchema = z
  .object({
    sort: z.enum(videoSorts).catch("newest"),
    q: querySchema,
    availability: z.enum(availabilities).nullable().catch(null),
    entered: z.enum(["yes", "no"]).nullable().catch(null),
    ai: z.enum(aiLabels).nullable().catch(null),
    before: cursorSchema.nullable().catch(null),
  })
  .transform(({ q, before, ...view }): VideosView => {
    // A place in another order is no place here.
    const fits = before !== null && (before.value === null) === (view.sort === "newest");
    return { ...view, query: q, before: fits ? before : null };
  });

/** What the search part of the studio's address asks for; what is malformed counts as left out. */
export function readVideosView(search: URLSearchParams): VideosView {
  const given = ["sort", "q", "availability", "entered", "ai", "before"].map((name) => [name, search.get(name)]);
  return viewSchema.parse(Object.fromEntries(given));
}

/** The search part of the address that shows a view, with its `?`; empty for the first page of all, newest first. */
export function videosSearch({ sort, query, availability, entered, ai, before }: VideosView): string {
  const search = new URLSearchParams();
  if (sort !== "newest") search.set("sort", sort);
  if (query !== "") search.set("q", query);
  if (availability !== null) search.set("availability", availability);
  if (entered !== null) search.set("entered", entered);
  if (ai !== null) search.set("ai", ai);
  if (before !== null) {
    search.set("before", before.value === null ? before.tiktokVideoId : `${before.value}.${before.tiktokVideoId}`);
  }
  return search.size === 0 ? "" : `?${search}`;
}

/** Whether a view leaves videos out. */
export function isNarrowed({ query, availability, entered, ai }: VideosView): boolean {
  return query !== "" || availability !== null || entered !== null || ai !== null;
}
