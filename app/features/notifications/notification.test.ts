import { expect, test } from "vitest";
import type { DecisionState } from "~/features/submissions/submission";
import { kindOf, type NotificationKind, nextStep } from "./notification";

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
  const next = (kind: NotificationKind, state: DecisionState, absent = false) =>
    nextStep(kind, { state, absent, submissionId: "e" });
  const to = (kind: NotificationKind, state: DecisionState) => next(kind, state).to;
  expect(to("approved", "approved")).toBe("/entries/e");
  expect(to("reopened", "approved")).toBe("/entries/e");
  expect(to("approved", "removed"), "the entry's page is gone").toBe("/studio/entries");
  expect(next("changes_requested", "changes_requested").words).toMatch(/resubmit/);
  expect(next("video_unavailable", "approved", true).words).toMatch(/back by itself/);
  expect(next("approved", "approved", true).to, "nobody sees it").toBe("/studio/entries");
  expect(next("video_unavailable", "approved").words, "it is back").not.toMatch(/back by itself/);
  expect(next("changes_requested", "rejected").words, "too late").not.toMatch(/resubmit/);
});
