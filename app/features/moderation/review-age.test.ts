import { expect, test } from "vitest";
import { dueOf } from "./review-age";

const HOUR = 3600_000;
const since = new Date("2026-06-15T10:00:00Z");

test.each([
  ["on_time", 0],
  ["on_time", 18 * HOUR - 1],
  ["due_soon", 18 * HOUR],
  ["due_soon", 24 * HOUR - 1],
  ["overdue", 24 * HOUR],
  ["overdue", 240 * HOUR],
])("an entry to be decided in a day is %s after %d ms", (age, after) => {
  const due = dueOf(since, 24, new Date(since.getTime() + after));
  expect(due).toEqual({ at: "2026-06-16T10:00:00.000Z", age, leftMs: 24 * HOUR - after });
});
