import type { Page } from "playwright/test";
import { expect } from "#tests/support/qa/test";

/** What stands on the desk, for the flows that work it. */

export const cards = (page: Page) => page.getByTestId("review-card");
export const card = (page: Page, id: string) => page.locator(`[data-testid="review-card"][data-submission-id="${id}"]`);
export const toast = (page: Page) => page.getByTestId("undo-toast");

/** The script has taken over: what needs it is no longer disabled. */
export async function atTheDesk(page: Page, slug: string): Promise<void> {
  await page.goto(`/review/${slug}`);
  await expect(cards(page).first().getByRole("button", { name: "Reject" })).toBeEnabled();
}
