import type { Page } from "playwright/test";
import { callsTo } from "#tests/support/qa/calls";
import { consentAs } from "#tests/support/qa/consent";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

/** Syncs that something comes between. What a throttled and a stuck one look like: scenarios-videos.spec.ts. */

const status = (page: Page) => page.getByTestId("sync-status");

/** What the product holds of sim-60 against what TikTok lists of it: each once, none missing. */
async function expectAllStored(stack: Stack): Promise<void> {
  const stored = await stack.sql`select tiktok_video_id as id from videos order by 1 desc`;
  expect(stored.map(({ id }) => id)).toEqual((await stack.tiktok.videos("sim-60")).map(({ id }) => id));
}

test("TikTok failing in the middle of a sync only delays it: it goes on by itself to the end", async ({
  page,
  qa,
  stack,
}) => {
  await qa.reset("never synced");
  await qa.session("creator");
  const down = await qa.fault.set({ endpoint: "video_list", kind: "status", status: 500, after: 1, times: 6 });
  await page.goto("/studio");
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(status(page)).toHaveAttribute("data-state", "running");
  await expect(status(page)).toHaveAttribute("data-state", "succeeded", { timeout: 40_000 });
  await expect(status(page)).toHaveAttribute("data-count", "60");
  expect(await qa.fault.fired(down.id)).toBe(6);
  await expectAllStored(stack);
  // The first page was stored, so it was not asked for again.
  const calls = await qa.ledger({ endpoint: "video_list" });
  expect(calls.filter(({ cursor }) => cursor === undefined)).toHaveLength(1);
});

test("a sync is cancelled at a press, keeps what it read, and Resume goes on from there", async ({
  page,
  qa,
  stack,
}) => {
  await qa.reset("first sync running");
  await qa.session("creator");
  await page.goto("/studio");
  await expect(status(page)).toHaveAttribute("data-count", "20");
  await status(page).getByRole("button", { name: "Cancel" }).click();
  await expect(status(page)).toHaveAttribute("data-state", "cancelled");
  await expect(status(page)).toContainText("Sync cancelled at 20. Everything read so far is kept. Resume to go on.");
  await status(page).getByRole("button", { name: "Resume" }).click();
  await expect(status(page)).toHaveAttribute("data-state", "succeeded", { timeout: 30_000 });
  await expect(status(page)).toHaveAttribute("data-count", "60");
  await expect(status(page).getByRole("button")).toHaveCount(0);
  await expectAllStored(stack);
  const calls = await qa.ledger({ endpoint: "video_list" });
  expect(calls.filter(({ cursor }) => cursor === undefined)).toHaveLength(1);
});

test("refresh refused: the link is called expired with its date, keeps its videos, and is mended by Reconnect", async ({
  page,
  qa,
  stack,
}) => {
  await qa.reset("refresh refused");
  await qa.session("creator");
  await page.goto("/studio");
  await expect(status(page)).toHaveAttribute("data-state", "failed");
  await expect(status(page)).toContainText("Your TikTok link expired on the way.");
  const expired = page.getByRole("alert").filter({ hasText: "Your TikTok link expired on June 15." });
  await expect(expired).toContainText("Your videos and entries are safe.");
  await expect(page.getByTestId("video-card")).toHaveCount(21);

  // A second try does not bother TikTok.
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Not synced" })).toContainText("Reconnect to go on.");
  expect(await callsTo(stack.tiktok)).toEqual([]);

  await page.getByRole("link", { name: "Reconnect" }).click();
  await consentAs(page, "sim.21");
  await expect(page).toHaveURL(`${stack.origin}/studio`);
  await expect(expired).toHaveCount(0);
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(status(page)).toHaveAttribute("data-state", "succeeded");
  await page.goto("/account");
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "healthy");
});
