import { expect, test } from "vitest";
import { placeWords, waitWords } from "./review-wait";

test.each([
  [1, "1st of 1,200"],
  [2, "2nd of 1,200"],
  [3, "3rd of 1,200"],
  [4, "4th of 1,200"],
  [11, "11th of 1,200"],
  [12, "12th of 1,200"],
  [21, "21st of 1,200"],
  [113, "113th of 1,200"],
  [1_002, "1,002nd of 1,200"],
])("place %i is said as people say it", (place, words) => {
  expect(placeWords({ place, of: 1_200 })).toBe(words);
});

test.each([
  [0, "about a minute"],
  [89, "about a minute"],
  [90, "about 2 minutes"],
  [5_399, "about 90 minutes"],
  [5_400, "about 2 hours"],
  [4 * 3_600 + 900, "about 4 hours"],
  [36 * 3_600, "about 2 days"],
  [9 * 86_400, "about 9 days"],
])("a wait of %i seconds is rounded to one unit", (seconds, words) => {
  expect(waitWords(seconds)).toBe(words);
});
