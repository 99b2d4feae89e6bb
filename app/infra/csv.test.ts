import { expect, test } from "vitest";
import { csvLine } from "./csv";

test("a record is quoted whatever is in it, and ends as RFC 4180 has it", () => {
  expect(csvLine(["a", null, 'say "hi", or;\nnot', "عربي"])).toBe('"a","","say ""hi"", or;\nnot","عربي"\r\n');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "－1"])(
  "%j is no formula any more",
  (text) => {
    expect(csvLine([text])).toBe(`"'${text}"\r\n`);
  },
);

test.each(["1-1", "a=b", "mail@example.org", ""])("%j stays as it is", (text) => {
  expect(csvLine([text])).toBe(`"${text}"\r\n`);
});
