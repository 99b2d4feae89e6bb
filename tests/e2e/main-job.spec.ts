import type { BrowserContext, Page } from "playwright/test";
import { spawnProduct } from "#tests/support/product-process";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

const DAY = 24 * 3_600_000;
const wallClock = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 16);

/** Signs somebody in through TikTok's consent page, in a browser of their own. */
async function arrive(context: BrowserContext, name: string, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  await page.getByRole("link", { name: "Continue with TikTok" }).click();
  await page.getByRole("radio", { name: new RegExp(name) }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  return page;
}

async function giveRole(stack: Stack, role: string, openId: string): Promise<void> {
  const command = spawnProduct("role", [role, openId], { environment: stack.environment });
  await expect.poll(() => command.child.exitCode).toBe(0);
  expect(command.output()).toContain(`Now ${role}`);
}

test("from an empty database to an approved entry that a visitor plays", async ({ stack, browser }) => {
  test.setTimeout(120_000);
  const context = async () => browser.newContext({ baseURL: stack.origin });

  const admin = await arrive(await context(), "Ada Ferreira", "/admin/challenges/new");
  await admin.getByLabel("Title").fill("A Minute of Home");
  await admin.getByLabel("Brief").fill("Show us the place you mean when you say home.");
  await admin.getByLabel("Organizer").fill("Casa Común");
  await admin.getByLabel("Opens").fill(wallClock(-1));
  await admin.getByLabel("Closes").fill(wallClock(7));
  await admin.getByLabel("Videos posted from").fill(wallClock(-60));
  await admin.getByLabel("Entries per creator").fill("2");
  await admin.getByLabel("AI-generated videos").selectOption("allowed");
  await admin.getByRole("button", { name: "Save as draft" }).click();
  await admin.getByRole("button", { name: "Publish A Minute of Home" }).click();
  await expect(admin.getByRole("link", { name: "A Minute of Home", exact: true })).toBeVisible();

  const creator = await arrive(await context(), "Inês Duarte", "/studio");
  await creator.getByRole("button", { name: "Sync now" }).click();
  await expect(creator.getByTestId("sync-status")).toHaveAttribute("data-state", "succeeded");
  await expect(creator.getByTestId("sync-status")).toHaveAttribute("data-count", "42");
  await creator.goto("/challenges/a-minute-of-home/submit");
  const chosen = creator.locator('[data-testid="video-card"][data-eligible="true"]').first();
  const chosenId = await chosen.getAttribute("data-video-id");
  await chosen.click();
  await creator.getByRole("button", { name: "Enter this video" }).click();
  await expect(creator.getByText("Your video is entered")).toBeVisible();

  // Posted after the sync, so it is looked up when it is entered.
  const fresh = await stack.tiktok.addVideo("demo-ines", { caption: "Fresh from this minute", durationSeconds: 30 });
  await creator.goto("/challenges/a-minute-of-home/submit");
  await creator.getByLabel("TikTok URL or video ID").fill(fresh.shareUrl);
  await creator.getByRole("button", { name: "Enter this video" }).click();
  await expect(creator.getByText("Your video is entered")).toBeVisible();
  const lookups = await stack.tiktok.ledger({ endpoint: "video_lookup" });
  expect(lookups.map(({ path, videoIds }) => ({ path, videoIds }))).toEqual([
    { path: "/v2/video/data/", videoIds: [fresh.id] },
  ]);

  const moderatorContext = await context();
  await arrive(moderatorContext, "Mara Lindqvist", "/studio");
  await giveRole(stack, "moderator", "staff-mara");
  const moderator = await arrive(moderatorContext, "Mara Lindqvist", "/review");
  await moderator.getByRole("table").getByRole("link", { name: "A Minute of Home" }).click();
  for (const id of [chosenId, fresh.id]) {
    await moderator
      .getByTestId("review-card")
      .filter({ has: moderator.locator(`[video="${id}"]`) })
      .getByRole("button", { name: "Approve" })
      .click();
    await expect(moderator.getByTestId("undo-toast")).toBeVisible();
  }
  await expect(moderator.getByTestId("queue-count")).toHaveText("0");

  const visitor = await (await context()).newPage();
  const entry = visitor.locator(`[data-testid="entry-card"][data-video-id="${fresh.id}"]`);
  await expect(async () => {
    await visitor.goto("/challenges/a-minute-of-home");
    await expect(entry).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(visitor.getByTestId("entry-card")).toHaveCount(2);
  await entry.getByText("More from TikTok").click();
  await expect(entry.locator("blockquote.tiktok-embed")).toContainText("Fresh from this minute");
  await entry.getByRole("link", { name: /^Play/ }).click();
  await expect(visitor.locator("iframe")).toHaveAttribute("src", new RegExp(`/player/v1/${fresh.id}\\?`));
});
