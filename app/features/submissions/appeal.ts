import { z } from "zod";
import { plainText } from "~/infra/plain-text";
import type { DecisionState } from "./submission";

/** A creator's one request for a second look at an entry that was rejected or disqualified. */

/** A creator may appeal this long after the decision took effect. */
const APPEAL_WINDOW_MS = 7 * 86_400_000;

/** Characters in what a creator asks, and in what they are answered. */
export const APPEAL_MAX_LENGTH = 1_000;

export function isAppealable(state: DecisionState): state is "rejected" | "disqualified" {
  return state === "rejected" || state === "disqualified";
}

/** Until when a decision can be appealed against; that moment is already too late. */
export function appealDeadline(effectiveAt: Date): Date {
  return new Date(effectiveAt.getTime() + APPEAL_WINDOW_MS);
}

/** What a person writes in an appeal, fit to store. A browser sends a line break as two characters: it counts as one. */
export const appealText = z
  .string()
  .transform((text) => plainText(text, 2 * APPEAL_MAX_LENGTH).trim())
  .pipe(z.string().max(APPEAL_MAX_LENGTH, "Keep it under 1,000 characters"));

export const statementSchema = appealText.refine((text) => text !== "", "Say why it should be looked at again");
