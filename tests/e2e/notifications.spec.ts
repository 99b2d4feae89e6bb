import { expect, test } from "#tests/support/qa/test";

test("a creator is told of a rejection once it counts: how much is new, why, and what to do", async ({ page, qa }) => {
  const { slug, submissionIds = [] } = await qa.reset("two moderators");
  const creator = await qa.open("creator");
  await creator.goto("/notifications");
  await expect(creator.getByText("Nothing to tell you yet")).toBeVisible();

  await qa.session("moderator");
  await page.goto(`/review/${slug}`);
  const card = page.getByTestId("review-card").first();
  await card.getByRole("button", { name: "Reject" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").selectOption("Not what the brief asks for");
  await dialog.getByLabel("Message to the creator").fill("Please show the place itself.");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(page.getByTestId("undo-toast")).toBeVisible();

  await qa.clock.advance(10_000);
  await qa.jobs.run("tell-creators");
  await creator.goto("/studio");
  await creator.getByRole("link", { name: "Notifications, 1 unread" }).click();
  const told = creator.getByRole("article");
  await expect(told).toHaveCount(1);
  await expect(told.getByRole("heading")).toHaveText("Your entry was not accepted");
  await expect(told).toContainText("Please show the place itself.");
  await expect(told).toContainText("Not what the brief asks for");
  await expect(told.getByRole("link", { name: "Open my entries" })).toHaveAttribute("href", "/studio/entries");
  await creator.getByRole("button", { name: "Mark all as read" }).click();
  await expect(creator.getByText("You have read everything.")).toBeVisible();
  await expect(creator.getByRole("link", { name: "Notifications", exact: true })).toBeVisible();
  const [submissionId] = submissionIds;
  expect(await qa.outbox()).toEqual({
    told: [{ kind: "rejected", submissionId, read: true }],
    waiting: 0,
    letters: [],
  });
});
