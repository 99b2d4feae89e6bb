import { describe, expect, test } from "vitest";
import { gallerySearch, newestEntries, queryWords, readGalleryView } from "./gallery";

const id = "0197a6c0-0000-7000-8000-000000000001";
const read = (search: string) => readGalleryView(new URLSearchParams(search));

describe("the address of a gallery", () => {
  test("says every view, and every view is read back from it", () => {
    for (const view of [
      newestEntries,
      { ...newestEntries, before: { value: null, submissionId: id } },
      { ...newestEntries, show: "week" },
      { sort: "views", show: "ai", query: "rain & \u05de\u05d6\u05dc", before: { value: 48_100, submissionId: id } },
      { sort: "score", show: "all", query: "", before: { value: -1, submissionId: id } },
    ] as const) {
      expect(read(gallerySearch(view))).toEqual(view);
    }
    expect(gallerySearch(newestEntries)).toBe("");
  });

  test("what is malformed, or a place in another order, counts as left out", () => {
    const first = newestEntries;
    expect(read("?sort=likes&show=best&before=yesterday")).toEqual(first);
    expect(read(`?before=5.${id}`)).toEqual(first);
    expect(read(`?sort=views&before=${id}`)).toEqual({ ...first, sort: "views" });
    expect(read(`?sort=views&before=1e9.${id}`)).toEqual({ ...first, sort: "views" });
    expect(read(`?q=${"x".repeat(500)}`).query).toHaveLength(80);
  });

  test("a query is its words, at most eight of them", () => {
    expect(queryWords("  late\n train\u0000home ")).toEqual(["late", "train", "home"]);
    expect(queryWords("a b c d e f g h i j")).toHaveLength(8);
    expect(queryWords("")).toEqual([]);
  });
});
