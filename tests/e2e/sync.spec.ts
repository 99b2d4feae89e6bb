import { readStudio } from "#tests/support/qa/read-studio";
import { expect, test } from "#tests/support/qa/test";

const PAGE = 24;

test("Sync now shows its progress without a reload, asks for each page once, and then all videos stand in the studio", async ({
  page,
  qa,
  stack,
}) => {
  await qa.reset("never synced");
  await qa.session("creator");
  // The second page takes its time: longer than the studio waits before it asks how far it is.
  await qa.fault.set({ endpoint: "video_list", kind: "delay", delayMs: 4_000, after: 1, times: 1 });
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

  const posted = await stack.tiktok.videos("sim-60");
  const asked = await qa.ledger({ endpoint: "video_list" });
  expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, posted[19]?.createMs, posted[39]?.createMs]);
  expect(asked.map(({ maxCount }) => maxCount)).toEqual([20, 20, 20]);
  expect(await qa.ledger({ endpoint: "video_lookup" })).toEqual([]);
  const shown = await readStudio(page);
  expect(shown.map((ids) => ids.length)).toEqual([PAGE, PAGE, 12]);
  expect(shown.flat()).toEqual(posted.map(({ id }) => id));
});

test("pressing Sync now many times makes one run", async ({ page, qa, stack }) => {
  await qa.reset("never synced");
  await qa.session("creator");
  // The run stays on its first page until everybody has pressed.
  await qa.fault.set({ endpoint: "video_list", kind: "delay", delayMs: 4_000, times: 1 });
  await page.goto("/studio");
  const headers = { cookie: qa.person("creator").cookie, origin: stack.origin };
  const [, ...answers] = await Promise.all([
    page.getByRole("button", { name: "Sync now" }).dblclick(),
    ...Array.from({ length: 5 }, () => fetch(page.url(), { method: "POST", redirect: "manual", headers })),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([302, 302, 302, 302, 302]);
  await expect(page.getByTestId("sync-status")).toHaveAttribute("data-state", "succeeded");
  await expect(page.getByTestId("sync-status")).toHaveAttribute("data-count", "60");
  const [runs] = await stack.sql`select count(*)::int as count from sync_runs`;
  expect(runs?.count).toBe(1);
  expect(await qa.ledger({ endpoint: "video_list" })).toHaveLength(3);
});
