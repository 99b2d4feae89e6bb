import { describe, expect, test } from "vitest";
import { everyVideo, isNarrowed, readVideosView, type VideosView, videosSearch } from "./my-videos";

const tiktokVideoId = "7300000000000000001";
const read = (search: string) => readVideosView(new URLSearchParams(search));

describe("the address of the studio", () => {
  test("says every view, and every view is read back from it", () => {
    const views: VideosView[] = [
      everyVideo,
      { ...everyVideo, query: "rain & \u05de\u05d6\u05dc", entered: "no", availability: "unconfirmed", ai: "unknown" },
      { ...everyVideo, before: { value: null, tiktokVideoId } },
      { ...everyVideo, sort: "views", entered: "yes", before: { value: -1, tiktokVideoId } },
      { ...everyVideo, sort: "refreshed", before: { value: 1_781_517_600_123_456, tiktokVideoId } },
    ];
    for (const view of views) expect(read(videosSearch(view))).toEqual(view);
    expect(videosSearch(everyVideo)).toBe("");
  });

  test("what is malformed, or a place in another order, counts as left out", () => {
    expect(read("?sort=likes&availability=gone&entered=maybe&ai=yes&before=yesterday")).toEqual(everyVideo);
    expect(read(`?before=5.${tiktokVideoId}`)).toEqual(everyVideo);
    expect(read(`?sort=views&before=${tiktokVideoId}`)).toEqual({ ...everyVideo, sort: "views" });
    expect(read(`?sort=views&before=1e9.${tiktokVideoId}`)).toEqual({ ...everyVideo, sort: "views" });
    expect(read("?before=12345")).toEqual(everyVideo);
  });

  test("a search and each filter leave videos out; an order and a place do not", () => {
    expect(isNarrowed({ ...everyVideo, sort: "views", before: { value: 3, tiktokVideoId } })).toBe(false);
    for (const part of [{ query: "x" }, { entered: "no" }, { availability: "public" }, { ai: "labelled" }] as const) {
      expect(isNarrowed({ ...everyVideo, ...part })).toBe(true);
    }
  });
});
