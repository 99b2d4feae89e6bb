import type { Page } from "playwright/test";
import { consentAs } from "#tests/support/qa/consent";
import type { Qa } from "#tests/support/qa/qa";
import { expect, test } from "#tests/support/qa/test";

/** A creator before an open challenge, whose videos are not stored: entering one needs TikTok. */
async function arrive(qa: Qa): Promise<{ slug: string; ids: readonly string[] }> {
  const { slug = "", videoIds = [] } = await qa.reset("nothing stored");
  await qa.session("creator");
  return { slug, ids: videoIds };
}

async function paste(page: Page, slug: string, id = ""): Promise<void> {
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByLabel("TikTok URL or video ID").fill(id);
  await page.getByRole("button", { name: "Enter this video" }).click();
}

async function expectRefused(page: Page, words: string, id = ""): Promise<void> {
  const refusal = page.getByRole("alert").filter({ hasText: "Your video was not entered" });
  await expect(refusal).toContainText(words, { timeout: 25_000 });
  await expect(page.getByLabel("TikTok URL or video ID")).toHaveValue(id);
}

/** What stood in the way is gone: the same press works now. */
async function expectEnteredByPressingAgain(page: Page, entries = 1): Promise<void> {
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(page.getByText("Your video is entered")).toBeVisible();
  await expect(page.getByTestId("entry-card")).toHaveCount(entries);
}

test("in whatever way TikTok is down the choice is kept, and pressing again later enters it", async ({ page, qa }) => {
  const { slug, ids } = await arrive(qa);
  for (const [at, kind] of (["html", "reset", "malformed"] as const).entries()) {
    await test.step(kind, async () => {
      const down = await qa.fault.set({ endpoint: "video_lookup", kind, ...(kind === "html" && { status: 503 }) });
      await paste(page, slug, ids[at]);
      const words = "TikTok does not answer right now. Nothing was lost; try again in a few minutes.";
      await expectRefused(page, words, ids[at]);
      expect(await qa.fault.fired(down.id)).toBeGreaterThan(0);
      await qa.fault.clear();
      await expectEnteredByPressingAgain(page, at + 1);
    });
  }
});

test("when TikTok asks to slow down the creator is told to wait, and the link stays healthy", async ({ page, qa }) => {
  const { slug, ids } = await arrive(qa);
  await qa.fault.set({ endpoint: "video_lookup", kind: "rate_limit", retryAfter: "1", times: 1 });
  await paste(page, slug, ids[0]);
  await expectRefused(page, "TikTok asks us to slow down. Your choice is kept; try again in a minute.", ids[0]);
  expect(await qa.ledger({ endpoint: "video_lookup" })).toHaveLength(1);
  await expectEnteredByPressingAgain(page);
});

test("while the key service is down the choice is kept, and the link is not called expired", async ({
  page,
  qa,
  stack,
}) => {
  const { slug, ids } = await arrive(qa);
  // A token that the product has not opened yet: what it has, it opens without KMS for a while.
  await stack.people.signIn("sim-19");
  await qa.fault.setKeyService({ operation: "Decrypt", kind: "status", status: 503 });
  await paste(page, slug, ids[0]);
  await expectRefused(page, "The key service does not answer right now. Nothing was lost", ids[0]);
  await qa.fault.clear();
  await expectEnteredByPressingAgain(page);
  await page.goto("/account");
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "healthy");
});

test("with an expired link the creator reconnects, comes back to the challenge and enters", async ({
  page,
  qa,
  stack,
}) => {
  const { slug, ids } = await arrive(qa);
  await stack.tiktok.killRefreshTokens("sim-19");
  await stack.tiktok.expireAccessTokens("sim-19");
  await paste(page, slug, ids[0]);
  const words = "Your TikTok link has expired. Your videos and entries are safe. Reconnect to go on.";
  await expectRefused(page, words, ids[0]);
  await page.getByRole("link", { name: "Reconnect" }).click();
  await consentAs(page, "sim.19");
  await expect(page).toHaveURL(`${stack.origin}/challenges/${slug}/submit`);
  await expect(page.getByRole("link", { name: "Reconnect" })).toHaveCount(0);
  await page.getByLabel("TikTok URL or video ID").fill(ids[0] ?? "");
  await expectEnteredByPressingAgain(page);
});

test("scope missing: the creator is told which boxes to leave ticked, and TikTok is not asked", async ({
  page,
  qa,
  stack,
}) => {
  const { slug = "" } = await qa.reset("scope missing");
  await qa.session("creator");
  const [video] = await stack.tiktok.videos("sim-21");
  await paste(page, slug, video?.id);
  const words = "TikTok did not give us access to your videos. Reconnect and leave the video boxes";
  await expectRefused(page, words, video?.id);
  await expect(page.getByRole("link", { name: "Reconnect" })).toBeVisible();
  expect(await qa.ledger({ endpoint: "video_lookup" })).toEqual([]);
});

test("somebody who is not signed in is asked to, and then stands before the same challenge", async ({
  page,
  qa,
  stack,
}) => {
  const { slug } = await qa.reset("nothing stored");
  await page.goto(`/challenges/${slug}/submit`);
  await expect(page).toHaveURL(`${stack.origin}/login?returnTo=%2Fchallenges%2F${slug}%2Fsubmit`);
});
