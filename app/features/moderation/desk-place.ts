import { z } from "zod";
import { deskTabs } from "./decision";

/** Where somebody is at the desk of a challenge, all of it in the address: it can be kept, sent, and works without a script. */

export const deskViews = ["grid", "list", "single"] as const;
export type DeskView = (typeof deskViews)[number];

/** What a hashtag is made of, after its `#`, as captions are read for the rules. */
export const TAG = "[\\p{L}\\p{M}\\p{N}_]+";

export const deskPlaceSchema = z.object({
  tab: z.enum(deskTabs).catch("pending"),
  view: z.enum(deskViews).catch("grid"),
  density: z.enum(["roomy", "dense"]).catch("roomy"),
  sort: z.enum(["oldest", "newest"]).catch("oldest"),
  /** Entries that meet every rule, or those of which a rule could not be told. */
  rules: z.enum(["met", "unclear"]).optional().catch(undefined),
  /** Entries of this person alone. */
  creator: z.uuid().optional().catch(undefined),
  /** Entries whose caption has this hashtag, without its `#`. */
  tag: z
    .string()
    .transform((text) => text.normalize("NFKC").trim().replace(/^#/, "").toLowerCase())
    .pipe(
      z
        .string()
        .max(100)
        .regex(new RegExp(`^${TAG}$`, "u")),
    )
    .optional()
    .catch(undefined),
  /** The entry that ended the page before. */
  after: z.uuid().optional().catch(undefined),
  /** The entry of the page that the single view begins with. */
  entry: z.uuid().optional().catch(undefined),
});
export type DeskPlace = z.infer<typeof deskPlaceSchema>;

const usual: Partial<DeskPlace> = { tab: "pending", view: "grid", density: "roomy", sort: "oldest" };

type Said = Partial<DeskPlace> & { select?: "all" };

/** What of a place is not as usual, by name: what its address says, and what a form hands on. */
export function saidOf(place: Said): [string, string][] {
  return Object.entries(place).filter(
    (said): said is [string, string] => said[1] !== undefined && said[1] !== usual[said[0] as keyof DeskPlace],
  );
}

/** The address of a place; what is as usual is left out. `select`: with all that match selected, on this page or not. */
export function deskAddress(slug: string, place: Said): string {
  const said = saidOf(place);
  return said.length === 0 ? `/review/${slug}` : `/review/${slug}?${new URLSearchParams(said)}`;
}

/** The same view of something else: its first page. */
export function firstPage(place: DeskPlace): DeskPlace {
  return { ...place, after: undefined, entry: undefined };
}
