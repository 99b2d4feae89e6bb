import { expect, test } from "vitest";
import { challengePicture } from "./challenge-picture";

const challenge = {
  title: "A Minute of Home",
  organizer: "Casa Común",
  prize: "€2,000",
  closesAt: new Date("2026-12-03T23:30:00Z"),
  timeZone: "Europe/Madrid",
};
const draw = (title: string) => challengePicture({ ...challenge, title });
/** What is set in type, line by line. */
const lines = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

test("a picture has the title, who organizes, until when in the challenge's own zone, and the prize", () => {
  expect(lines(draw("A Minute of Home"))).toEqual([
    "Organized by Casa Común",
    "A Minute of Home",
    "Until 4 December 2026   ·   Prize: €2,000",
    "TrendPot",
  ]);
});

test("the longest title stays in at most four lines, and a word in the picture", () => {
  const long = lines(draw("W".repeat(80))).slice(1, -2);
  expect(long).toHaveLength(4);
  expect(Math.max(...long.map((line) => line?.length ?? 0))).toBeLessThanOrEqual(15);
  expect(long.at(-1)).toMatch(/W…$/);
  expect(
    lines(draw("one two ".repeat(9).trim()))
      .slice(1, -2)
      .join(" "),
  ).toBe("one two ".repeat(9).trim());
});

test("a title from right to left stands at the right, isolated; one that no font has is left out", () => {
  expect(draw("דקה בבית!")).toMatch(/x="1120" text-anchor="end"[^>]*>\u2067דקה בבית!\u2069</);
  expect(lines(draw("日本の夏"))[1]).toBe("A video challenge");
  expect(lines(draw("Home 🏠👩‍👩‍👧 2026"))[1]).toBe("Home 2026");
});

test("a title is text, whatever it looks like", () => {
  expect(draw(`</text><image href="file:///etc/passwd"/>`)).not.toContain("<image");
});
