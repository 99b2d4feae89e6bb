import { expect, test } from "vitest";
import type { DecisionState } from "~/features/submissions/submission";
import type { DecisionRecord } from "~/features/submissions/timeline";
import { STRIKE_DAYS, strikesOf } from "./strike";

const DAY = 86_400_000;
const START = Date.parse("2026-06-15T10:00:00Z");
const day = (days: number) => new Date(START + days * DAY);

function entry(id: string, ...moves: [to: DecisionState, onDay: number, reason?: string, undoOf?: number][]) {
  const decisions = moves.map(([toState, on, reasonCode = null, undoOf], index): DecisionRecord => {
    const moment = { decidedAt: day(on), effectiveAt: new Date(day(on).getTime() + 10_000) };
    const undone = undoOf === undefined ? null : `${id}-${undoOf}`;
    return {
      id: `${id}-${index}`,
      actorKind: "moderator",
      toState,
      reasonCode,
      message: null,
      undoOf: undone,
      ...moment,
    };
  });
  return { submissionId: id, decisions };
}
const struck = (onDay: number, ...entries: ReturnType<typeof entry>[]) =>
  strikesOf(entries, day(onDay)).map(({ submissionId }) => submissionId);

test("a refusal for a serious reason counts from when it is in effect until it expires", () => {
  const refused = entry("a", ["pending", 0], ["rejected", 1, "SEXUAL_CONTENT"]);
  expect(struck(1, refused), "inside its window").toEqual([]);
  expect(strikesOf([refused], day(2))).toEqual([
    {
      submissionId: "a",
      reason: "SEXUAL_CONTENT",
      at: "2026-06-16T10:00:10.000Z",
      expiresAt: "2026-09-14T10:00:10.000Z",
    },
  ]);
  expect(struck(1 + STRIKE_DAYS, refused)).toEqual(["a"]);
  expect(struck(2 + STRIKE_DAYS, refused)).toEqual([]);
});

test("what misses a rule, was undone or was approved after all is none; the newest comes first", () => {
  expect(
    struck(
      9,
      entry("rule", ["pending", 0], ["rejected", 1, "TOO_LONG"]),
      entry("undone", ["pending", 0], ["rejected", 1, "SEXUAL_CONTENT"], ["pending", 1, undefined, 1]),
      entry("reopened", ["pending", 0], ["rejected", 1, "COPYRIGHT_CLAIM"], ["approved", 3]),
      entry("old", ["pending", 0], ["approved", 1], ["disqualified", 2, "METRIC_MANIPULATION"]),
      entry("new", ["pending", 0], ["removed", 4, "MINOR_SAFETY"]),
    ),
  ).toEqual(["new", "old"]);
});
