import { expect, test } from "vitest";
import { auditFilterSchema, changesOf, searchOf } from "./audit-filter";

test("an empty form asks for nothing, and the address of what is asked leads back to it", () => {
  const empty = { person: "", action: "", target: "", request: "", from: "", until: "" };
  expect(searchOf(auditFilterSchema.parse(empty))).toBe("");
  const filter = auditFilterSchema.parse({ ...empty, person: " Ana & Co ", from: "2026-06-01" });
  const search = searchOf(filter, { before: "x" });
  expect(Object.fromEntries(new URLSearchParams(search))).toEqual({
    person: "Ana & Co",
    from: "2026-06-01",
    before: "x",
  });
});

test.each([
  ["an act that cannot be", { action: "drop table" }, "action"],
  ["a target that is no id", { target: "Ana Weiss" }, "target"],
  ["a request that is no id", { request: "a b" }, "request"],
  ["a day that is none", { from: "2026-02-30" }, "from"],
  ["days the wrong way round", { from: "2026-06-02", until: "2026-06-01" }, "until"],
])("%s is told of, not left out", (_what, given, field) => {
  const issues = auditFilterSchema.safeParse(given).error?.issues ?? [];
  expect(issues.map(({ path }) => path[0])).toEqual([field]);
});

test("what changed stands field by field", () => {
  expect(changesOf({ role: "creator" }, { role: "admin", sessionsEnded: 2 })).toEqual([
    { field: "role", before: "creator", after: "admin" },
    { field: "sessionsEnded", before: null, after: "2" },
  ]);
  expect(changesOf({ scopes: [] }, { scopes: ["a", "b"], pausedAt: null })).toEqual([
    { field: "scopes", before: "none", after: "a, b" },
    { field: "pausedAt", before: null, after: "none" },
  ]);
  expect(changesOf(null, null)).toEqual([]);
});
