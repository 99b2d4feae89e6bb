import { expect, type Page } from "playwright/test";

/** TikTok's ids of the videos on every page of the studio, by its own links. */
export async function readStudio(page: Page): Promise<string[][]> {
  const pages: string[][] = [];
  await page.goto("/studio");
  for (;;) {
    const cards = page.getByTestId("video-card");
    await expect(cards.first()).toBeVisible();
    pages.push(await cards.evaluateAll((all) => all.map((card) => card.getAttribute("data-video-id") ?? "")));
    const next = page.getByRole("link", { name: "Next page" });
    if ((await next.count()) === 0) return pages;
    const address = await next.getAttribute("href");
    await next.click();
    await expect(page).toHaveURL((url) => `${url.pathname}${url.search}` === address);
    await expect(cards.first()).not.toHaveAttribute("data-video-id", pages.at(-1)?.[0] ?? "");
  }
}
