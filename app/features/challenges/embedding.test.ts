import { expect, test } from "vitest";
import { embedFormSchema, embedSnippet } from "./embedding";

const read = (origins: string) => embedFormSchema.safeParse({ intent: "embed", slug: "a", origins });

test("sites are read as origins, each once", () => {
  const given = "https://example.org/\n https://EXAMPLE.org, https://b\u00fccher.example:8443\n";
  expect(read(given).data?.origins).toEqual(["https://example.org", "https://xn--bcher-kva.example:8443"]);
  expect(read("").data?.origins).toEqual([]);
});

test("what would say more in a header, or is not safe on the way, is refused", () => {
  for (const wrong of [
    "http://example.org",
    "example.org",
    "*",
    "https://*.example.org",
    "https://example.org/page",
    "https://example.org;script-src",
    "https://me@example.org",
    "https://[::1]",
    "'self'",
  ]) {
    expect(read(wrong).success, wrong).toBe(false);
  }
  expect(read(Array.from({ length: 21 }, (_, n) => `https://s${n}.example`).join(" ")).success).toBe(false);
});

test("a title cannot leave its place in the snippet", () => {
  expect(embedSnippet({ title: `"><script>` }, "https://x.test/e")).toContain(
    'title="Entries of &quot;>&lt;script>" width',
  );
});
