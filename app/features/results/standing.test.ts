import { describe, expect, test } from "vitest";
import type { Scoring } from "~/features/challenges/challenge";
import { undecidedInWords } from "./result";
import { explainScore } from "./standing";

const scoring: Scoring = { counting: "total", pointsViews: 1, pointsLikes: 5, pointsComments: 20, pointsShares: 0 };
const inputs = {
  now: { views: 9_000, likes: 40, comments: 3, shares: 7, at: null, stale: false },
  before: { views: 2_000, likes: 50, comments: null, shares: 1 },
};
const counted = (counting: Scoring["counting"]) =>
  explainScore(inputs, { ...scoring, counting }).map(({ name, before, now, count, score }) => [
    name,
    before,
    now,
    count,
    score,
  ]);

describe("what a score is made of", () => {
  test("totals, whatever they were at entry; what gives no points is left out", () => {
    expect(counted("total")).toEqual([
      ["Views", null, 9_000, 9_000, 9_000],
      ["Likes", null, 40, 40, 200],
      ["Comments", null, 3, 3, 60],
    ]);
  });

  test("the gain since entering: never negative, and nothing over a number that was not known then", () => {
    expect(counted("gain")).toEqual([
      ["Views", 2_000, 9_000, 7_000, 7_000],
      ["Likes", 50, 40, 0, 0],
      ["Comments", 3, 3, 0, 0],
    ]);
  });
});

test("what stands in the way of freezing is counted in words, each kind by itself", () => {
  expect(undecidedInWords({ pending: 0, flagged: 0, unchanged: 0, undoable: 0, appealed: 0, held: 0 })).toEqual([]);
  expect(undecidedInWords({ pending: 2, flagged: 1, unchanged: 0, undoable: 0, appealed: 1, held: 2 })).toEqual([
    "2 wait for a moderator",
    "1 waits for a second moderator",
    "1 has an appeal open",
    "2 are held while their numbers are checked",
  ]);
});
