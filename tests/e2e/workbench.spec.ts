import type { Qa } from "#tests/support/qa/qa";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

/** What the flows rely on: states come back whole, quickly and the same; time is one for everybody. */

const DAY_MS = 86_400_000;

/** All that a flow could tell one world from another by. */
async function readWorld(stack: Stack) {
  const read = (table: string) =>
    stack.sql.unsafe(`select md5(string_agg(t::text, ',' order by t::text)) as rows from ${table} t`);
  const tables = ["users", "tiktok_accounts", "challenges", "videos", "submissions", "decisions", "sessions"];
  const rows = await Promise.all(tables.map(async (table) => [table, (await read(table))[0]?.rows] as const));
  const accounts = (await stack.tiktok.state()).cast.map(({ openId, publicVideos, liveAccessTokens }) => {
    return [openId, publicVideos, liveAccessTokens] as const;
  });
  return { rows, accounts };
}

const readIds = async (stack: Stack, qa: Qa) => {
  const { slug, submissionIds, videoIds } = await qa.reset("60 pending");
  const stored = await stack.sql`select id, tiktok_video_id, posted_at, caption from videos order by id`;
  return { slug, submissionIds, videoIds, stored: [...stored] };
};

test("a scenario comes back within two seconds, whole, whatever was done to it", async ({ page, qa, stack }) => {
  const { slug } = await qa.reset("60 pending");
  const before = await readWorld(stack);
  await qa.session("moderator");
  await page.goto(`/review/${slug}`);
  await page.getByTestId("review-card").first().getByRole("button", { name: "Approve" }).click();
  await expect(page.getByTestId("queue-count")).toHaveText("59");
  await stack.tiktok.changeVideo("sim-60", (await stack.tiktok.videos("sim-60"))[0]?.id ?? "", { deleted: true });
  await qa.clock.advance(DAY_MS);
  expect(await readWorld(stack)).not.toEqual(before);
  // An open desk asks by itself, and is seen to.
  await page.goto("about:blank");
  const started = performance.now();
  await qa.reset("60 pending");
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(await readWorld(stack)).toEqual(before);
  await page.goto(`/review/${slug}`);
  await expect(page.getByTestId("queue-count")).toHaveText("60");
});

test("a scenario that is made anew has the same ids, dates and words", async ({ qa, stack }) => {
  const first = await readIds(stack, qa);
  qa.forget("60 pending");
  expect(await readIds(stack, qa)).toEqual(first);
  expect(first.submissionIds).toHaveLength(60);
});

test("one clock moves the server, TikTok and an open page", async ({ page, qa, stack }) => {
  const { slug } = await qa.reset("ready to enter");
  await page.goto(`/challenges/${slug}`);
  const days = page.getByRole("timer", { name: "Time left" }).locator("[data-unit=days]");
  await expect(days).toHaveText("4");
  await qa.clock.advance(DAY_MS);
  await expect(days, "without a reload").toHaveText("3");
  await qa.clock.advance(4 * DAY_MS);
  await page.reload();
  await expect(page.getByRole("link", { name: "Enter a video" })).toHaveCount(0);
  const { createMs } = await stack.tiktok.addVideo("sim-1", { caption: "Posted after the move" });
  expect(Math.abs(createMs - qa.clock.now().getTime())).toBeLessThan(5_000);
});

test("jobs that wait for later are made due, and work is waited for", async ({ page, qa }) => {
  await qa.reset("never synced");
  await qa.session("creator");
  await page.goto("/studio");
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect.poll(async () => (await qa.ledger({ endpoint: "video_list" })).length).toBeGreaterThan(0);
  await qa.jobs.idle();
  expect(await qa.jobs.run("sync-videos"), "nothing waits any more").toBe(0);
  expect(await qa.ledger({ endpoint: "video_list" })).toHaveLength(3);
});
