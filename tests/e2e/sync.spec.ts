import type { Page } from "playwright/test";
import { expect, test } from "#tests/support/qa/test";

const PAGE = 24;

async function pressSync(page: Page): Promise<void> {
  await page.goto("/studio");
  await page.getByRole("button", { name: "Sync now" }).click();
}

/** The ids of every page of the studio, by its own links. */
async function readStudio(page: Page): Promise<string[][]> {
  const pages: string[][] = [];
  await page.goto("/studio");
  for (;;) {
    const cards = page.getByTestId("video-card");
    await expect(cards.first()).toBeVisible();
    pages.push(await cards.evaluateAll((all) => all.map((card) => card.getAttribute("data-video-id") ?? "")));
    const next = page.getByRole("link", { name: "Next page" });
    if ((await next.count()) === 0) return pages;
    const address = await next.getAttribute("href");
    await next.click();
    await expect(page).toHaveURL((url) => `${url.pathname}${url.search}` === address);
    await expect(cards.first()).not.toHaveAttribute("data-video-id", pages.at(-1)?.[0] ?? "");
  }
}

test("Sync now shows its progress without a reload, and then all videos of the account stand in the studio", async ({
  page,
  stack,
  signedInAs,
}) => {
  await signedInAs("sim-60");
  // Every page of the list takes its time, as TikTok's do.
  await stack.tiktok.addFault({ endpoint: "video_list", kind: "delay", delayMs: 2_500 });
  await page.goto("/studio");
  let loads = 0;
  page.on("load", () => {
    loads += 1;
  });
  const status = page.getByTestId("sync-status");
  await expect(status).toHaveAttribute("data-state", "idle");
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(status).toHaveAttribute("data-state", "running");
  await expect(status).toHaveAttribute("data-count", "20");
  await expect(status).toContainText("20 so far");
  await expect(status).toHaveAttribute("data-state", "succeeded");
  await expect(status).toHaveAttribute("data-count", "60");
  await expect(status).toContainText("60 videos synced.");
  await expect(page.getByText("60 public videos")).toBeVisible();
  expect(loads).toBe(0);

  const shown = await readStudio(page);
  expect(shown.map((ids) => ids.length)).toEqual([PAGE, PAGE, 12]);
  const posted = (await stack.tiktok.videos("sim-60")).map(({ id }) => id);
  expect(shown.flat()).toEqual(posted);
});

test("a sync follows TikTok's cursor to the end and asks for every page once", async ({ page, stack, signedInAs }) => {
  await signedInAs("sim-60");
  await pressSync(page);
  await expect(page.getByTestId("sync-status")).toHaveAttribute("data-state", "succeeded");
  const asked = await stack.tiktok.ledger({ endpoint: "video_list" });
  const posted = (await stack.tiktok.videos("sim-60")).map(({ createMs }) => createMs);
  expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, posted[19], posted[39]]);
  expect(asked.map(({ maxCount }) => maxCount)).toEqual([20, 20, 20]);
  expect(await stack.tiktok.ledger({ endpoint: "video_lookup" })).toEqual([]);
});

for (const [openId, count, words] of [
  ["sim-0", 0, "0 videos synced."],
  ["sim-1", 1, "1 video synced."],
  ["sim-19", 19, "19 videos synced."],
  ["sim-20", 20, "20 videos synced."],
  ["sim-21", 21, "21 videos synced."],
] as const) {
  test(`${openId}: exactly its ${count} public videos are synced`, async ({ page, stack, signedInAs }) => {
    await signedInAs(openId);
    await pressSync(page);
    const status = page.getByTestId("sync-status");
    await expect(status).toHaveAttribute("data-state", "succeeded");
    await expect(status).toHaveAttribute("data-count", String(count));
    await expect(status).toContainText(words);
    const posts = await stack.tiktok.videos(openId);
    const open = posts.filter(({ privacy, deleted }) => privacy === "public" && !deleted);
    expect(open).toHaveLength(count);
    const cards = page.getByTestId("video-card");
    await expect(cards).toHaveCount(count);
    const shown = await cards.evaluateAll((all) => all.map((card) => card.getAttribute("data-video-id")));
    expect(shown).toEqual(open.map(({ id }) => id));
    if (openId === "sim-21") expect(posts.length - open.length).toBe(2);
    if (count === 0) await expect(page.getByText("TikTok lists no public video of yours")).toBeVisible();
  });
}

test("five hundred videos are synced to the last one", async ({ page, stack, signedInAs }) => {
  const person = await signedInAs("sim-500");
  await pressSync(page);
  const status = page.getByTestId("sync-status");
  await expect(status).toHaveAttribute("data-state", "succeeded", { timeout: 40_000 });
  await expect(status).toContainText("500 videos synced.");
  await expect(page.getByText("500 public videos")).toBeVisible();
  const stored = await stack.sql`
    select tiktok_video_id as id from videos where account_id = ${person.viewer.accountId} order by 1 desc`;
  expect(stored.map(({ id }) => id)).toEqual((await stack.tiktok.videos("sim-500")).map(({ id }) => id));
});

test("pressing Sync now many times makes one run", async ({ page, stack, signedInAs }) => {
  const person = await signedInAs("sim-60");
  // The run stays on its first page until everybody has pressed.
  await stack.tiktok.addFault({ endpoint: "video_list", kind: "delay", delayMs: 8_000, times: 1 });
  await page.goto("/studio");
  const headers = { cookie: person.cookie, origin: stack.origin };
  const [, ...answers] = await Promise.all([
    page.getByRole("button", { name: "Sync now" }).dblclick(),
    ...Array.from({ length: 5 }, () => fetch(page.url(), { method: "POST", redirect: "manual", headers })),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([302, 302, 302, 302, 302]);
  await expect(page.getByTestId("sync-status")).toHaveAttribute("data-state", "succeeded", { timeout: 30_000 });
  await expect(page.getByTestId("sync-status")).toHaveAttribute("data-count", "60");
  const [runs] = await stack.sql`select count(*)::int as count from sync_runs`;
  expect(runs?.count).toBe(1);
  expect(await stack.tiktok.ledger({ endpoint: "video_list" })).toHaveLength(3);
});

test("captions that are code are shown as text, and right-to-left text is kept", async ({
  page,
  stack,
  signedInAs,
}) => {
  const arabic = "مرحبا بكم في بيتي";
  await stack.tiktok.addVideo("sim-hostile", { caption: arabic });
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  await signedInAs("sim-hostile");
  await pressSync(page);
  const status = page.getByTestId("sync-status");
  await expect(status).toHaveAttribute("data-state", "succeeded");
  const listed = (await stack.tiktok.videos("sim-hostile")).map(({ id }) => id);
  const shown = await readStudio(page);
  expect(shown.flat().sort()).toEqual([...listed].sort());
  await page.goto("/studio");
  await expect(page.getByTestId("video-card").filter({ hasText: arabic })).toHaveCount(1);
  await expect(page.getByText(arabic)).toHaveCSS("direction", "rtl");
  await expect(page.getByText("<script>globalThis.pwned = true</script>", { exact: true })).toBeVisible();
  await expect(page.getByText(`<img src=x onerror="globalThis.pwned = true">`, { exact: true }).first()).toBeVisible();
  expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
  await expect(page.locator("[onerror], [onload], [onmouseover]")).toHaveCount(0);
  expect(dialogs).toEqual([]);
});
