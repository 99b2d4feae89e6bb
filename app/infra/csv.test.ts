import fc from "fast-check";
import { expect, test } from "vitest";
import { csvRecord } from "./csv";

/** As RFC 4180 reads: one record, CRLF at its end. */
function read(record: string): string[] {
  const fields: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n$)/gy;
  for (const [, quoted, plain] of record.matchAll(pattern)) fields.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
  return fields;
}

test.each([
  ["plain", "a b", "a b"],
  ["with a comma", "a,b", '"a,b"'],
  ["with quotes", 'say "hi"', '"say ""hi"""'],
  ["with a line break", "a\nb", '"a\nb"'],
  ["a formula", "=1+1", "'=1+1"],
  ["a formula that calls", '=HYPERLINK("https://evil.example")', `"'=HYPERLINK(""https://evil.example"")"`],
  ["that begins with a sign", "+1", "'+1"],
  ["that begins with a minus", "-1", "'-1"],
  ["that begins with an at", "@SUM(A1)", "'@SUM(A1)"],
  ["that hides its sign behind a tab", "\t=1", "'\t=1"],
  ["with a wide sign", "＝1", "'＝1"],
  ["with a sign inside", "a=1", "a=1"],
])("a field %s", (_what, field, written) => {
  expect(csvRecord([field])).toBe(`${written}\r\n`);
});

test("whatever stands in the fields, they are read back as they were, and none begins like a formula", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 5 }), (fields) => {
      const back = read(csvRecord(fields));
      expect(back.map((field) => field.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ""))).toEqual(fields);
      expect(back.filter((field) => /^[=+\-@\t\r\n]/.test(field))).toEqual([]);
    }),
  );
});
