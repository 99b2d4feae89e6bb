import { expect, test } from "vitest";
import { mailAddressSchema, nextDigestAt } from "./mail-address";

test.each([
  ["2026-06-15T06:59:59.999Z", "2026-06-15T07:00:00.000Z"],
  ["2026-06-15T07:00:00.000Z", "2026-06-16T07:00:00.000Z"],
  ["2026-12-31T23:00:00.000Z", "2027-01-01T07:00:00.000Z"],
])("what is told at %s is in the letter of %s", (at, due) => {
  expect(nextDigestAt(new Date(at)).toISOString()).toBe(due);
});

test("an address is one address, and no header of its own", () => {
  expect(mailAddressSchema.parse("  Ada.Lovelace+pot@example.org ")).toBe("Ada.Lovelace+pot@example.org");
  for (const other of [
    "",
    "ada",
    "ada@",
    "a@b@example.org",
    "ada@example.org, bob@example.org",
    "Ada <ada@example.org>",
    "ada@example.org\r\nBcc: bob@example.org",
    `${"a".repeat(250)}@example.org`,
  ]) {
    expect(mailAddressSchema.safeParse(other).success, other).toBe(false);
  }
});
