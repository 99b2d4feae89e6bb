import { describe, expect, test } from "vitest";
import { safeReturnTo } from "./return-to";

describe("where to go after signing in", () => {
  test.each(["/studio", "/challenges/a-minute-of-home/submit?before=7", "/"])("%s is kept", (path) => {
    expect(safeReturnTo(path)).toBe(path);
  });

  test.each([
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    "/a\\b",
    " /studio",
    "studio",
    "/logout",
    "/auth/tiktok/callback?code=x",
    "/login",
    `/${"x".repeat(600)}`,
    "",
  ])("%j becomes the home page", (value) => {
    expect(safeReturnTo(value)).toBe("/");
  });
});
