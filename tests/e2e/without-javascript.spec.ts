import { spawnProduct } from "#tests/support/product-process";
import { consentAs } from "#tests/support/qa/consent";
import { rawRequest } from "#tests/support/qa/raw-request";
import { expect, test } from "#tests/support/qa/test";

test.use({ javaScriptEnabled: false });

test("without JavaScript a creator signs in, syncs, enters, withdraws and signs out", async ({ page, qa, stack }) => {
  const { slug } = await qa.reset("never synced");
  await page.goto("/studio");
  await page.getByRole("link", { name: "Continue with TikTok" }).click();
  await consentAs(page, "sim.60");
  await expect(page).toHaveURL(`${stack.origin}/studio`);

  const status = page.getByTestId("sync-status");
  await qa.fault.set({ endpoint: "video_list", kind: "delay", delayMs: 3_000, after: 1, times: 1 });
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(status).toHaveAttribute("data-state", /^(queued|running)$/);
  // Every reload shows how far it has come.
  const reloadUntil = (attribute: string, value: string) =>
    expect(async () => {
      await page.reload();
      await expect(status).toHaveAttribute(attribute, value, { timeout: 1 });
    }).toPass({ timeout: 20_000, intervals: [200] });
  await reloadUntil("data-count", "20");
  await expect(status).toHaveAttribute("data-state", "running");
  await reloadUntil("data-state", "succeeded");
  await expect(status).toHaveAttribute("data-count", "60");
  await expect(page.getByTestId("video-card")).toHaveCount(24);
  await page.getByRole("link", { name: "Next page" }).click();
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(page.getByTestId("video-card")).toHaveCount(12);
  await page.getByLabel("Words of the caption").fill("number 44");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByTestId("video-card")).toHaveCount(1);

  const fresh = await stack.tiktok.addVideo("sim-60", { caption: "Posted after the sync" });
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByLabel("TikTok URL or video ID").fill("no address");
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(page.getByRole("alert")).toContainText("That is not a TikTok URL or video ID.");
  await expect(page.getByLabel("TikTok URL or video ID")).toHaveValue("no address");
  await page.getByLabel("TikTok URL or video ID").fill(fresh.shareUrl);
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("Your video is entered");
  const entry = page.getByTestId("entry-card");
  await expect(entry).toHaveAttribute("data-video-id", fresh.id);
  await expect(entry).toHaveAttribute("data-state", "pending");

  await entry.getByRole("button", { name: "Withdraw" }).click();
  await expect(entry).toHaveAttribute("data-state", "withdrawn");

  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("link", { name: "Sign in", exact: true })).toBeVisible();
  await page.goto("/studio");
  await expect(page).toHaveURL(/\/login/);
});

test("without JavaScript a creator picks a card, and is told what is wrong on the same page", async ({ page, qa }) => {
  const { slug, videoIds: [video = ""] = [] } = await qa.reset("ready to enter");
  await qa.session("creator");
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByRole("radio", { name: /number 1/ }).check();
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(page.getByTestId("entry-card")).toContainText("number 1");
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByLabel("TikTok URL or video ID").fill(video);
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(page.getByRole("alert")).toContainText("This video is already entered in this challenge.");
  await expect(page.getByLabel("TikTok URL or video ID")).toHaveValue(video);
});

test("while TikTok is down, a link from the operator signs a moderator in, once", async ({ page, stack }) => {
  await stack.people.signIn("staff-ada", { role: "moderator" });
  await stack.tiktok.addFault({ endpoint: "*", kind: "reset" });
  const command = spawnProduct("sign-in-link", ["staff-ada"], { environment: stack.environment });
  await expect.poll(() => command.child.exitCode).toBe(0);
  const link = new URL(/^http\S+$/m.exec(command.output())?.[0] ?? "");

  // A program that previews it uses nothing up, and the page with the secret is kept nowhere.
  const preview = await rawRequest(stack.origin, `${link.pathname}${link.search}`);
  expect(preview).toMatchObject({ status: 200, headers: { "cache-control": "no-store" } });
  await page.goto(link.href);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${stack.origin}/review`);
  await expect(page.getByRole("link", { name: /^Account of/ })).toBeVisible();

  const again = await page.goto(link.href);
  expect(again?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This link is no longer valid" })).toBeVisible();
  expect(stack.output()).not.toContain(link.searchParams.get("token"));
});
