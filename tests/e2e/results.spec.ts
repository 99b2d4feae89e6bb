import type { Locator, Page } from "playwright/test";
import { inspect } from "#tests/support/qa/inspect-page";
import { expect, test } from "#tests/support/qa/test";

const rows = (page: Page) => page.getByTestId("leaderboard-row");
/** Entry, rank and points of every row. */
const places = (page: Page) =>
  rows(page).evaluateAll((all) =>
    all.map((row) => [
      row.dataset.submissionId,
      ...[...row.querySelectorAll(".rank, .score")].map((one) => one.textContent),
    ]),
  );
const said = (page: Page, what: Locator) => page.getByRole("status").filter({ has: what });

test("an admin closes, freezes and publishes; a visitor reads the final board and who won", async ({ page, qa }) => {
  const { slug = "", submissionIds = [] } = await qa.reset("about to close");
  await qa.session("admin");
  await page.goto("/admin/challenges");
  await page.getByRole("button", { name: "Close now Windows" }).click();
  await page.getByRole("link", { name: "Freeze and results of Windows" }).click();
  await expect(page.getByText("1 waits for a moderator")).toBeVisible();
  const freeze = page.getByRole("button", { name: "Freeze the standings" });
  await freeze.click();
  await expect(page.getByRole("alert")).toContainText("Some entries can still change");
  await inspect(page, "results before the freeze");

  const desk = await qa.open("moderator");
  await desk.goto(`/review/${slug}`);
  await desk.getByTestId("review-card").getByRole("button", { name: "Approve" }).click();
  await expect(desk.getByTestId("undo-toast")).toBeVisible();
  await qa.clock.advance(11_000);
  await freeze.click();
  await expect(said(page, page.getByText("The standings are frozen"))).toBeFocused();
  await expect(rows(page)).toHaveCount(4);
  const frozen = await places(page);

  const visitor = await qa.open("visitor");
  await visitor.goto(`/challenges/${slug}/leaderboard`);
  await expect(visitor.getByText("Frozen", { exact: true })).toBeVisible();
  await expect(visitor.getByText(/ranks and scores do not change any more/)).toBeVisible();

  await page.getByLabel("How many places win").selectOption("1");
  await page.getByRole("button", { name: "Publish the results" }).click();
  await expect(said(page, page.getByText("The results are published"))).toBeFocused();
  await inspect(page, "results after they are published");
  await visitor.reload();
  await expect(visitor.getByText("Final", { exact: true })).toBeVisible();
  expect(await places(visitor)).toEqual(frozen);
  await expect(rows(visitor).filter({ hasText: "Winner" })).toHaveCount(1);
  const won = await rows(visitor).first().getAttribute("data-submission-id");
  expect(submissionIds).toContain(won);
  await inspect(visitor, "final board");
  await visitor.goto(`/challenges/${slug}`);
  const winner = visitor.getByRole("region", { name: "Winner" });
  await expect(winner).toContainText("Rank 1");
  await inspect(visitor, "challenge with a winner");
  await visitor.goto(`/entries/${won}`);
  await expect(visitor.getByText("Winner", { exact: true })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a winner is replaced, with a reason that is asked for and that everybody reads", async ({ page, qa }) => {
    const { slug = "" } = await qa.reset("results published");
    await qa.session("admin");
    await page.goto(`/admin/challenges/${slug}/results`);
    const replaced = page.getByLabel("Who does not win any more");
    await replaced.selectOption({ index: 1 });
    await page.getByLabel("Reason").fill("   ");
    const replace = page.getByRole("button", { name: "Replace the winner" });
    await replace.click();
    await expect(page.getByLabel("Reason")).toHaveAccessibleDescription(/Say why: everybody can read it/);
    await expect(replaced, "what was chosen is kept").not.toHaveValue("");
    await page.getByLabel("Reason").fill("Its numbers were bought.");
    await replace.click();
    await expect(page.getByRole("status").filter({ hasText: "The winner is replaced" })).toBeVisible();
    await page.goto(`/challenges/${slug}/leaderboard`);
    const results = page.getByRole("region", { name: "Results" });
    await expect(results.getByRole("listitem").filter({ hasText: "Version 2, as it stands" })).toContainText(
      /Its numbers were bought\.\s*Rank 2/,
    );
    await expect(results.getByRole("listitem").filter({ hasText: "Version 1" })).toContainText("Rank 1");
    await expect(rows(page).filter({ hasText: "Winner" }).locator(".rank")).toHaveText("2");
  });
});
