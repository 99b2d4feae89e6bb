import type { Page } from "playwright/test";
import { expect, test } from "#tests/support/qa/test";

/** A flow for each state of the moderators' desk; what two of them do to each other: review-roles.spec.ts, desk.spec.ts. */

const cards = (page: Page) => page.getByTestId("review-card");

test("an empty desk: one sentence, and no card", async ({ page, qa }) => {
  const { slug } = await qa.reset("an empty desk");
  await qa.session("moderator");
  await page.goto(`/review/${slug}`);
  await expect(page.getByTestId("queue-count")).toHaveText("0");
  await expect(cards(page)).toHaveCount(0);
  await expect(page.getByText("Every entry has a decision.")).toBeVisible();
});

test("a decision inside its window: the desk shows it, the creator does not see it until it lapses", async ({
  page,
  qa,
}) => {
  const { slug } = await qa.reset("a decision inside its window");
  await qa.session("moderator");
  await page.goto(`/review/${slug}`);
  await expect(cards(page)).toHaveCount(2);
  const creator = await qa.open("creator");
  await creator.goto("/studio/entries");
  const rejected = creator.locator('[data-testid="entry-card"][data-state="rejected"]');
  await expect(creator.getByTestId("entry-card")).toHaveCount(3);
  await expect(rejected).toHaveCount(0);
  await qa.clock.advance(10_000);
  await creator.reload();
  await expect(rejected).toHaveCount(1);
});

test("results published: the desk says why nothing can be decided, and only an admin may still remove", async ({
  page,
  qa,
}) => {
  const { slug } = await qa.reset("results published");
  const verdicts = (desk: Page) => cards(desk).first().getByRole("button");
  await qa.session("moderator");
  await page.goto(`/review/${slug}?tab=approved`);
  await expect(page.getByText("Nothing is decided in this challenge any more.")).toBeVisible();
  await expect(cards(page)).toHaveCount(3);
  await expect(verdicts(page)).toHaveCount(0);
  const admin = await qa.open("admin");
  await admin.goto(`/review/${slug}?tab=approved`);
  await expect(verdicts(admin)).toHaveText(["Remove"]);
  const creator = await qa.open("creator");
  await creator.goto("/studio/entries");
  await expect(creator.getByRole("region", { name: "Your final place" }).first()).toContainText("Final rank");
});

test("5,000 pending: the desk counts them all and is as quick as with sixty", { tag: "@long" }, async ({
  page,
  qa,
}) => {
  test.slow(true, "Five thousand entries are made for it first, by the product's own verbs");
  const { slug, submissionIds = [] } = await qa.reset("5,000 pending");
  await qa.session("moderator");
  await page.goto(`/review/${slug}`);
  await expect(page.getByTestId("queue-count")).toHaveText("5,000");
  await expect(cards(page)).toHaveCount(24);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(cards(page).first()).toHaveAttribute("data-submission-id", submissionIds[24] ?? "");
});
