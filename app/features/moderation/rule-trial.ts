import { z } from "zod";
import { type EntryFacts, isSampled, matches, type ReviewRule } from "~/features/submissions/review-rule";
import type { DecisionState } from "~/features/submissions/submission";

/** What a rule would have done to the entries that there are. */

/** So many entries are looked at, the newest: more would keep the admin waiting and say little more. */
export const TRIAL_ENTRIES = 1_000;
/** A trial that takes longer is stopped. */
export const TRIAL_MS = 3_000;

export const trialSchema = z.object({
  matched: z.number().int(),
  of: z.number().int(),
  /** There are older entries that were not looked at. */
  more: z.boolean(),
  /** Of those that matched: how they stand. */
  approved: z.number().int(),
  refused: z.number().int(),
  pending: z.number().int(),
  /** Of those that matched: left to a person by a rule that approves. */
  sampled: z.number().int(),
});
export type RuleTrial = z.infer<typeof trialSchema>;

/** `entries`: at most one more than are looked at, which only tells that there are more. */
export function tryOn(rule: ReviewRule, entries: readonly (EntryFacts & { state: DecisionState })[]): RuleTrial {
  const looked = entries.slice(0, TRIAL_ENTRIES);
  const matched = looked.filter((entry) => matches(rule, entry));
  const standing = (...states: DecisionState[]) => matched.filter(({ state }) => states.includes(state)).length;
  return {
    matched: matched.length,
    of: looked.length,
    more: entries.length > TRIAL_ENTRIES,
    approved: standing("approved"),
    refused: standing("rejected", "disqualified", "removed"),
    pending: standing("pending"),
    sampled: matched.filter((entry) => isSampled(rule, entry)).length,
  };
}

const format = (count: number) => count.toLocaleString("en");

/** `Would have matched 23 of 412, 4 of them approved.` */
export function trialWords({ matched, of, more, approved, refused, sampled }: RuleTrial): string {
  if (of === 0) return "There is no entry yet to try it on.";
  const all = more ? `the newest ${format(of)}` : format(of);
  if (matched === 0) return `Would have matched none of ${all}.`;
  const parts = [
    `Would have matched ${format(matched)} of ${all}`,
    `${format(approved)} of them approved`,
    ...(refused > 0 ? [`${format(refused)} refused`] : []),
    ...(sampled > 0 ? [`${format(sampled)} left for a person`] : []),
  ];
  return `${parts.join(", ")}.`;
}
