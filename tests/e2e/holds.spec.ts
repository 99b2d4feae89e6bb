import { expect, test } from "#tests/support/qa/test";

/** Words that are sent again and again, and numbers that are checked: at the desk, and as the creator sees it. */

const EFFECT_MS = 10_000;

test("a template is filled in, previewed as the creator reads it, and not sent with a place left open; then a hold with a note", async ({
  page,
  qa,
}) => {
  const { slug = "", submissionIds: [first = "", second = ""] = [] } = await qa.reset("two moderators");
  await qa.session("moderator");
  await page.goto("/review/templates");
  await page.getByLabel("Name").fill("Which rule");
  await page.getByLabel("Message").fill("Sorry {{creator}}, it misses this: {{rule}}.");
  await page.getByRole("button", { name: "Add template" }).click();
  await expect(page.getByRole("heading", { name: "Which rule" })).toBeVisible();

  const card = (id: string) => page.locator(`[data-testid="review-card"][data-submission-id="${id}"]`);
  const dialog = page.getByRole("dialog");
  await page.goto(`/review/${slug}`);
  await card(first).getByRole("button", { name: "Reject" }).click();
  await dialog.getByLabel("Template").selectOption("Which rule");
  await dialog.getByLabel("Reason").selectOption("OFF_BRIEF");
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await expect(dialog.getByText("Fill in or take out {{rule}}")).toBeVisible();
  await dialog.getByLabel("Reason").selectOption("OUT_OF_WINDOW");
  await dialog.getByLabel("Internal note").fill("Between us");
  const preview = dialog.getByRole("list", { name: "What happened" });
  await expect(preview).toContainText(/Sorry .+, it misses this: Posted/);
  const promised = (await preview.getByRole("blockquote").textContent()) ?? "";
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await expect(card(first)).toHaveCount(0);

  await card(second).getByRole("button", { name: "Approve" }).click();
  await expect(page.getByTestId("undo-toast")).toContainText("Approved");
  await qa.clock.advance(EFFECT_MS);
  await page.goto(`/review/${slug}?tab=approved`);
  await card(second).focus();
  await page.getByRole("button", { name: "What is known", exact: true }).click();
  const beside = page.getByRole("complementary", { name: "What is known of this entry" });
  await beside.getByText("Hold…").click();
  await beside.getByLabel("Reason").selectOption("SUDDEN_JUMP");
  await beside.getByLabel("Internal note").fill("Four thousand in a minute");
  await beside.getByRole("button", { name: "Hold", exact: true }).click();
  await expect(beside.getByRole("listitem").filter({ hasText: "Four thousand in a minute" })).toContainText("Mara");
  await expect(card(second).getByText("Held")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Held\s*1$/ })).toBeVisible();

  const creator = await qa.open("creator");
  await creator.goto("/studio/entries");
  const entry = (id: string) => creator.locator(`[data-testid="entry-card"][data-submission-id="${id}"]`);
  await expect(entry(first).getByRole("blockquote")).toHaveText(promised);
  await expect(entry(second)).toContainText("Held: numbers are being checked");
  await expect(creator.getByText(/Between us|Four thousand/)).toHaveCount(0);
  await creator.goto(`/challenges/${slug}/leaderboard`);
  await expect(creator.getByTestId("leaderboard-row")).toContainText("Held: numbers are being checked");
});

test("a hold is released on the entry's own page, and its numbers count again", async ({ page, qa }) => {
  const { slug = "", submissionIds: [held = ""] = [] } = await qa.reset("a held entry");
  await qa.session("moderator");
  await page.goto(`/challenges/${slug}/leaderboard`);
  await expect(page.getByTestId("leaderboard-row")).toContainText("Held: numbers are being checked");
  await page.goto(`/review/${slug}/entries/${held}`);
  await expect(page.getByText(/By Theo Okonkwo/)).toBeVisible();
  await page.getByLabel("What came of the check").fill("They are genuine");
  await page.getByRole("button", { name: "Release" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "They are genuine" })).toContainText("with the release");
  await page.goto(`/challenges/${slug}/leaderboard`);
  await expect(page.getByTestId("leaderboard-row")).not.toContainText("Held");
});

test("numbers that jumped are held by the system with what it found; a person clears them, and they are not held again", async ({
  page,
  qa,
}) => {
  const { slug = "", submissionIds: [held = ""] = [] } = await qa.reset("held by anomaly");
  await qa.session("moderator");
  await page.goto(`/review/${slug}?tab=held`);
  await expect(page.getByTestId("review-card")).toContainText("Views 1,900 → 42,000");
  await page.goto(`/review/${slug}/entries/${held}`);
  await expect(page.getByText(/401 times its usual growth of 400 an hour/)).toBeVisible();
  await expect(page.getByText(/By the system/)).toBeVisible();
  await expect(page.getByRole("figure")).toContainText("The line: the reading in doubt");
  await page.getByRole("button", { name: "Release" }).click();
  await expect(page.getByRole("button", { name: "Release" })).toHaveCount(0);
  await qa.clock.advance(60_000);
  await qa.jobs.runSchedule("keep-deadlines");
  await page.goto(`/challenges/${slug}/leaderboard`);
  await expect(page.getByTestId("leaderboard-row")).toContainText("42,000");
  await expect(page.getByTestId("leaderboard-row")).not.toContainText("Held");
});
