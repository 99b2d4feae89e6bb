import fc from "fast-check";

/** What several people may do to a few videos, for decisions.test.ts: picked by chance, and walks that leave no act out. */

export const verdicts = ["approve", "reject", "flag", "request_change", "reopen", "disqualify", "remove"] as const;

/** Mostly a video of their own, now and then the first of whoever comes after them in the cast. */
const submission = { act: fc.constant("submit" as const), by: fc.nat(3), which: fc.constantFrom(0, 0, 0, 1, 1, 2) };
/** `of` picks an entry; `by` a moderator, mostly the same one; `sees`: how far what they saw lies from its version. */
const of = fc.constantFrom(0, 0, 0, 1, 1, 2, 3);
const seat = { of, by: fc.constantFrom(0, 0, 0, 1, 2), sees: fc.constantFrom(0, 0, 0, 0, 0, -1, 1) };
/** Mostly the creator of the entry, now and then whoever. */
const own = { of, by: fc.constantFrom(null, null, null, 0, 1, 2) };
export const steps = fc.oneof(
  { weight: 5, arbitrary: fc.record(submission) },
  {
    weight: 8,
    arbitrary: fc.record({ act: fc.constant("decide" as const), intent: fc.constantFrom(...verdicts), ...seat }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("undo" as const), ...seat }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("claim" as const), takeOver: fc.boolean(), ...seat }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("withdraw" as const), ...own }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("resubmit" as const), ...own }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("appeal" as const), ...own }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom("uphold" as const, "dismiss" as const, "take_back" as const),
      ...seat,
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("wait" as const) }) },
);
export type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;

/** Walked first in every run, so that no act and no refusal is left to chance. */
export const everyAct: [Step[]][] = [
  [
    [
      { act: "submit", by: 0, which: 0 },
      { act: "submit", by: 0, which: 0 },
      { act: "decide", intent: "request_change", of: 0, by: 0, sees: 0 },
      { act: "wait" },
      { act: "resubmit", of: 0, by: null },
      { act: "decide", intent: "flag", of: 0, by: 0, sees: 0 },
      { act: "decide", intent: "approve", of: 0, by: 0, sees: 0 },
      { act: "decide", intent: "reject", of: 0, by: 1, sees: 0 },
      { act: "undo", of: 0, by: 1, sees: 0 },
      { act: "decide", intent: "approve", of: 0, by: 1, sees: 0 },
      { act: "wait" },
      { act: "decide", intent: "disqualify", of: 0, by: 1, sees: 0 },
      { act: "wait" },
      { act: "decide", intent: "remove", of: 0, by: 0, sees: 0 },
      { act: "decide", intent: "remove", of: 0, by: 2, sees: 0 },
      { act: "submit", by: 1, which: 0 },
      { act: "submit", by: 0, which: 2 },
    ],
  ],
  [
    [
      { act: "submit", by: 0, which: 0 },
      { act: "decide", intent: "approve", of: 0, by: 0, sees: 0 },
      { act: "decide", intent: "disqualify", of: 0, by: 1, sees: 0 },
      { act: "undo", of: 0, by: 1, sees: 0 },
      { act: "decide", intent: "disqualify", of: 0, by: 1, sees: 0 },
      { act: "withdraw", of: 0, by: null },
    ],
  ],
  [
    [
      { act: "submit", by: 0, which: 0 },
      { act: "decide", intent: "reject", of: 0, by: 0, sees: 0 },
      { act: "decide", intent: "reopen", of: 0, by: 1, sees: 0 },
      { act: "undo", of: 0, by: 1, sees: 0 },
      { act: "withdraw", of: 0, by: null },
    ],
  ],
  [
    [
      { act: "submit", by: 2, which: 0 },
      { act: "decide", intent: "approve", of: 0, by: 0, sees: 0 },
      { act: "decide", intent: "approve", of: 0, by: 1, sees: -1 },
      { act: "withdraw", of: 0, by: null },
    ],
  ],
  [
    [
      { act: "submit", by: 0, which: 0 },
      { act: "claim", takeOver: false, of: 0, by: 0, sees: 0 },
      { act: "claim", takeOver: false, of: 0, by: 1, sees: 0 },
      { act: "decide", intent: "approve", of: 0, by: 1, sees: 0 },
      { act: "claim", takeOver: true, of: 0, by: 2, sees: 0 },
      { act: "decide", intent: "approve", of: 0, by: 0, sees: 0 },
      { act: "decide", intent: "approve", of: 0, by: 2, sees: 0 },
      { act: "undo", of: 0, by: 2, sees: 0 },
      { act: "decide", intent: "reject", of: 0, by: 1, sees: 0 },
    ],
  ],
  [
    [
      { act: "submit", by: 0, which: 0 },
      { act: "decide", intent: "reject", of: 0, by: 0, sees: 0 },
      { act: "wait" },
      { act: "appeal", of: 0, by: null },
      { act: "appeal", of: 0, by: null },
      { act: "uphold", of: 0, by: 0, sees: 0 },
      { act: "dismiss", of: 0, by: 1, sees: 0 },
      { act: "take_back", of: 0, by: 1, sees: 0 },
      { act: "uphold", of: 0, by: 1, sees: 0 },
      { act: "undo", of: 0, by: 1, sees: 0 },
      { act: "decide", intent: "reopen", of: 0, by: 1, sees: 0 },
      { act: "uphold", of: 0, by: 1, sees: 0 },
      { act: "wait" },
      { act: "decide", intent: "disqualify", of: 0, by: 1, sees: 0 },
      { act: "decide", intent: "reopen", of: 0, by: 1, sees: 0 },
      { act: "decide", intent: "reopen", of: 0, by: 0, sees: 0 },
    ],
  ],
];
