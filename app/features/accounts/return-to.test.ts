import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeReturnTo } from "./return-to";

/** What has led browsers elsewhere, or past a look at the beginning of an address. */
const pieces = [
  ...Array.from("/\\.:@?#&%;=\t\n\r\0 \u00a0\u2028\uff0f\u3002"),
  "//",
  "/\\",
  "\\/",
  "..",
  "/..//",
  "/./",
  "%2f",
  "%5c",
  "%09",
  "%2e%2e",
  "http:",
  "https:",
  "javascript:",
  "data:",
  "evil.example",
  "@evil.example",
  "studio",
  "login",
  "auth/tiktok",
  "[::1]",
];

describe("where to go after signing in", () => {
  test.each(["/studio", "/challenges/a-minute-of-home/submit?before=7", "/"])("%s is kept", (path) => {
    expect(safeReturnTo(path)).toBe(path);
  });

  test.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    "/a\\b",
    "/.//evil.example",
    "/..//evil.example",
    "/%2e%2e//evil.example",
    "/a/../login",
    "/LOGOUT",
    " /studio",
    "studio",
    "@evil.example",
    "/logout",
    "/auth/tiktok/callback?code=x",
    "/login",
    `/${"x".repeat(600)}`,
    "",
  ])("%j becomes the home page", (value) => {
    expect(safeReturnTo(value)).toBe("/");
  });

  test("never leads to another site, whatever is put together", () => {
    const origin = "https://trendpot.example";
    const addresses = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        fc.oneof(
          addresses,
          addresses.map((rest) => `/${rest}`),
        ),
        (value) => {
          const target = new URL(safeReturnTo(value), `${origin}/auth/tiktok/callback`);
          expect(target.origin).toBe(origin);
          // A second look at the path alone, as a router or a proxy takes it, is no other site either.
          expect(new URL(target.pathname, origin).origin).toBe(origin);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
