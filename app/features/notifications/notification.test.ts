import { expect, test } from "vitest";
import { kindOf, nextStep } from "./notification";

test("what a decision is to its creator", () => {
  expect(kindOf("pending", "approved")).toBe("approved");
  expect(kindOf("flagged", "rejected")).toBe("rejected");
  expect(kindOf("pending", "changes_requested")).toBe("changes_requested");
  expect(kindOf("approved", "disqualified")).toBe("disqualified");
  expect(kindOf("rejected", "removed")).toBe("removed");
  expect(kindOf("rejected", "approved")).toBe("reopened");
  expect(kindOf("disqualified", "approved")).toBe("reopened");
  for (const silent of ["pending", "flagged", "withdrawn"] as const) expect(kindOf("pending", silent)).toBeNull();
});

test("what to do next goes by how the entry stands now", () => {
  const to = (...[kind, state]: Parameters<typeof nextStep> extends [infer K, infer S, string] ? [K, S] : never) =>
    nextStep(kind, state, "e").to;
  expect(to("approved", "approved")).toBe("/entries/e");
  expect(to("reopened", "approved")).toBe("/entries/e");
  expect(to("approved", "removed"), "the entry's page is gone").toBe("/studio/entries");
  expect(nextStep("changes_requested", "changes_requested", "e").words).toMatch(/resubmit/);
  expect(nextStep("changes_requested", "rejected", "e").words, "too late").not.toMatch(/resubmit/);
});
