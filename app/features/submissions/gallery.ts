import { z } from "zod";

/** How a visitor looks at a challenge's gallery; the whole of it stands in the page's address. */

export const gallerySorts = ["newest", "views", "score"] as const;
export type GallerySort = (typeof gallerySorts)[number];

/** Which entries: all, those of the last day or week, those that are labelled as AI-generated. */
const galleryShows = ["all", "day", "week", "ai"] as const;
export type GalleryShow = (typeof galleryShows)[number];

/** How long ago an entry may have been made, in ms. */
export const galleryPeriods = { day: 86_400_000, week: 7 * 86_400_000 } as const;

/** The place of the entry that ended the page before: its number in the order, for `newest` none, and its id. */
export interface GalleryCursor {
  value: number | null;
  submissionId: string;
}

export interface GalleryView {
  sort: GallerySort;
  show: GalleryShow;
  /** Each of its words is to be found in a creator's name or in a caption; empty for all entries. */
  query: string;
  before: GalleryCursor | null;
}

/** The newest entries of all. */
export const newestEntries: GalleryView = { sort: "newest", show: "all", query: "", before: null };

/** Letters. */
export const MAX_QUERY = 80;
const MAX_WORDS = 8;
const CURSOR = /^(?:(-1|\d{1,15})\.)?([0-9a-f-]{36})$/;

const cursorSchema = z.string().transform((text, context): GalleryCursor => {
  const [, value, id] = CURSOR.exec(text) ?? [];
  const submissionId = z.uuid().safeParse(id);
  if (!submissionId.success) {
    context.addIssue({ code: "custom", message: "no place in a gallery" });
    return z.NEVER;
  }
  return { value: value === undefined ? null : Number(value), submissionId: submissionId.data };
});

/** What is searched for, as an address gives it; nothing for none. */
export const querySchema = z
  .string()
  .trim()
  .transform((text) => text.slice(0, MAX_QUERY).toWellFormed())
  .catch("");

const viewSchema = z
  .object({
    sort: z.enum(gallerySorts).catch("newest"),
    show: z.enum(galleryShows).catch("all"),
    q: querySchema,
    before: cursorSchema.nullable().catch(null),
  })
  .transform(({ sort, show, q, before }): GalleryView => {
    // A place in another order is no place here.
    const fits = before !== null && (before.value === null) === (sort === "newest");
    return { sort, show, query: q, before: fits ? before : null };
  });

/** What the search part of a gallery's address asks for; what is malformed counts as left out. */
export function readGalleryView(search: URLSearchParams): GalleryView {
  const [sort, show, q, before] = ["sort", "show", "q", "before"].map((name) => search.get(name));
  return viewSchema.parse({ sort, show, q, before });
}

/** The search part of the address that shows a view, with its `?`; empty for the first page of all, newest first. */
export function gallerySearch({ sort, show, query, before }: GalleryView): string {
  const search = new URLSearchParams();
  if (sort !== "newest") search.set("sort", sort);
  if (show !== "all") search.set("show", show);
  if (query !== "") search.set("q", query);
  if (before !== null) {
    search.set("before", before.value === null ? before.submissionId : `${before.value}.${before.submissionId}`);
  }
  return search.size === 0 ? "" : `?${search}`;
}

/** The words of a query, as the database looks for them. NUL is the one letter that it cannot take. */
export function queryWords(query: string): string[] {
  return query
    .replaceAll("\u0000", " ")
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, MAX_WORDS);
}
