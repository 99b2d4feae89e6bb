import { expect, test } from "vitest";
import type { BulkReport, DeskAnswer, ReviewEntry } from "./decision";
import { settleResent } from "./settle-resent";

const ID = "0198a000-0000-7000-8000-000000000001";
const OTHER = "0198a000-0000-7000-8000-000000000002";
const standing = (own: boolean, state: string, version = 2) =>
  ({
    submissionId: ID,
    state,
    version,
    lastDecision: { own, by: "Ada", at: "2026-06-15T10:00:00.000Z" },
  }) as ReviewEntry;
const conflict = (entry: ReviewEntry | null): DeskAnswer => ({
  refusal: { code: "CONFLICT", words: "Somebody was first." },
  standing: entry,
});
const approve = [
  ["intent", "approve"],
  ["submissionId", ID],
  ["seenVersion", "1"],
] as const;

test("a verdict that had arrived the first time is done, and no conflict", () => {
  expect(settleResent(conflict(standing(true, "approved")), approve)).toMatchObject({ done: { kind: "decided" } });
});

test.each([
  ["somebody else's", conflict(standing(false, "approved"))],
  ["one's own of another kind", conflict(standing(true, "rejected"))],
  ["one's own of long before", conflict(standing(true, "approved", 4))],
  ["gone", conflict(null)],
])("what stands is %s: a conflict stays one", (_, answer) => {
  expect(settleResent(answer, approve)).toBe(answer);
});

test("of several, those that had arrived are counted as done", () => {
  const skipped = [
    { submissionId: ID, entry: standing(true, "flagged"), code: "CONFLICT", words: "" },
    { submissionId: OTHER, entry: standing(false, "flagged"), code: "CONFLICT", words: "" },
  ] satisfies BulkReport["skipped"];
  const report: BulkReport = { bulkId: ID, to: "flagged", done: 1, skipped, undoableUntil: null };
  const answer: DeskAnswer = { done: { kind: "bulk", report, at: "" } };
  const fields = [["intent", "bulk_flag"], ...[ID, OTHER].map((id) => ["selected", `${id}:1`] as const)] as const;
  expect(settleResent(answer, fields)).toMatchObject({
    done: { report: { done: 2, skipped: [{ submissionId: OTHER }] } },
  });
});
