import type { Page } from "playwright/test";
import { expect, test } from "#tests/support/qa/test";

/** A flow for each state of a creator's videos and their sync. */

const status = (page: Page) => page.getByTestId("sync-status");
const cards = (page: Page) => page.getByTestId("video-card");

test("never synced: the studio says what will be read, and one press brings everything", async ({ page, qa }) => {
  await qa.reset("never synced");
  await qa.session("creator");
  await page.goto("/studio");
  await expect(status(page)).toHaveAttribute("data-state", "idle");
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(status(page)).toHaveAttribute("data-state", "succeeded");
  await expect(cards(page)).toHaveCount(21);
});

test("no videos: the studio says that TikTok lists none", async ({ page, qa }) => {
  await qa.reset("no videos");
  await qa.session("creator");
  await page.goto("/studio");
  await expect(status(page)).toContainText("0 videos synced.");
  await expect(page.getByText("TikTok lists no public video of yours")).toBeVisible();
});

for (const [scenario, count] of [
  ["19 videos", 19],
  ["20 videos", 20],
  ["21 videos", 21],
  ["500 videos", 500],
  ["5,000 videos", 5_000],
] as const) {
  test(`${scenario}: all stand in the studio, newest first, and the last is on the last page`, async ({
    page,
    qa,
    stack,
  }) => {
    test.slow(count > 1_000, "Ten times as many videos are synced for it first");
    await qa.reset(scenario);
    await qa.session("creator");
    await page.goto("/studio");
    await expect(status(page)).toHaveAttribute("data-count", String(count));
    await expect(page.getByText(`${count.toLocaleString("en")} public videos`)).toBeVisible();
    const listed = (await stack.tiktok.videos(`sim-${count}`)).filter(({ privacy }) => privacy === "public");
    const ids = await cards(page).evaluateAll((all) => all.map((card) => card.getAttribute("data-video-id")));
    expect(ids).toEqual(listed.slice(0, 24).map(({ id }) => id));
    const { videos } = (await stack.sql`select count(distinct tiktok_video_id)::int as videos from videos`)[0] ?? {};
    expect(videos).toBe(count);
  });
}

test("first sync running: what is stored so far is shown, and the rest arrives by itself", async ({ page, qa }) => {
  await qa.reset("first sync running");
  await qa.session("creator");
  await page.goto("/studio");
  await expect(status(page)).toHaveAttribute("data-state", "running");
  await expect(status(page)).toContainText("20 so far");
  await expect(status(page)).toHaveAttribute("data-state", "succeeded");
  await expect(page.getByText("60 public videos")).toBeVisible();
});

test("partial sync: what was read is kept, and the reason stands there in words", async ({ page, qa }) => {
  await qa.reset("partial sync");
  await qa.session("creator");
  await page.goto("/studio");
  await expect(status(page)).toHaveAttribute("data-state", "failed");
  await expect(status(page)).toContainText("Sync stopped at 40.");
  await expect(page.getByText("40 public videos")).toBeVisible();
});

for (const scenario of ["rate limited, told how long", "rate limited, not told how long"] as const) {
  test(`${scenario}: the studio says that TikTok asks to slow down, and the sync ends well`, async ({ page, qa }) => {
    await qa.reset(scenario);
    await qa.session("creator");
    await page.goto("/studio");
    await expect(status(page)).toHaveAttribute("data-state", "rate_limited");
    await expect(status(page)).toContainText("TikTok asks us to slow down: 20 so far.");
    // The endpoint's pause is on the database's clock: it has to pass.
    await expect(status(page)).toHaveAttribute("data-state", "succeeded", { timeout: 40_000 });
    const refused = (await qa.ledger({ endpoint: "video_list" })).filter(({ code }) => code === "rate_limit_exceeded");
    expect(refused).toHaveLength(1);
  });
}

test("hostile captions: all are stored and shown as text, and nothing of them runs", async ({ page, qa, stack }) => {
  await qa.reset("hostile captions");
  await qa.session("creator");
  await page.goto("/studio");
  await expect(cards(page)).toHaveCount(24);
  await expect(page.getByText("<script>globalThis.pwned = true</script>", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
  const listed = await stack.tiktok.videos("sim-hostile");
  await expect(status(page)).toHaveAttribute("data-count", String(listed.length));
});

test("a creator finds a video by words of its caption, in another order, and comes back to all of them", async ({
  page,
  qa,
}) => {
  await qa.reset("500 videos");
  await qa.session("creator");
  await page.goto("/studio?sort=views");
  await page.getByLabel("Words of the caption").fill("NUMBER 77");
  await page.getByLabel("Entered").selectOption("Not entered");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/sort=views&q=NUMBER\+77&entered=no/);
  await expect(page.getByText("5 videos fit")).toBeVisible();
  await page.getByLabel("Words of the caption").fill("zebra");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText("Nothing found for “zebra”")).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page).toHaveURL(/\/studio\?sort=views$/);
  await expect(cards(page)).toHaveCount(24);
});

test("right-to-left captions: each runs in its own direction, the page in its own", async ({ page, qa }) => {
  await qa.reset("right-to-left captions");
  await qa.session("creator");
  await page.goto("/studio");
  for (const caption of ["مرحبا بكم في بيتي #home", "ברוכים הבאים לבית שלי"]) {
    await expect(page.getByText(caption)).toHaveCSS("direction", "rtl");
  }
  await expect(page.getByRole("heading", { level: 1 })).toHaveCSS("direction", "ltr");
});
