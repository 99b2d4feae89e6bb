import { z } from "zod";
import { plainText } from "~/infra/plain-text";
import type { Standing } from "./standing";

/** What stands between a closed challenge and its winners, and who they are. */

/** Entries that could still change, so that a board with them cannot be frozen. */
export interface Undecided {
  pending: number;
  flagged: number;
  /** With a change requested that was not made in time: the system is about to reject them. */
  unchanged: number;
  /** Decided less than ten seconds ago. */
  undoable: number;
  /** With an appeal open. */
  appealed: number;
  /** Approved, and with numbers that are being checked. */
  held: number;
}

/** `3 wait for a moderator`: one sentence's part per kind of which there are any. */
export function undecidedInWords({ pending, flagged, unchanged, undoable, appealed, held }: Undecided): string[] {
  const parts = [
    [pending, pending === 1 ? "waits for a moderator" : "wait for a moderator"],
    [flagged, flagged === 1 ? "waits for a second moderator" : "wait for a second moderator"],
    [
      unchanged,
      unchanged === 1
        ? "was not changed in time and is rejected within a minute"
        : "were not changed in time and are rejected within a minute",
    ],
    [
      undoable,
      undoable === 1 ? "was decided seconds ago and can be undone" : "were decided seconds ago and can be undone",
    ],
    [appealed, appealed === 1 ? "has an appeal open" : "have an appeal open"],
    [held, held === 1 ? "is held while its numbers are checked" : "are held while their numbers are checked"],
  ] as const;
  return parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
}

/** One version of a challenge's results. */
export interface ResultVersion {
  version: number;
  /** How many places win. */
  places: number;
  /** Why it replaced the one before; null for the first. */
  reason: string | null;
  /** ISO time. */
  publishedAt: string;
  /** Best first. */
  winners: Standing[];
}

export const MAX_PLACES = 10;
const MAX_REASON = 500;

const places = z.coerce.number({ error: "Choose how many places win" }).int().min(1).max(MAX_PLACES);
const reason = z
  .string({ error: "Say why: everybody can read it" })
  .transform((text) => plainText(text, 2 * MAX_REASON).trim())
  .pipe(z.string().min(1, "Say why: everybody can read it").max(MAX_REASON, "Keep it under 500 characters"));

/** The results page's forms: several buttons, one intent each. */
export const resultActSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("freeze") }),
  z.object({ intent: z.literal("publish"), places }),
  z.object({
    intent: z.literal("replace"),
    seenVersion: z.coerce.number().int().positive(),
    winner: z.uuid("Choose who does not win any more"),
    /** Empty: nobody wins instead. */
    instead: z.union([z.literal(""), z.uuid()]).transform((id) => id || null),
    reason,
  }),
]);
export type ResultAct = z.infer<typeof resultActSchema>;
export type Replacement = Omit<Extract<ResultAct, { intent: "replace" }>, "intent">;
