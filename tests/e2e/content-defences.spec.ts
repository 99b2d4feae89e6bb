import type { Page } from "playwright/test";
import { hostileMarkup } from "#tests/integration/hostile-markup";
import { openChallenge } from "#tests/support/qa/arrange-entries";
import { expect, test } from "#tests/support/qa/test";
import { sanitizeEmbed } from "~/infra/sanitize-html.server";

/** Two defences against hostile markup, each without the other: what is kept of it, and the policy of the page. */

const PROBE = "https://probe.example/";

/** Shows each piece of markup as a document of its own, sets off all that it listens for, and counts what ran. */
async function countRuns(page: Page, pieces: readonly string[], headers: Record<string, string>): Promise<number> {
  let piece = "";
  await page.route("**/*", (route) =>
    route.request().url() === PROBE
      ? route.fulfill({ contentType: "text/html; charset=utf-8", headers, body: `<!doctype html><body>${piece}` })
      : route.abort(),
  );
  let runs = 0;
  for (piece of pieces) {
    await page.goto(PROBE, { waitUntil: "domcontentloaded" });
    const ran = await page.evaluate(() => {
      const names = [
        "mouseover",
        "pointerenter",
        "focus",
        "toggle",
        "error",
        "load",
        "click",
        "begin",
        "animationstart",
      ];
      for (const element of document.querySelectorAll("body, body *")) {
        // A link elsewhere would leave the page; what it says is looked at in hostile-entries.spec.ts.
        const leaves = element instanceof HTMLAnchorElement && /^https?:/.test(element.protocol);
        for (const name of names) {
          if (name !== "click") element.dispatchEvent(new Event(name));
          else if (!leaves && element instanceof HTMLElement) element.click();
        }
      }
      return new Promise<boolean>((resolve) => setTimeout(() => resolve("pwned" in globalThis)));
    });
    if (ran) runs += 1;
  }
  await page.unroute("**/*");
  return runs;
}

test("of markup that attacks, nothing runs: under the policy alone, and sanitised without any policy", {
  tag: "@long",
}, async ({ page, stack }) => {
  const slug = await openChallenge(stack, "Policy");
  const answer = await page.goto(`/challenges/${slug}`);
  const policy = answer?.headers()["content-security-policy"] ?? "";
  const kept = await Promise.all(hostileMarkup.map((markup) => sanitizeEmbed(markup)));
  const some = hostileMarkup.filter((_markup, at) => at % 5 === 0);
  expect(await countRuns(page, some, {}), "without either").toBeGreaterThan(5);
  expect(await countRuns(page, hostileMarkup, { "Content-Security-Policy": policy }), "the policy alone").toBe(0);
  // Much of it comes to the same.
  expect(await countRuns(page, [...new Set(kept)], {}), "sanitising alone").toBe(0);
});
