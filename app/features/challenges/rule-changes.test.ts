import { expect, test } from "vitest";
import type { ChallengeRules } from "./challenge";
import { defaultScoring } from "./challenge-form";
import { diffRules } from "./rule-changes";

const rules: ChallengeRules = {
  ...defaultScoring,
  version: 1,
  requiredHashtags: ["home"],
  minDurationSeconds: 20,
  maxDurationSeconds: null,
  entriesPerCreator: 1,
  aiPolicy: "allowed",
  postedFrom: new Date("2026-11-09T00:00:00Z"),
  postedUntil: new Date("2026-11-29T19:00:00Z"),
};
const changed = (change: Partial<ChallengeRules>) =>
  diffRules(rules, { ...rules, version: 2, ...change }, "Europe/Lisbon");

test("a version that asks the same has no changes, whatever the order of its hashtags", () => {
  expect(changed({})).toEqual([]);
  const tags = (...requiredHashtags: string[]) => ({ ...rules, requiredHashtags });
  expect(diffRules(tags("a", "b"), tags("b", "a"), "UTC")).toEqual([]);
});

test("each rule that changed is told with what it asked before and what it asks now", () => {
  expect(changed({ requiredHashtags: [] })).toEqual([{ rule: "Hashtags", before: "#home", after: "None" }]);
  expect(changed({ maxDurationSeconds: 60 })).toEqual([
    { rule: "Length", before: "At least 20 seconds", after: "20 to 60 seconds" },
  ]);
  expect(changed({ minDurationSeconds: null })).toMatchObject([{ after: "Any" }]);
  expect(changed({ entriesPerCreator: 3 })).toMatchObject([{ before: "One entry", after: "Up to 3 entries" }]);
  expect(changed({ aiPolicy: "not_allowed" })).toMatchObject([{ before: "AI is welcome", after: "No AI video" }]);
  expect(changed({ pointsViews: 2, counting: "gain" })).toMatchObject([{ rule: "Points" }]);
});

test("a deadline that moved by an hour is told with its time, in the challenge's zone", () => {
  const postedUntil = new Date("2026-07-29T20:00:00Z");
  const before = { ...rules, postedFrom: new Date("2026-07-01T00:00:00Z"), postedUntil };
  const after = { ...before, postedUntil: new Date("2026-07-29T21:00:00Z") };
  expect(diffRules(before, after, "Europe/Lisbon")).toEqual([
    {
      rule: "Posted between",
      before: "1 July 2026 at 01:00 and 29 July 2026 at 21:00",
      after: "1 July 2026 at 01:00 and 29 July 2026 at 22:00",
    },
  ]);
});

test("several changes are told in the order in which rules are shown", () => {
  const all = changed({ aiPolicy: "not_allowed", requiredHashtags: ["street"], entriesPerCreator: 2 });
  expect(all.map(({ rule }) => rule)).toEqual(["Hashtags", "Entries per creator", "AI-generated videos"]);
});
