import { describe, expect, test } from "vitest";
import { isResumable, MAX_PAGES, nextStep } from "./sync-run";

describe("how a walk over a video list goes on", () => {
  test("only has_more: false ends it, whatever the cursor says", () => {
    expect(nextStep({ cursor: null, hasMore: false }, 5, 1)).toEqual({ kind: "done", at: "end" });
    expect(nextStep({ cursor: 4, hasMore: true }, 5, 1)).toEqual({ kind: "next", cursor: 4 });
  });

  test.each([
    ["repeats", 5],
    ["rises", 6],
    ["is missing", null],
  ])("a cursor that %s stops it as failed", (_, cursor) => {
    expect(nextStep({ cursor, hasMore: true }, 5, 1)).toEqual({ kind: "stop", failure: "cursor_stuck" });
  });

  test("the first page's cursor has nothing to fall from", () => {
    expect(nextStep({ cursor: 9, hasMore: true }, null, 0)).toEqual({ kind: "next", cursor: 9 });
  });

  test("it ends before the end only where everything older was listed by a complete walk", () => {
    expect(nextStep({ cursor: 100, hasMore: true }, null, 0, 99)).toEqual({ kind: "next", cursor: 100 });
    expect(nextStep({ cursor: 99, hasMore: true }, 100, 1, 99)).toEqual({ kind: "done", at: "known" });
    expect(nextStep({ cursor: 100, hasMore: true }, 100, 1, 200)).toEqual({ kind: "stop", failure: "cursor_stuck" });
  });

  test("it is bounded", () => {
    const stopped = nextStep({ cursor: 4, hasMore: true }, 5, MAX_PAGES - 1);
    expect(stopped).toEqual({ kind: "stop", failure: "too_many_pages" });
  });
});

test("a failed or cancelled walk can go on, but not one that was too long", () => {
  expect(isResumable({ state: "failed", failure: "tiktok_unavailable" })).toBe(true);
  expect(isResumable({ state: "cancelled", failure: null })).toBe(true);
  expect(isResumable({ state: "failed", failure: "too_many_pages" })).toBe(false);
  expect(isResumable({ state: "succeeded", failure: null })).toBe(false);
});
