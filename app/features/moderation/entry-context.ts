import { z } from "zod";
import type { Anomaly } from "~/features/submissions/anomaly";
import { type HoldReason, holdReasons } from "~/features/submissions/hold";
import type { DecisionState } from "~/features/submissions/submission";
import type { ViewsAt } from "~/features/videos/view-history";
import { noteField, type ReviewEntry } from "./decision";
import type { Strike } from "./strike";

/** What a moderator finds beside an entry, and can do there without deciding on it. */

export const contextActionSchema = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("note"),
    words: z.string().trim().min(1, "Write a note first").max(1000, "Keep the note under 1,000 characters"),
  }),
  z.object({
    intent: z.literal("hold"),
    reason: z.enum(holdReasons, { error: "Choose a reason" }),
    note: noteField,
  }),
  z.object({ intent: z.literal("release"), note: noteField }),
]);
export type ContextAction = z.infer<typeof contextActionSchema>;

/** What came of one of the forms. */
export type ContextAnswer =
  | { done: ContextAction["intent"] }
  | { refusal: { words: string } }
  | { invalid: { filled: Record<string, string>; errors: Record<string, string[] | undefined> } };

/** Where it stands, as a page of its own too. */
export function contextPath(slug: string, submissionId: string): string {
  return `/review/${slug}/entries/${submissionId}`;
}

/** What a moderator wrote for the others: by itself, or with an act. Times are ISO. */
export interface InternalNote {
  id: string;
  at: string;
  by: string;
  /** With which act; null for one by itself. */
  with: "decision" | "hold" | "release" | null;
  words: string;
}

export interface OtherEntry {
  submissionId: string;
  challenge: { slug: string; title: string };
  creatorName: string;
  caption: string;
  state: DecisionState;
  submittedAt: string;
}

/** Times are ISO. */
export interface ShownHold {
  reason: HoldReason;
  by: string;
  at: string;
  /** The entry is approved: until then, one that a rule asked for does nothing. */
  begun: boolean;
  /** What the system found. */
  anomaly: Anomaly | null;
  /** With what it counts meanwhile; null where it has no rank. */
  views: number | null;
  viewsAt: string | null;
}

export interface EntryContext {
  slug: string;
  entry: ReviewEntry;
  /** What the viewer may do about its numbers. */
  mayHold: "hold" | "release" | null;
  /** The one that it is under. */
  hold: ShownHold | null;
  /** Of its video. */
  views: ViewsAt[];
  /** Oldest first. */
  notes: InternalNote[];
  creator: { entries: number; strikes: Strike[]; others: OtherEntry[] };
  /** The same video elsewhere, and captions that read almost the same. */
  duplicates: { entry: OtherEntry; why: "video" | "caption" }[];
}
