import { z } from "zod";

/** How a review goes: how much is decided, how fast, and how much of it did not stand. */

export const figurePeriods = [7, 30, 90] as const;

/** From the address; what cannot be read is left out. */
export const figuresFilterSchema = z.object({
  challenge: z.string().min(1).max(80).optional().catch(undefined),
  days: z
    .enum(["7", "30", "90"])
    .transform((days) => figurePeriods.find((one) => String(one) === days) ?? 30)
    .catch(30),
});
export type FiguresFilter = z.infer<typeof figuresFilterSchema>;

/** Of what moderators decided in a period. Outcomes count once they have taken effect and unless they were undone. */
export interface Figures {
  decided: number;
  approved: number;
  rejected: number;
  changesRequested: number;
  flagged: number;
  /** Disqualified and removed. */
  takenOut: number;
  undone: number;
  /** Refusals that an appeal or a reopening turned into an approval since. */
  overturned: number;
  /** From being handed in to a decision that its creator reads, in seconds; null without one. */
  median: number | null;
  p90: number | null;
}

export interface ShownFigures {
  total: Figures;
  challenges: (Figures & { slug: string; title: string })[];
  moderators: (Figures & { userId: string; name: string })[];
  /** Every day of the period, in UTC, the oldest first. */
  days: { day: string; decided: number; median: number | null }[];
  /** What can be chosen from. */
  choices: { slug: string; title: string }[];
}

export const noFigures: Figures = {
  decided: 0,
  approved: 0,
  rejected: 0,
  changesRequested: 0,
  flagged: 0,
  takenOut: 0,
  undone: 0,
  overturned: 0,
  median: null,
  p90: null,
};

const DAY_MS = 86_400_000;

/** The days of a period that ends with the day of `at`, in UTC. */
export function daysUntil(at: Date, count: number): string[] {
  const today = Date.parse(at.toISOString().slice(0, 10));
  return Array.from({ length: count }, (_, index) =>
    new Date(today - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}
