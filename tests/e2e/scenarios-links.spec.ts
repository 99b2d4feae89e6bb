import type { Page } from "playwright/test";
import { consentAs } from "#tests/support/qa/consent";
import { expect, test } from "#tests/support/qa/test";

/** A flow for each state of a link to TikTok, and of what lies behind it; a refused refresh: interrupted-sync.spec.ts. */

const status = (page: Page) => page.getByTestId("sync-status");

async function sync(page: Page): Promise<void> {
  await page.goto("/studio");
  await page.getByRole("button", { name: "Sync now" }).click();
}

test("access token expired: a sync renews it on the way, and nobody notices", async ({ page, qa }) => {
  await qa.reset("access token expired");
  await qa.session("creator");
  await sync(page);
  const refreshes = async () => (await qa.ledger()).filter(({ grantType }) => grantType === "refresh_token");
  await expect.poll(async () => (await refreshes()).map(({ code }) => code)).toEqual(["ok"]);
  await qa.jobs.idle();
  await expect(status(page)).toHaveAttribute("data-state", "succeeded");
  expect(await refreshes()).toHaveLength(1);
});

for (const [scenario, words] of [
  ["revoked, no reason", "Access to your TikTok account was taken back on June 15."],
  ["revoked by the person", "Access to your TikTok account was taken back on June 15."],
  ["revoked, account deleted", "Your TikTok account was deleted, so its link ended on June 15."],
  ["revoked, age changed", "TikTok ended the link on June 15, because the age of your account changed."],
  ["revoked, account banned", "TikTok suspended your account, so its link ended on June 15."],
  ["revoked by the app", "Access to your TikTok account was taken back on June 15."],
] as const) {
  test(`${scenario}: the reason stands there in words, and the tokens are gone`, async ({ page, qa, stack }) => {
    await qa.reset(scenario);
    await qa.session("creator");
    await page.goto("/account");
    await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "revoked");
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.getByRole("link", { name: "Reconnect" })).toBeVisible();
    const [kept] = await stack.sql`select count(*)::int as count from tiktok_credentials`;
    expect(kept?.count).toBe(0);
  });
}

test("revoked: a sync says so, and nothing is asked of TikTok any more", async ({ page, qa }) => {
  await qa.reset("revoked by the person");
  await qa.session("creator");
  await sync(page);
  await expect(page.getByRole("alert").filter({ hasText: "Not synced" })).toBeVisible();
  expect((await qa.ledger()).filter(({ endpoint }) => endpoint.startsWith("video"))).toEqual([]);
});

test("disconnected: it says so, keeps the videos, and reconnecting restores it", async ({ page, qa }) => {
  await qa.reset("disconnected");
  await qa.session("creator");
  await page.goto("/studio");
  await expect(page.getByText("You disconnected TikTok on June 15.")).toBeVisible();
  await expect(page.getByTestId("video-card")).toHaveCount(21);
  await page.getByRole("link", { name: "Reconnect" }).click();
  await consentAs(page, "sim.21");
  await page.goto("/account");
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "healthy");
});

test("scope missing: the missing scopes are named, with a way to mend them", async ({ page, qa }) => {
  await qa.reset("scope missing");
  await qa.session("creator");
  await page.goto("/studio");
  await expect(page.getByText("TikTok did not give us access to your videos.")).toBeVisible();
  await expect(page.getByText("Missing: video.list, video.data.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Reconnect" })).toBeVisible();
});

test("another account: reconnecting as somebody else changes nothing here and says so", async ({ page, qa, stack }) => {
  await qa.reset("another account");
  await qa.session("creator");
  await page.goto("/studio");
  const accounts = () => stack.sql`select open_id, link_health from tiktok_accounts order by open_id`;
  const before = [...(await accounts())];
  await page.getByRole("link", { name: "Reconnect" }).click();
  await consentAs(page, "second.account");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("another TikTok account");
  expect([...(await accounts())]).toEqual(before);
});

test("TikTok down: the studio and the challenges stand, and a sync says what is wrong", async ({ page, qa, stack }) => {
  await qa.reset("TikTok down");
  await qa.session("creator");
  await sync(page);
  await expect(status(page)).toHaveAttribute("data-state", "running");
  await expect(page.getByTestId("video-card")).toHaveCount(21);
  for (const path of ["/", "/account", "/studio/entries"]) expect((await page.goto(path))?.status(), path).toBe(200);
  const asked = await qa.ledger({ endpoint: "video_list" });
  expect(asked.map(({ status: answer }) => answer)).toContain(503);
  const [link] = await stack.sql`select link_health from tiktok_accounts`;
  expect(link?.link_health, "that TikTok fails says nothing about the link").toBe("healthy");
});

test("key service down: pages stand, a sync waits, and the link keeps its health", async ({ page, qa, stack }) => {
  await qa.reset("key service down");
  await qa.session("creator");
  await sync(page);
  await expect(page.getByTestId("video-card")).toHaveCount(21);
  await page.goto("/account");
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "healthy");
  await expect.poll(async () => (await stack.kms.state()).faults[0]?.fired ?? 0).toBeGreaterThan(0);
  await qa.fault.clear();
  await page.goto("/studio");
  await expect(status(page)).toHaveAttribute("data-state", "succeeded", { timeout: 40_000 });
});
