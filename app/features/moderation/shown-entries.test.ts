import { describe, expect, test } from "vitest";
import type { ReviewEntry } from "./decision";
import { mergeShown, newsWords } from "./shown-entries";

const entry = (submissionId: string, more: Partial<ReviewEntry> = {}): ReviewEntry => ({
  submissionId,
  version: 1,
  state: "pending",
  video: {
    tiktokVideoId: "7000000000000000001",
    caption: "",
    postedAt: null,
    durationSeconds: 10,
    coverUrl: null,
    shareUrl: "https://tiktok.example/1",
    metrics: { views: 1, likes: 1, comments: 1, shares: 1, at: null, stale: false },
  },
  creatorId: "maker",
  creatorName: "Maker",
  creatorAvatarUrl: null,
  hold: null,
  hasAppealed: false,
  checks: [],
  submittedAt: "2026-06-15T10:00:00.000Z",
  verdicts: [],
  claim: null,
  waitsForAnother: null,
  suggestions: [],
  due: null,
  lastDecision: null,
  ...more,
});
const by = (name: string) => ({ by: name, own: false, at: "", reason: null, message: null, undoableUntil: null });
const approved = (id: string) => entry(id, { state: "approved", version: 2, lastDecision: by("Ada") });
const show = (...ids: string[]) =>
  mergeShown(
    [],
    ids.map((id) => entry(id)),
    [],
  );
const words = (shown: ReturnType<typeof show>) =>
  shown.map(({ entry: { submissionId: id }, left }) => (left ? `${id} ${left.state}` : id));

describe("a desk that was read anew", () => {
  test("keeps what somebody else has decided in its place, until it is read with nothing before", () => {
    const one = mergeShown(
      show("a", "b", "c", "d"),
      [entry("b"), entry("d"), entry("e")],
      [approved("a"), approved("c")],
    );
    expect(words(one)).toEqual(["a approved", "b", "c approved", "d", "e"]);
    const two = mergeShown(one, [entry("d"), entry("e")], [approved("b")]);
    expect(words(two), "also those that were decided too long ago to be told again").toEqual([
      "a approved",
      "b approved",
      "c approved",
      "d",
      "e",
    ]);
    expect(words(mergeShown(two, [entry("a"), entry("d")], [])), "taken back").toEqual([
      "a",
      "b approved",
      "c approved",
      "d",
    ]);
  });

  test("drops what the viewer decided, and what they never saw", () => {
    expect(words(mergeShown(show("a", "b"), [entry("b")], [approved("z")]))).toEqual(["b"]);
  });

  test("says once who decided what, and how many are new", () => {
    const before = show("a", "b");
    const late = entry("c", { submittedAt: "2026-06-15T11:00:00.000Z" });
    const shown = mergeShown(before, [entry("b"), entry("from the next page"), late], [approved("a")]);
    expect(newsWords(before, shown, "2026-06-15T10:30:00.000Z")).toBe(
      "Approved by Ada: the entry of Maker. 1 new entry.",
    );
    expect(newsWords(shown, shown, "2026-06-15T11:30:00.000Z")).toBe("");
  });
});
