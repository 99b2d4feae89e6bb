import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findAnomaly, LEAST_GAIN, type Reading, STEEP_TIMES } from "./anomaly";

const QUARTER = 15 * 60_000;
const at = (quarters: number) => new Date(Date.UTC(2026, 5, 15) + quarters * QUARTER);
const START = { since: at(-1), cleared: false };
/** A reading a quarter of an hour; what is not given stands still. */
const views = (...counts: (number | null)[]): Reading[] =>
  counts.map((count, quarter) => ({ at: at(quarter), views: count, likes: 10, comments: 1, shares: 0 }));
/** Gains 100 a quarter of an hour: 400 an hour. */
const usual = (steps: number, from = 1_000) => Array.from({ length: steps + 1 }, (_, n) => from + n * 100);

describe("numbers that are doubted", () => {
  test("a jump of more than twenty times the usual, with what it was and against what", () => {
    expect(findAnomaly(views(...usual(8), 41_800, 41_900), START)).toEqual({
      kind: "jump",
      number: "views",
      from: 1_800,
      to: 41_800,
      fromAt: at(8).toISOString(),
      toAt: at(9).toISOString(),
      times: 400,
      against: 400,
      doubtedFrom: at(9),
    });
  });

  test.each([
    ["exactly twenty times", [...usual(60, 100_000).map((n) => n * 3), 318_000 + STEEP_TIMES * 300]],
    ["too little to matter, however steep", [...Array(9).fill(200), 200 + LEAST_GAIN.views - 1]],
    ["too few readings before it", [...usual(5), 90_000]],
    ["a fall, which is TikTok's own correction", [...usual(8, 90_000), 100, 200]],
    ["a count that fell and came back", [...usual(8, 90_000), 100, 91_000]],
    ["readings that TikTok did not give", [...usual(8), null, null, 2_100]],
    ["a take-off in stages", Array.from({ length: 40 }, (_, n) => Math.round(100 * 1.15 ** n))],
  ])("not: %s", (_, counts) => {
    expect(findAnomaly(views(...counts), START)).toBeNull();
  });

  test("what stood still and then moved by much, at once or with a gap before it", () => {
    expect(findAnomaly(views(...Array(8).fill(200), 9_000), START)).toMatchObject({ to: 9_000, against: 1 });
    expect(findAnomaly(views(...Array(8).fill(200), null, 9_000), START)).toMatchObject({
      fromAt: at(7).toISOString(),
    });
  });

  test("no gain is steep for coming seconds after a reading", () => {
    const readings = views(...usual(8, 60_000).map((n) => n * 10));
    const [last] = readings.slice(-1);
    const soon = { ...(last as Reading), at: new Date(at(8).getTime() + 1_000), views: (last?.views ?? 0) + 6_000 };
    expect(findAnomaly([...readings, soon], START)).toBeNull();
  });

  test("likes that came without views, over hours and not between two readings", () => {
    const liked = (...likes: number[]) =>
      likes.map((count, quarter) => ({ at: at(quarter), views: 2_000, likes: count, comments: 0, shares: 0 }));
    const slow = Array.from({ length: 17 }, (_, n) => 100 + n * 90);
    expect(findAnomaly(liked(...slow), START)).toMatchObject({
      ...{ kind: "mix", number: "likes", from: 100, to: 1_180, against: 0, times: 1_080 },
      doubtedFrom: at(1),
    });
    const seen = liked(...slow).map((reading, n) => ({ ...reading, views: 2_000 + n * 1_000 }));
    expect(findAnomaly(seen, START)).toBeNull();
    expect(findAnomaly(liked(...slow), { since: at(16), cleared: true }), "cleared").toBeNull();
  });
});

describe("once a person has cleared the numbers", () => {
  const jumped = [...usual(8), 41_800];

  test("the same jump is none any more, nor is growth that goes on like it", () => {
    const cleared = { since: at(9), cleared: true };
    expect(findAnomaly(views(...jumped), cleared)).toBeNull();
    expect(findAnomaly(views(...jumped, 41_900, 95_000), cleared)).toBeNull();
    expect(findAnomaly(views(...jumped, 41_900, 95_000), { ...cleared, cleared: false })).toMatchObject({ to: 95_000 });
  });

  test("one that is steeper by far is one again", () => {
    expect(findAnomaly(views(...jumped, 141_800), { since: at(9), cleared: true })).toMatchObject({ to: 141_800 });
  });
});

test("steady growth is never one, however fast and however unevenly it is read", () => {
  const growth = fc.record({
    perHour: fc.integer({ min: 0, max: 5_000_000 }),
    start: fc.integer({ min: 0, max: 1_000_000_000 }),
    minutes: fc.array(fc.integer({ min: 15, max: 24 * 60 }), { minLength: 1, maxLength: 120 }),
    shares: fc.record({ likes: share(), comments: share(), shares: share() }),
  });
  fc.assert(
    fc.property(growth, ({ perHour, start, minutes, shares }) => {
      let passed = 0;
      const readings = [0, ...minutes].map((pause): Reading => {
        passed += pause;
        const seen = start + Math.round((perHour * passed) / 60);
        const of = (part: number) => Math.floor(seen * part);
        return {
          at: new Date(passed * 60_000),
          views: seen,
          likes: of(shares.likes),
          comments: of(shares.comments),
          shares: of(shares.shares),
        };
      });
      return findAnomaly(readings, { since: new Date(-1), cleared: false }) === null;
    }),
  );
});

function share() {
  return fc.double({ min: 0, max: 0.5, noNaN: true });
}
