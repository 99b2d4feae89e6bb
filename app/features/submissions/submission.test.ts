import { describe, expect, test } from "vitest";
import type { ChallengeRules } from "~/features/challenges/challenge";
import { defaultScoring } from "~/features/challenges/challenge-form";
import { type CheckedVideo, checkEligibility, isEligible, mayMove, type RuleCode } from "./submission";

const rules: ChallengeRules = {
  ...defaultScoring,
  version: 3,
  requiredHashtags: ["aminuteofhome"],
  minDurationSeconds: 20,
  maxDurationSeconds: 60,
  entriesPerCreator: 3,
  aiPolicy: "must_be_labelled",
  postedFrom: new Date("2026-11-09T00:00:00Z"),
  postedUntil: new Date("2026-11-29T19:00:00Z"),
};
const video: CheckedVideo = {
  caption: "Roof of our building #AMinuteOfHome",
  postedAt: new Date("2026-11-12T10:00:00Z"),
  durationSeconds: 45,
  isAigc: false,
};

function outcomeOf(
  rule: RuleCode,
  change: Partial<CheckedVideo>,
  changedRules: Partial<ChallengeRules> = {},
  used = 0,
) {
  const checks = checkEligibility({ ...video, ...change }, { ...rules, ...changedRules }, used);
  return checks.find((check) => check.rule === rule)?.outcome;
}

describe("eligibility", () => {
  test("a video that meets every rule may be entered", () => {
    expect(isEligible(checkEligibility(video, rules, 0))).toBe(true);
  });

  test("a hashtag missing from a short caption fails, from one that TikTok may have cut it is unknown", () => {
    expect(outcomeOf("hashtags", { caption: "no tag" })).toBe("fail");
    expect(outcomeOf("hashtags", { caption: "long ".repeat(40) })).toBe("unknown");
  });

  test("a hashtag counts only as a whole word", () => {
    expect(outcomeOf("hashtags", { caption: "#aminuteofhomely" })).toBe("fail");
  });

  test("a photo post fails only a minimum duration", () => {
    expect(outcomeOf("duration", { durationSeconds: 0 })).toBe("fail");
    expect(outcomeOf("duration", { durationSeconds: 0 }, { minDurationSeconds: null })).toBe("pass");
  });

  test("the bounds of duration and window belong to them", () => {
    expect(outcomeOf("duration", { durationSeconds: 20 })).toBe("pass");
    expect(outcomeOf("duration", { durationSeconds: 61 })).toBe("fail");
    expect(outcomeOf("posted_in_window", { postedAt: rules.postedUntil })).toBe("pass");
    expect(outcomeOf("posted_in_window", { postedAt: new Date(rules.postedUntil.getTime() + 1) })).toBe("fail");
  });

  test("what TikTok does not tell is unknown and never a fail", () => {
    const checks = checkEligibility({ ...video, postedAt: null, durationSeconds: null, isAigc: null }, rules, 0);
    expect(checks.filter((check) => check.outcome === "unknown").map((check) => check.rule)).toEqual([
      "posted_in_window",
      "duration",
      "ai_label",
    ]);
    expect(isEligible(checks)).toBe(true);
  });

  test("the entry limit fails once it is used up", () => {
    expect(outcomeOf("entry_limit", {}, {}, 2)).toBe("pass");
    expect(outcomeOf("entry_limit", {}, {}, 3)).toBe("fail");
  });
});

describe("moves between states", () => {
  test("a creator withdraws but never approves", () => {
    expect(mayMove("creator", "approved", "withdrawn")).toBe(true);
    expect(mayMove("creator", "pending", "approved")).toBe(false);
  });

  test("withdrawn and removed are ends", () => {
    for (const from of ["withdrawn", "removed"] as const) {
      expect(mayMove("moderator", from, "approved")).toBe(false);
      expect(mayMove("creator", from, "pending")).toBe(false);
    }
  });
});
