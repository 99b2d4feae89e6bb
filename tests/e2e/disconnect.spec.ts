import type { Page } from "playwright/test";
import { consentAs } from "#tests/support/qa/consent";
import { inspect } from "#tests/support/qa/inspect-page";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

/** A creator disconnects on the account page, is told so everywhere, and comes back. */
async function disconnectAndReturn(page: Page, stack: Stack): Promise<void> {
  await page.goto("/account");
  await page.getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByRole("main")).toContainText("Disconnect TikTok now?");
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "healthy");
  await page.getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "disconnected");
  await expect(page.getByRole("main")).toContainText("You disconnected TikTok on June 15.");
  await expect(page.getByRole("button", { name: "Disconnect" })).toHaveCount(0);
  await stack.tiktok.awaitLedger((calls) => calls.some(({ code }) => code === "ok"), 20_000, { endpoint: "revoke" });

  await page.goto("/studio");
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByRole("alert")).toContainText("Your TikTok account is not connected. Your entries are safe.");

  await page.getByRole("link", { name: "Reconnect" }).click();
  await consentAs(page, "sim.19");
  await expect(page).toHaveURL(`${stack.origin}/studio`);
  await page.goto("/account");
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "healthy");
}

test("a creator disconnects in two presses, and reconnects", async ({ page, qa, stack }) => {
  await qa.reset("19 videos");
  await qa.session("creator");
  await disconnectAndReturn(page, stack);
});

test("the question can be answered with no, and is accessible", async ({ page, qa }) => {
  await qa.reset("19 videos");
  await qa.session("creator");
  await page.goto("/account");
  await page.getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByRole("main")).toContainText("Disconnect TikTok now?");
  await inspect(page, "the question before a disconnect");
  await page.getByRole("link", { name: "Keep it connected" }).click();
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "healthy");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a creator disconnects in two presses, and reconnects", async ({ page, qa, stack }) => {
    await qa.reset("19 videos");
    await qa.session("creator");
    await disconnectAndReturn(page, stack);
  });
});
