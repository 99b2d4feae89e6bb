import { expect, test } from "vitest";
import type { EntryFacts } from "~/features/submissions/review-rule";
import { filledOf, reviewActSchema } from "./rule-form";
import { TRIAL_ENTRIES, trialWords, tryOn } from "./rule-trial";

const rule = {
  name: "Long ones",
  match: "any" as const,
  conditions: [{ on: "longer_than" as const, seconds: 60 }],
  act: { act: "flag" as const },
};
const entry = (
  state: "approved" | "pending" | "rejected",
  durationSeconds: number,
): EntryFacts & { state: typeof state } => ({
  submissionId: "0199f3a0-0000-7000-8000-000000000001",
  caption: "",
  durationSeconds,
  linkedDays: 1,
  isAigc: null,
  approvedBefore: 0,
  refusedBefore: 0,
  passesEveryRule: true,
  ofStaff: false,
  state,
});

test("a trial counts what would have matched, and how that stands", () => {
  const entries = [entry("approved", 61), entry("approved", 20), entry("rejected", 90), entry("pending", 90)];
  const trial = tryOn(rule, entries);
  expect(trial).toMatchObject({ matched: 3, of: 4, approved: 1, refused: 1, pending: 1, more: false });
  expect(trialWords(trial)).toBe("Would have matched 3 of 4, 1 of them approved, 1 refused.");
});

test("a trial says that it looked at the newest entries only", () => {
  const trial = tryOn(
    rule,
    Array.from({ length: TRIAL_ENTRIES + 1 }, () => entry("pending", 90)),
  );
  expect(trialWords(trial)).toBe("Would have matched 1,000 of the newest 1,000, 0 of them approved.");
  expect(trialWords(tryOn(rule, []))).toBe("There is no entry yet to try it on.");
});

const form = { intent: "save", name: "Ads", act: "flag" };

test("a rule comes out of its form as it went in", () => {
  const fields = {
    ...form,
    match: "all",
    words: "promo code, ad\nsale, ad",
    hashtags: "#Sale ad",
    shorterThan: "5",
    longerThan: "60",
    linkedDays: "3",
    aiLabel: "unlabelled",
    refusedBefore: "2",
    approvedBefore: "",
    act: "suggest_rejection",
    reason: "SPAM_OR_AD",
  };
  const read = reviewActSchema.parse(fields);
  if (read.intent !== "save") throw new Error("it is no rule");
  expect(read.rule).toMatchObject({ match: "all", act: { act: "suggest_rejection", reason: "SPAM_OR_AD" } });
  expect(read.rule.conditions).toHaveLength(7);
  expect(read.rule.conditions[0]).toEqual({ on: "caption_words", words: ["promo code", "ad", "sale"] });
  const again = reviewActSchema.parse({ ...form, ...filledOf(read.rule) });
  expect(again).toMatchObject({ rule: read.rule });
});

test.each([
  ["without a condition", {}, "words"],
  ["without a name", { name: " ", words: "ad" }, "name"],
  ["that suggests nothing", { act: "suggest_rejection", words: "ad" }, "reason"],
  ["with half a second", { longerThan: "0.5" }, "longerThan"],
  ["with a word that is none", { words: "x".repeat(61) }, "words"],
  ["that leaves none for a person", { act: "approve_trusted", sampleOneIn: "1" }, "sampleOneIn"],
])("a rule %s is not saved, and the complaint stands at its field", (_, fields, at) => {
  const read = reviewActSchema.safeParse({ ...form, ...fields });
  expect(read.error?.issues.map(({ path }) => path[0])).toContain(at);
});
