import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { expect } from "./test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** What the theme decides; all else is the same markup in both. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];
const DESKTOP = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };

/** Collects what a page complains about; an answer of `expected` status to the page's own address is no complaint. */
export function listenForTrouble(page: Page): { take(expected: number): string[] } {
  let trouble: { status: number | null; what: string }[] = [];
  page.on("pageerror", (error) => trouble.push({ status: null, what: `error: ${error.message}` }));
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const status = /status of (\d{3})/.exec(message.text())?.[1];
    const where = message.location().url;
    const ofPage = where !== "" && pathOf(where) === pathOf(page.url());
    trouble.push({ status: status && ofPage ? Number(status) : null, what: `${message.text()} ${where}` });
  });
  page.on("requestfailed", (request) => {
    // A picture whose page was left is not one that failed.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") {
      trouble.push({ status: null, what: `${request.url()}: ${request.failure()?.errorText}` });
    }
  });
  return {
    take: (expected) => {
      const found = trouble.filter(({ status }) => status === null || status !== expected || status < 400);
      trouble = [];
      return found.map(({ what }) => what);
    },
  };
}

const pathOf = (url: string) => new URL(url).pathname.replace(/\.data$/, "");

/** Everything is loaded, and React has taken over where the page hydrates: by then it has said what did not match. */
function isReady(): boolean {
  const hydrates = "__remixContext" in globalThis;
  const hydrated = Object.keys(document.body).some((key) => key.startsWith("__reactFiber$"));
  return document.readyState === "complete" && (!hydrates || hydrated);
}

/** What holds on every page and in each of its states: WCAG in both themes, one h1, a title, and room on a small phone. */
export async function inspect(page: Page, name: string): Promise<void> {
  await page.waitForFunction(isReady);
  expect.soft(await listViolations(page), `${name}: accessibility`).toEqual([]);
  await expect.soft(page.getByRole("heading", { level: 1, includeHidden: true }), `${name}: one h1`).toHaveCount(1);
  expect.soft(await page.title(), `${name}: title`).toMatch(/TrendPot/);
  await page.setViewportSize(NARROW);
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    // What scrolls by itself makes no page wide; text can stand out of its own box.
    const scrolls = (one: Element | null): boolean =>
      one !== null && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
    const isWide = (one: Element) =>
      !scrolls(one.parentElement) && (one.getBoundingClientRect().right > width + 1 || one.scrollWidth > width);
    return [...document.querySelectorAll("body *")]
      .filter(isWide)
      .slice(-3)
      .map((one) => one.outerHTML.slice(0, 120));
  });
  expect.soft(wide, `${name}: no sideways scroll at 320 px`).toEqual([]);
  await page.setViewportSize(DESKTOP);
}

/** What axe finds on the page: all of WCAG in the light theme, colours in the dark one too. */
export async function listViolations(page: Page): Promise<string[]> {
  // Without transitions: a colour half way to another is nobody's.
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const dark = await analyze(new AxeBuilder({ page }), (axe) => axe.withRules(OF_COLOUR));
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  // It is on the page by now; to bring it there takes longer than to run it.
  const light = await analyze(new AxeBuilder({ page, axeSource: "0" }), (axe) => axe.withTags(TAGS));
  return [...dark.map((said) => `dark: ${said}`), ...light];
}

async function analyze(axe: AxeBuilder, choose: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // Its other mode opens a page of its own each time, to join what it found in frames; those here are TikTok's.
  const quick = axe.setLegacyMode().options({ iframes: false, resultTypes: ["violations"] });
  const { violations } = await choose(quick).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
