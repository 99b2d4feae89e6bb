import type { Page } from "playwright/test";
import { callsTo } from "#tests/support/qa/calls";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

const status = (page: Page) => page.getByTestId("sync-status");

async function pressSync(page: Page): Promise<void> {
  await page.goto("/studio");
  await page.getByRole("button", { name: "Sync now" }).click();
}

/** What the product holds of an account against what TikTok lists of it: each once, none missing. */
async function expectAllStored(stack: Stack, openId: string): Promise<void> {
  const stored = await stack.sql`select tiktok_video_id as id from videos order by 1 desc`;
  expect(stored.map(({ id }) => id)).toEqual((await stack.tiktok.videos(openId)).map(({ id }) => id));
}

test("TikTok failing in the middle of a sync only delays it: it goes on by itself to the end", async ({
  page,
  stack,
  signedInAs,
}) => {
  await signedInAs("sim-60");
  const down = await stack.tiktok.addFault({ endpoint: "video_list", kind: "status", status: 500, after: 1, times: 6 });
  await pressSync(page);
  await expect(status(page)).toHaveAttribute("data-state", "running");
  await expect(status(page)).toHaveAttribute("data-state", "succeeded", { timeout: 40_000 });
  await expect(status(page)).toHaveAttribute("data-count", "60");
  expect(await stack.tiktok.fired(down.id)).toBe(6);
  await expectAllStored(stack, "sim-60");
  // The first page was stored, so it was not asked for again.
  const firstPages = (await stack.tiktok.ledger({ endpoint: "video_list" })).filter(
    ({ cursor }) => cursor === undefined,
  );
  expect(firstPages).toHaveLength(1);
});

test("a cursor that stands still ends the sync with words, and Sync now works afterwards", async ({
  page,
  stack,
  signedInAs,
}) => {
  await signedInAs("sim-60");
  const stuck = await stack.tiktok.addFault({ endpoint: "video_list", kind: "cursor_repeat", after: 1 });
  await pressSync(page);
  await expect(status(page)).toHaveAttribute("data-state", "failed");
  await expect(status(page)).toContainText("Sync stopped at 40.");
  await expect(status(page)).toContainText("TikTok's list stopped in the middle. Everything read so far is kept.");
  expect(await stack.tiktok.fired(stuck.id)).toBe(1);
  await expect(page.getByText("40 public videos")).toBeVisible();
  await stack.tiktok.clearFaults();
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(status(page)).toHaveAttribute("data-state", "succeeded");
  await expect(page.getByText("60 public videos")).toBeVisible();
  await expectAllStored(stack, "sim-60");
});

test("a sync is cancelled at a press, keeps what it read, and Resume goes on from there", async ({
  page,
  stack,
  signedInAs,
}) => {
  await signedInAs("sim-60");
  const held = await stack.tiktok.addFault({
    endpoint: "video_list",
    kind: "delay",
    after: 1,
    delayMs: 8_000,
    times: 1,
  });
  await pressSync(page);
  await expect(status(page)).toHaveAttribute("data-count", "20");
  await status(page).getByRole("button", { name: "Cancel" }).click();
  await expect(status(page)).toHaveAttribute("data-state", "cancelled");
  await expect(status(page)).toContainText("Sync cancelled at 20. Everything read so far is kept. Resume to go on.");
  expect(await stack.tiktok.fired(held.id)).toBe(1);
  await status(page).getByRole("button", { name: "Resume" }).click();
  await expect(status(page)).toHaveAttribute("data-state", "succeeded", { timeout: 30_000 });
  await expect(status(page)).toHaveAttribute("data-count", "60");
  await expect(status(page).getByRole("button")).toHaveCount(0);
  await expectAllStored(stack, "sim-60");
  const firstPages = (await stack.tiktok.ledger({ endpoint: "video_list" })).filter(
    ({ cursor }) => cursor === undefined,
  );
  expect(firstPages).toHaveLength(1);
});

