import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Condition, type EntryFacts, holds, isSampled, judgeEntry, type KnownRule, matches } from "./review-rule";

const entry: EntryFacts = {
  submissionId: "0199f3a0-0000-7000-8000-000000000001",
  caption: "Ready for my morning #Sunrise walk with a promo code",
  durationSeconds: 30,
  linkedDays: 10,
  isAigc: null,
  approvedBefore: 0,
  refusedBefore: 0,
  passesEveryRule: true,
  ofStaff: false,
};
const flag = { name: "A rule", match: "any" as const, act: { act: "flag" as const } };
const known = (rule: Partial<KnownRule>): KnownRule => ({ ...flag, conditions: [], id: "rule", version: 1, ...rule });

describe("a condition", () => {
  test.each<[Condition, Partial<EntryFacts>, boolean]>([
    [{ on: "caption_words", words: ["ad", "promo code"] }, {}, true],
    [{ on: "caption_words", words: ["ad"] }, {}, false],
    [{ on: "caption_words", words: ["SUNRISE"] }, {}, true],
    [{ on: "caption_words", words: ["宣伝"] }, { caption: "これは宣伝です" }, true],
    [{ on: "caption_words", words: ["ad"] }, { caption: "" }, false],
    [{ on: "hashtags", tags: ["#sunrise"] }, {}, true],
    [{ on: "hashtags", tags: ["sun"] }, {}, false],
    [{ on: "hashtags", tags: ["morning"] }, {}, false],
    [{ on: "shorter_than", seconds: 30 }, {}, false],
    [{ on: "shorter_than", seconds: 31 }, {}, true],
    [{ on: "shorter_than", seconds: 31 }, { durationSeconds: null }, false],
    [{ on: "longer_than", seconds: 30 }, {}, false],
    [{ on: "longer_than", seconds: 29 }, {}, true],
    [{ on: "longer_than", seconds: 29 }, { durationSeconds: null }, false],
    [{ on: "linked_less_than", days: 10 }, {}, false],
    [{ on: "linked_less_than", days: 11 }, {}, true],
    [{ on: "ai_label", labelled: true }, { isAigc: true }, true],
    [{ on: "ai_label", labelled: false }, {}, false],
    [{ on: "ai_label", labelled: false }, { isAigc: false }, true],
    [{ on: "refused_before", times: 2 }, { refusedBefore: 2 }, true],
    [{ on: "refused_before", times: 2 }, { refusedBefore: 1 }, false],
    [{ on: "approved_before", times: 1 }, { approvedBefore: 1 }, true],
    [{ on: "approved_before", times: 1 }, {}, false],
  ])("%j on %j: %j", (condition, facts, expected) => {
    expect(holds(condition, { ...entry, ...facts })).toBe(expected);
  });
});

const conditions = fc.array(
  fc.oneof(
    fc.record({ on: fc.constant("shorter_than" as const), seconds: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ on: fc.constant("longer_than" as const), seconds: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ on: fc.constant("linked_less_than" as const), days: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ on: fc.constant("ai_label" as const), labelled: fc.boolean() }),
    fc.record({ on: fc.constant("refused_before" as const), times: fc.integer({ min: 1, max: 5 }) }),
  ),
  { minLength: 1, maxLength: 8 },
);
const facts = fc
  .record({
    durationSeconds: fc.option(fc.integer({ min: 0, max: 60 })),
    linkedDays: fc.nat(60),
    isAigc: fc.option(fc.boolean()),
    refusedBefore: fc.nat(5),
  })
  .map((some): EntryFacts => ({ ...entry, ...some }));

test("any holds with one condition, all with every one of them, whatever they are and in whatever order", () => {
  fc.assert(
    fc.property(conditions, facts, (some, seen) => {
      const held = some.filter((condition) => matches({ ...flag, conditions: [condition] }, seen)).length;
      for (const order of [some, some.toReversed()]) {
        expect(matches({ ...flag, conditions: order }, seen)).toBe(held > 0);
        expect(matches({ ...flag, match: "all", conditions: order }, seen)).toBe(held === some.length);
      }
    }),
  );
});

describe("of several rules", () => {
  const says = { on: "caption_words" as const, words: ["promo code"] };
  const flags = known({ id: "flags", conditions: [says] });
  const suggests = known({
    id: "suggests",
    conditions: [says],
    act: { act: "suggest_rejection", reason: "SPAM_OR_AD" },
  });
  const approves = known({ id: "approves", act: { act: "approve_trusted", approvals: 2, sampleOneIn: 1_000 } });
  const trusted = { ...entry, approvedBefore: 2 };
  const acts = (rules: KnownRule[], seen = trusted) => {
    const { act, suggestions } = judgeEntry(rules, seen);
    return [act?.to ?? null, act?.rule.id ?? null, suggestions.map(({ rule }) => rule.id)];
  };

  test("the most careful one wins, in whatever order they stand", () => {
    expect(acts([approves])).toEqual(["approved", "approves", []]);
    expect(acts([approves, suggests])).toEqual([null, null, ["suggests"]]);
    expect(acts([approves, flags, suggests])).toEqual(["flagged", "flags", ["suggests"]]);
    expect(acts([suggests, flags, approves])).toEqual(["flagged", "flags", ["suggests"]]);
  });

  test("one that holds keeps the others from approving, and stands beside a flag", () => {
    const held = known({ id: "holds", conditions: [says], act: { act: "hold" } });
    expect(judgeEntry([approves, held], trusted)).toEqual({ act: null, hold: held, suggestions: [] });
    expect(judgeEntry([held, flags], trusted)).toMatchObject({ act: { to: "flagged" }, hold: { id: "holds" } });
  });

  test.each([
    ["with fewer approved entries than asked for", { approvedBefore: 1 }],
    ["with a refused entry", { refusedBefore: 1 }],
    ["with a rule that nobody can tell is met", { passesEveryRule: false }],
    ["of a moderator", { ofStaff: true }],
  ])("none approves an entry %s", (_, less) => {
    expect(acts([approves], { ...trusted, ...less })).toEqual([null, null, []]);
  });

  test("one that approves asks its own conditions too", () => {
    const short = known({ ...approves, conditions: [{ on: "shorter_than", seconds: 10 }] });
    expect(acts([short])).toEqual([null, null, []]);
  });
});

describe("the sample for a person", () => {
  const rule = { ...flag, conditions: [], act: { act: "approve_trusted" as const, approvals: 1, sampleOneIn: 10 } };
  const ids = Array.from({ length: 5_000 }, () => randomUUID());
  const sampled = () => ids.filter((submissionId) => isSampled(rule, { ...entry, submissionId }));

  test("is the share that was asked for, and the same entries each time", () => {
    const first = sampled();
    expect(first.length).toBeGreaterThan(400);
    expect(first.length).toBeLessThan(600);
    expect(sampled()).toEqual(first);
  });

  test("is approved by no rule", () => {
    const [submissionId = ""] = sampled();
    const seen = { ...entry, submissionId, approvedBefore: 9 };
    expect(judgeEntry([{ ...rule, id: "approves", version: 1 }], seen).act).toBeNull();
  });
});
