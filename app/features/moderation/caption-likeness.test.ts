import { expect, test } from "vitest";
import { captionWords, readAlmostTheSame } from "./caption-likeness";

const alike = (a: string, b: string) => readAlmostTheSame(captionWords(a), captionWords(b));

test("case, signs, hashtags and one word make no other caption", () => {
  const caption = "Grandma's kitchen smells of bread again #casa @friend";
  expect(alike(caption, "GRANDMA'S KITCHEN — smells of bread again!! #fyp")).toBe(true);
  expect(alike(caption, "Grandpa's kitchen smells of bread again")).toBe(true);
  expect(alike("私 の 台所 パン 匂い", "私 の 台所 パン 匂い 🍞")).toBe(true);
});

test("another caption is another, and a few words say nothing", () => {
  expect(alike("Grandma's kitchen smells of bread again", "Grandma's garden smells of rain today")).toBe(false);
  expect(alike("my new home", "My new home!")).toBe(false);
  expect(alike("#a #b #c #d #e", "#a #b #c #d #e")).toBe(false);
});
