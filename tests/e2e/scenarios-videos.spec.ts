import type { Page } from "playwright/test";
import { readStudio } from "#tests/support/qa/read-studio";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

/** A flow for each state of a creator's videos and their sync. */

const status = (page: Page) => page.getByTestId("sync-status");
const cards = (page: Page) => page.getByTestId("video-card");

/** What the product holds of an account against what TikTok lists of it: each once, none missing, none that is private. */
async function expectAllStored(stack: Stack, openId: string): Promise<string[]> {
  const stored = await stack.sql`select tiktok_video_id as id from videos order by 1 desc`;
  const posts = await stack.tiktok.videos(openId);
  const listed = posts.filter(({ privacy }) => privacy === "public").map(({ id }) => id);
  expect(stored.map(({ id }) => id)).toEqual(listed);
  return listed;
}

test("no videos: the studio says that TikTok lists none", async ({ page, qa }) => {
  await qa.reset("no videos");
  await qa.session("creator");
  await page.goto("/studio");
  await expect(status(page)).toContainText("0 videos synced.");
  await expect(page.getByText("TikTok lists no public video of yours")).toBeVisible();
});

for (const [scenario, openId, words] of [
  ["ready to enter", "sim-1", "1 video"],
  ["19 videos", "sim-19", "19 videos"],
  ["20 videos", "sim-20", "20 videos"],
  ["21 videos", "sim-21", "21 videos"],
  ["500 videos", "sim-500", "500 videos"],
  ["5,000 videos", "sim-5000", "5,000 videos"],
] as const) {
  test(`${scenario}: all public ones are stored and stand in the studio, newest first`, {
    tag: openId === "sim-5000" ? "@long" : [],
  }, async ({ page, qa, stack }) => {
    await qa.reset(scenario);
    await qa.session("creator");
    await page.goto("/studio");
    await expect(status(page)).toHaveAttribute("data-state", "succeeded");
    await expect(status(page)).toContainText(`${words} synced.`);
    await expect(page.getByText(words.replace("video", "public video"))).toBeVisible();
    const listed = await expectAllStored(stack, openId);
    expect(listed.length.toLocaleString("en")).toBe(words.split(" ")[0]);
    const ids = await cards(page).evaluateAll((all) => all.map((card) => card.getAttribute("data-video-id")));
    expect(ids).toEqual(listed.slice(0, 24));
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

test("partial sync: a cursor that stands still ends it with words, and Sync now works afterwards", async ({
  page,
  qa,
  stack,
}) => {
  await qa.reset("partial sync");
  await qa.session("creator");
  await page.goto("/studio");
  await expect(status(page)).toHaveAttribute("data-state", "failed");
  await expect(status(page)).toContainText("Sync stopped at 40.");
  await expect(status(page)).toContainText("TikTok's list stopped in the middle. Everything read so far is kept.");
  await expect(page.getByText("40 public videos")).toBeVisible();
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(status(page)).toHaveAttribute("data-state", "succeeded");
  await expect(page.getByText("60 public videos")).toBeVisible();
  await expectAllStored(stack, "sim-60");
});

for (const [scenario, leastMs, tag] of [
  ["rate limited, told how long", 8_000, undefined],
  ["rate limited, not told how long", 0, "@long"],
] as const) {
  test(`${scenario}: the studio says that TikTok asks to slow down, and the sync goes on when it may`, {
    tag: tag ?? [],
  }, async ({ page, qa, stack }) => {
    await qa.reset(scenario);
    await qa.session("creator");
    await page.goto("/studio");
    await expect(status(page)).toHaveAttribute("data-state", "rate_limited");
    await expect(status(page)).toContainText("TikTok asks us to slow down: 20 so far.");
    // The endpoint's pause is on the database's clock: it has to pass.
    await expect(status(page)).toHaveAttribute("data-state", "succeeded", { timeout: 40_000 });
    await expect(status(page)).toHaveAttribute("data-count", "60");
    const calls = await qa.ledger({ endpoint: "video_list" });
    expect(calls.map(({ code }) => code)).toEqual(["ok", "rate_limit_exceeded", "ok", "ok"]);
    const [, refused, next] = calls.map(({ at }) => Date.parse(at));
    expect((next ?? 0) - (refused ?? 0)).toBeGreaterThanOrEqual(leastMs);
    await expectAllStored(stack, "sim-60");
  });
}

test("hostile captions: all are stored and shown as text on every page, and nothing of them runs", async ({
  page,
  qa,
  stack,
}) => {
  await qa.reset("hostile captions");
  await qa.session("creator");
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  const listed = (await stack.tiktok.videos("sim-hostile")).map(({ id }) => id);
  const shown = await readStudio(page);
  expect(shown.flat().sort()).toEqual([...listed].sort());
  await page.goto("/studio");
  await expect(status(page)).toHaveAttribute("data-count", String(listed.length));
  await expect(page.getByText("<script>globalThis.pwned = true</script>", { exact: true })).toBeVisible();
  await expect(page.getByText(`<img src=x onerror="globalThis.pwned = true">`, { exact: true }).first()).toBeVisible();
  expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
  await expect(page.locator("[onerror], [onload], [onmouseover]")).toHaveCount(0);
  expect(dialogs).toEqual([]);
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
