import type { Page } from "playwright/test";
import { expect, test } from "#tests/support/qa/test";

/** A flow for each state that can stand between a creator's video and a challenge, but for refused-submit.spec.ts. */

const NOT_YOURS = "This video is not among your public videos.";

async function paste(page: Page, slug: string, reference: string): Promise<void> {
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByLabel("TikTok URL or video ID").fill(reference);
  await page.getByRole("button", { name: "Enter this video" }).click();
}

const refusal = (page: Page) => page.getByRole("alert").filter({ hasText: "Your video was not entered" });

test("video private: the stored copy can still be chosen, since nothing says that it is gone", async ({ page, qa }) => {
  const { slug } = await qa.reset("video private");
  await qa.session("creator");
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByRole("radio", { name: /number 1/ }).check();
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(page.getByTestId("entry-card")).toHaveAttribute("data-state", "pending");
});

test("video never listed: it is refused in the one wording, after one look-up", async ({ page, qa }) => {
  const { slug = "", videoIds } = await qa.reset("video never listed");
  await qa.session("creator");
  await paste(page, slug, videoIds?.[0] ?? "");
  await expect(refusal(page)).toContainText(NOT_YOURS);
  const lookups = await qa.ledger({ endpoint: "video_lookup" });
  expect(lookups.map(({ videoIds: asked }) => asked)).toEqual([videoIds]);
});

test("video deleted: it is refused in the one wording, and the same press enters it once TikTok shows it again", async ({
  page,
  qa,
  stack,
}) => {
  const { slug = "", videoIds } = await qa.reset("video deleted");
  const [id = ""] = videoIds ?? [];
  await qa.session("creator");
  await paste(page, slug, id);
  await expect(refusal(page)).toContainText(NOT_YOURS);
  await stack.tiktok.changeVideo("sim-1", id, { deleted: false });
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(page.getByTestId("entry-card")).toHaveAttribute("data-video-id", id);
  const lookups = await qa.ledger({ endpoint: "video_lookup" });
  expect(lookups.map(({ videoIds: asked }) => asked)).toEqual([[id], [id]]);
});

test("entered video gone: the gallery leaves it out, the creator keeps the entry, and it comes back by itself", async ({
  page,
  qa,
  stack,
}) => {
  const { slug, videoIds } = await qa.reset("entered video gone");
  await page.goto(`/challenges/${slug}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByTestId("entry-card")).toHaveCount(0);
  const creator = await qa.open("creator");
  await creator.goto("/studio/entries");
  await expect(creator.getByTestId("entry-card")).toHaveAttribute("data-state", "approved");
  await stack.tiktok.changeVideo("sim-19", videoIds?.[0] ?? "", { deleted: false });
  await qa.clock.advance(4 * 3_600_000);
  await qa.jobs.runSchedule("plan-refresh");
  await page.reload();
  await expect(page.getByTestId("entry-card")).toHaveCount(1);
});

test("the deadline passes while a creator is choosing: the countdown ends, and the press is refused", async ({
  page,
  qa,
  stack,
}) => {
  const { slug } = await qa.reset("one minute before the deadline");
  await qa.session("creator");
  const visitor = await qa.open("visitor");
  await visitor.goto(`/challenges/${slug}`);
  await expect(visitor.getByRole("link", { name: "Enter a video" })).toBeVisible();
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByRole("radio", { name: /number 1/ }).check();
  await qa.clock.advance(60_000);
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(refusal(page)).toContainText("This challenge is closed, so it takes no more entries.");
  await visitor.reload();
  await expect(visitor.getByRole("link", { name: "Enter a video" })).toHaveCount(0);
  const [entered] = await stack.sql`select count(*)::int as count from submissions`;
  expect(entered?.count).toBe(0);
});

for (const [when, aheadMs, state] of [
  ["a second before", -1_000, "entered"],
  ["a second after", 1_000, "refused"],
] as const) {
  test(`the deadline: what arrives ${when} is ${state}`, async ({ page, qa }) => {
    const { slug, submissionIds } = await qa.reset("one minute before the deadline");
    expect(submissionIds).toBeUndefined();
    await qa.session("creator");
    await page.goto(`/challenges/${slug}/submit`);
    await page.getByRole("radio", { name: /number 1/ }).check();
    // Held: the press would otherwise have to arrive within a second of this machine's time.
    await qa.clock.hold(new Date(Date.parse("2026-06-15T10:01:00Z") + aheadMs));
    await page.getByRole("button", { name: "Enter this video" }).click();
    if (state === "entered") await expect(page.getByText("Your video is entered")).toBeVisible();
    else await expect(refusal(page)).toContainText("This challenge is closed");
  });
}
