import type { Page } from "playwright/test";
import { inspect } from "#tests/support/qa/inspect-page";
import type { Qa } from "#tests/support/qa/qa";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

/** A creator asks for a second look, and another moderator gives it. */

const EFFECT_MS = 10_000;

/** The first of three entries was rejected, with effect. Gives its id. */
async function rejectFirst(qa: Qa, stack: Stack): Promise<string> {
  const { submissionIds = [] } = await qa.reset("two moderators");
  const [submissionId = ""] = submissionIds;
  await stack.submissions.decideSubmission(
    { intent: "reject", submissionId, seenVersion: 1, reason: "OFF_BRIEF", message: "We see no window." },
    qa.person("moderator").viewer,
    "request",
  );
  await qa.clock.advance(EFFECT_MS);
  return submissionId;
}

const entryOf = (page: Page, submissionId: string) =>
  page.locator(`[data-testid="entry-card"][data-submission-id="${submissionId}"]`);

test("reject, appeal, upheld by another moderator: the creator reads each step", async ({ page, qa, stack }) => {
  const submissionId = await rejectFirst(qa, stack);
  await qa.session("creator");
  await page.goto("/studio/entries");
  const entry = entryOf(page, submissionId);
  await entry.getByText("Is this decision wrong?").click();
  await entry.getByLabel("Why should it be looked at again?").fill("It is at 0:12, <b>on the left</b>.");
  await entry.getByRole("button", { name: "Appeal" }).click();
  await expect(entry).toContainText("Next: another moderator looks at it again.");
  await expect(entry.getByRole("button", { name: "Appeal" }), "there is one appeal").toHaveCount(0);

  const first = await qa.open("moderator");
  await first.goto("/review");
  await first.getByRole("link", { name: "Appeals 1" }).click();
  const own = first.getByTestId("review-card");
  await expect(own).toContainText("It is at 0:12, <b>on the left</b>.");
  await expect(own).toContainText("You made this decision: another moderator decides on the appeal.");
  await expect(own.getByRole("button", { name: /Uphold|Dismiss/ })).toHaveCount(0);

  const second = await qa.open("second");
  await second.goto("/review/appeals");
  const card = second.getByTestId("review-card");
  await expect(card).toContainText(`Rejected by ${qa.person("moderator").viewer.displayName}`);
  await inspect(second, "an appeal");
  await card.getByRole("button", { name: "Uphold" }).click();
  await expect(card).toHaveCount(0);
  await expect(second.getByTestId("undo-toast")).toContainText("Approved");
  await page.reload();
  await expect(entry, "inside the window").toHaveAttribute("data-state", "rejected");
  await qa.clock.advance(EFFECT_MS);
  await page.reload();
  await expect(entry).toHaveAttribute("data-state", "approved");
  const steps = entry.getByRole("list", { name: "What happened" }).locator(":scope > li > p > strong");
  await expect(steps).toHaveText([
    "You entered it",
    "Checked against the rules",
    "Not accepted",
    "You appealed",
    "Your appeal was upheld: it is in the gallery",
  ]);
  await second.goto("/review/log?verdict=rejected");
  await expect(second.getByRole("row").nth(1)).toContainText(
    `Appeal upheld by ${qa.person("second").viewer.displayName}`,
  );
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an appeal is made, dismissed in words that have to be given, and the answer read", async ({
    page,
    qa,
    stack,
  }) => {
    const submissionId = await rejectFirst(qa, stack);
    await qa.session("creator");
    await page.goto("/studio/entries");
    const entry = entryOf(page, submissionId);
    await entry.getByText("Is this decision wrong?").click();
    const statement = entry.getByLabel("Why should it be looked at again?");
    await statement.fill("   ");
    await entry.getByRole("button", { name: "Appeal" }).click();
    await expect(statement).toHaveAccessibleDescription(/Say why it should be looked at again/);
    await statement.fill("Please look again.");
    await entry.getByRole("button", { name: "Appeal" }).click();
    await expect(entry).toContainText("You appealed");

    await qa.session("second");
    await page.goto("/review/appeals");
    const card = page.getByTestId("review-card");
    await card.getByRole("button", { name: "Dismiss" }).click();
    const answer = card.getByLabel("Answer to the creator");
    await expect(answer).toHaveAccessibleDescription(/Write what the creator should know/);
    await answer.fill("There is no window in it.");
    await card.getByRole("button", { name: "Dismiss" }).click();
    await expect(card).toHaveCount(0);
    await page.getByTestId("undo-toast").getByRole("button", { name: "Undo" }).click();
    await expect(card).toHaveCount(1);
    await answer.fill("There is no window in it.");
    await card.getByRole("button", { name: "Dismiss" }).click();
    await qa.clock.advance(EFFECT_MS);
    await qa.session("creator");
    await page.goto("/studio/entries");
    await expect(entry).toContainText("Your appeal was dismissed");
    await expect(entry).toContainText("There is no window in it.");
  });
});
