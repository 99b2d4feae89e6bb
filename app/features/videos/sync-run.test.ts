import { describe, expect, test } from "vitest";
import { MAX_PAGES, nextStep } from "./sync-run";

describe("how a walk over a video list goes on", () => {
  test("only has_more: false ends it, whatever the cursor says", () => {
    expect(nextStep({ cursor: null, hasMore: false }, 5, 1)).toEqual({ kind: "done" });
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

  test("it is bounded", () => {
    const stopped = nextStep({ cursor: 4, hasMore: true }, 5, MAX_PAGES - 1);
    expect(stopped).toEqual({ kind: "stop", failure: "too_many_pages" });
  });
});