test("when TikTok asks to slow down, the page says so and the sync goes on when it may", async ({
  page,
  stack,
  signedInAs,
}) => {
  await signedInAs("sim-60");
  const limited = await stack.tiktok.addFault({
    endpoint: "video_list",
    kind: "rate_limit",
    retryAfter: "12",
    after: 1,
    times: 1,
  });
  await pressSync(page);
  await expect(status(page)).toHaveAttribute("data-state", "rate_limited");
  await expect(status(page)).toContainText("TikTok asks us to slow down: 20 so far.");
  await expect(status(page)).toHaveAttribute("data-state", "succeeded", { timeout: 30_000 });
  await expect(status(page)).toHaveAttribute("data-count", "60");
  expect(await stack.tiktok.fired(limited.id)).toBe(1);
  const calls = await stack.tiktok.ledger({ endpoint: "video_list" });
  const refusedAt = calls.findIndex(({ code }) => code === "rate_limit_exceeded");
  const [refused, next] = calls.slice(refusedAt, refusedAt + 2).map(({ at }) => Date.parse(at));
  expect((next ?? 0) - (refused ?? 0)).toBeGreaterThanOrEqual(12_000);
  await expectAllStored(stack, "sim-60");
});

test("a link whose refresh is refused is called expired with its date, keeps its videos, and is mended by Reconnect", async ({
  page,
  stack,
  signedInAs,
}) => {
  const person = await signedInAs("sim-21");
  await stack.people.sync(person);
  await stack.tiktok.killRefreshTokens("sim-21");
  await stack.tiktok.expireAccessTokens("sim-21");
  await pressSync(page);
  await expect(status(page)).toHaveAttribute("data-state", "failed");
  await expect(status(page)).toContainText("Your TikTok link expired on the way.");
  const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", timeZone: "UTC" }).format(new Date());
  const expired = page.getByRole("alert").filter({ hasText: `Your TikTok link expired on ${day}.` });
  await expect(expired).toContainText("Your videos and entries are safe.");
  await expect(page.getByTestId("video-card")).toHaveCount(21);

  // A second try does not bother TikTok.
  const before = (await callsTo(stack.tiktok)).length;
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Not synced" })).toContainText("Reconnect to go on.");
  expect(await callsTo(stack.tiktok)).toHaveLength(before);
  const refreshes = (await stack.tiktok.ledger()).filter(({ grantType }) => grantType === "refresh_token");
  expect(refreshes.map(({ code }) => code)).toEqual(["invalid_grant"]);

  await page.getByRole("link", { name: "Reconnect" }).click();
  await page.getByRole("radio", { name: "@sim.21 ·" }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(`${stack.origin}/studio`);
  await expect(expired).toHaveCount(0);
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(status(page)).toHaveAttribute("data-state", "succeeded");
  await page.goto("/account");
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "healthy");
});

test("an access token that ran out is renewed on the way, and nobody notices", async ({ page, stack, signedInAs }) => {
  await signedInAs("sim-21");
  await stack.tiktok.expireAccessTokens("sim-21");
  await pressSync(page);
  await expect(status(page)).toHaveAttribute("data-state", "succeeded");
  await expect(status(page)).toHaveAttribute("data-count", "21");
  const refreshes = (await stack.tiktok.ledger()).filter(({ grantType }) => grantType === "refresh_token");
  expect(refreshes.map(({ code }) => code)).toEqual(["ok"]);
});

test("the key service failing during a sync is not the link's fault", async ({ page, stack, signedInAs }) => {
  await signedInAs("sim-21");
  await stack.kms.setFault({ operation: "Decrypt", kind: "status", status: 503, times: 4 });
  await pressSync(page);
  await expect(status(page)).toHaveAttribute("data-state", "succeeded", { timeout: 40_000 });
  await expect(status(page)).toHaveAttribute("data-count", "21");
  await page.goto("/account");
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "healthy");
});
