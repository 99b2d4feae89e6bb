import type { Page, Request } from "playwright/test";
import { expect, test } from "#tests/support/qa/test";

/** What a page costs a phone before anybody presses anything: script as it comes over the wire, and whom it asks. */
const PUBLIC_BYTES = 20_000;
const SIGNED_IN_BYTES = 130_000;

/** Everything that `path` asks for until it is at rest. A page of its own each time: a cache would hide what it weighs. */
async function weigh(page: Page, path: string): Promise<{ scriptBytes: number; asked: Request[] }> {
  const asked: Request[] = [];
  page.on("request", (request) => asked.push(request));
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForFunction(() => document.readyState === "complete");
  const scripts = asked.filter((request) => request.resourceType() === "script");
  const sizes = await Promise.all(scripts.map((request) => request.sizes()));
  return { scriptBytes: sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0), asked };
}

test("public pages carry little script, and ask nobody else for anything but covers", async ({ qa, stack }) => {
  const { slug = "", submissionIds = [] } = await qa.reset("an approved entry");
  for (const path of ["/", `/challenges/${slug}`, `/challenges/${slug}/leaderboard`, `/entries/${submissionIds[0]}`]) {
    const { scriptBytes, asked } = await weigh(await qa.open("visitor"), path);
    expect(scriptBytes, path).toBeGreaterThan(0);
    expect(scriptBytes, path).toBeLessThan(PUBLIC_BYTES);
    const elsewhere = asked.filter((request) => new URL(request.url()).origin !== stack.origin);
    expect(elsewhere.map((request) => request.resourceType()).filter((type) => type !== "image")).toEqual([]);
  }
});

test("signed-in pages carry their framework and not much more", async ({ qa }) => {
  const { slug = "" } = await qa.reset("two moderators");
  for (const [as, path] of [
    ["creator", "/studio"],
    ["creator", "/studio/entries"],
    ["creator", `/challenges/${slug}/submit`],
    ["moderator", `/review/${slug}`],
    ["moderator", "/review/appeals"],
    ["admin", `/admin/challenges/${slug}/review`],
    ["admin", "/admin/challenges/new"],
  ] as const) {
    const { scriptBytes } = await weigh(await qa.open(as), path);
    expect(scriptBytes, path).toBeGreaterThan(PUBLIC_BYTES);
    expect(scriptBytes, path).toBeLessThan(SIGNED_IN_BYTES);
  }
});
