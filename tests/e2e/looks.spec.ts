import type { Page } from "playwright/test";
import { expectLooks } from "#tests/support/qa/expect-looks";
import type { ScenarioName } from "#tests/support/qa/scenarios";
import { expect, test } from "#tests/support/qa/test";

/** Key screens against their pictures, in the two shapes people hold them in. */
const shapes = [
  { name: "wide-light", width: 1440, height: 900, colorScheme: "light" },
  { name: "narrow-dark", width: 360, height: 740, colorScheme: "dark" },
] as const;

interface Screen {
  name: string;
  scenario: ScenarioName;
  as: string;
  at: (slug: string) => string;
}

const screens: readonly Screen[] = [
  { name: "home", scenario: "an approved entry", as: "visitor", at: () => "/" },
  { name: "challenge", scenario: "an approved entry", as: "visitor", at: (slug) => `/challenges/${slug}` },
  { name: "login", scenario: "an approved entry", as: "visitor", at: () => "/login" },
  { name: "studio", scenario: "21 videos", as: "creator", at: () => "/studio" },
  { name: "submit", scenario: "ready to enter", as: "creator", at: (slug) => `/challenges/${slug}/submit` },
  { name: "entries", scenario: "an approved entry", as: "creator", at: () => "/studio/entries" },
  { name: "desk", scenario: "two moderators", as: "moderator", at: (slug) => `/review/${slug}` },
];

/** Everything that is asked for is there, and the script has taken over where the page has one. */
async function settle(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForFunction(() => {
    const pictures = [...document.images].filter(
      (one) => one.loading !== "lazy" || one.getBoundingClientRect().top < 900,
    );
    return (
      document.readyState === "complete" && document.fonts.status === "loaded" && pictures.every((one) => one.complete)
    );
  });
}

for (const { name, scenario, as, at } of screens) {
  test(`${name} looks as it did`, async ({ page, qa }) => {
    const { slug = "" } = await qa.reset(scenario);
    await qa.session(as);
    for (const shape of shapes) {
      await page.setViewportSize({ width: shape.width, height: shape.height });
      await page.emulateMedia({ colorScheme: shape.colorScheme, reducedMotion: "reduce" });
      await page.goto(at(slug));
      await settle(page);
      await expectLooks(page, `${name}-${shape.name}`);
    }
  });
}
