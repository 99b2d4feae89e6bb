import { describe, expect, test } from "vitest";
import { isWorthLookingUp, rulesInShort } from "./picker";
import type { RuleCheck } from "./submission";

describe("a text that is being typed", () => {
  test("is looked up by itself once it can be a video's, and not before", () => {
    for (const text of [
      "7300000000000000001",
      "https://www.tiktok.com/@me/video/7300000000000000001?lang=en",
      "https://vm.tiktok.com/ZMabcdef/",
      "www.tiktok.com/t/ZMabcdef",
    ]) {
      expect(isWorthLookingUp(text), text).toBe(true);
    }
    for (const text of ["", "my video", "12345", "https://www.tiktok.com/@me", "https://vm.tiktok.com/"]) {
      expect(isWorthLookingUp(text), text).toBe(false);
    }
  });
});

test("a video's rules in short: what fails comes before what nobody can tell", () => {
  const checks = (...outcomes: RuleCheck["outcome"][]): RuleCheck[] =>
    outcomes.map((outcome) => ({ rule: "duration", outcome, asks: "", seen: "" }));
  expect(rulesInShort(checks("pass", "pass"))).toBe("Meets all 2 rules");
  expect(rulesInShort(checks("pass", "unknown", "pass"))).toBe("Meets 2 of 3 rules; a person looks at the rest");
  expect(rulesInShort(checks("unknown", "fail", "pass"))).toBe("Does not meet 1 rule");
  expect(rulesInShort(checks("fail", "fail"))).toBe("Does not meet 2 rules");
});
