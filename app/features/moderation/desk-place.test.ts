import { expect, test } from "vitest";
import { deskAddress, deskPlaceSchema, firstPage } from "./desk-place";

const ID = "0198a000-0000-7000-8000-000000000001";
const read = (address: string) =>
  deskPlaceSchema.parse(Object.fromEntries(new URL(address, "http://desk").searchParams));

test("an address says what is not as usual, and is read back as it was written", () => {
  expect(deskAddress("cats", read("/"))).toBe("/review/cats");
  const place = read(
    `/?tab=flagged&view=single&sort=newest&rules=unclear&creator=${ID}&tag=casa&after=${ID}&entry=${ID}`,
  );
  expect(deskAddress("cats", place)).toContain("view=single");
  expect(read(deskAddress("cats", place))).toEqual(place);
  expect(read(deskAddress("cats", firstPage(place)))).toEqual({ ...place, after: undefined, entry: undefined });
});

test("a hashtag is the same however it is typed", () => {
  expect(["#Casa", " casa", "%23CASA"].map((typed) => read(`/?tag=${typed.replace("#", "%23")}`).tag)).toEqual(
    Array(3).fill("casa"),
  );
  expect(read("/?tag=").tag).toBeUndefined();
});

test("what nobody understands is as usual", () => {
  expect(read("/?tab=none&view=3d&density=&sort=size&rules=all&creator=me&tag=two+words&after=1&entry=2")).toEqual(
    read("/"),
  );
});
