import { expect, test } from "vitest";
import { pageMeta, summaryOf } from "./page-meta";

test("a summary is one line, cut between words and never within a letter", () => {
  expect(summaryOf(" Two\n lines ")).toBe("Two lines");
  expect(summaryOf("The late train home is never on time", 20)).toBe("The late train home…");
  expect(summaryOf("x".repeat(30), 20)).toBe(`${"x".repeat(19)}…`);
  expect(summaryOf("\u{1f600}".repeat(20), 20)).toBe(`${"\u{1f600}".repeat(9)}…`);
});

test("a card names the page, its one address and its picture", () => {
  const shown = { title: "Home", description: "d", address: "https://x.test/a", picture: "https://x.test/a/og.png" };
  const meta = pageMeta(shown);
  expect(meta).toContainEqual({ title: "Home · TrendPot" });
  expect(meta).toContainEqual({ tagName: "link", rel: "canonical", href: "https://x.test/a" });
  expect(meta).toContainEqual({ property: "og:url", content: "https://x.test/a" });
  expect(meta).toContainEqual({ property: "og:image", content: "https://x.test/a/og.png" });
});
