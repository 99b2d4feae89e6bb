import { randomUUID } from "node:crypto";
import { expect, test } from "#tests/support/qa/test";

test("an admin makes a rule, tries it, enables it, applies it and takes that back; a new entry is flagged", async ({
  page,
  qa,
  stack,
  signedInAs,
}) => {
  const { slug = "", submissionIds = [] } = await qa.reset("two moderators");
  const entered = submissionIds.length;
  await stack.tiktok.addAccount({
    openId: "seller",
    displayName: "Sam Seller",
    videos: [{ agoMs: 60_000, caption: "Big sale today", durationSeconds: 30 }],
  });
  const seller = await stack.people.signIn("seller");
  const [sale] = await stack.tiktok.videos("seller");
  await signedInAs("staff-ada", { role: "admin" });
  await page.goto("/admin/challenges");
  await page.getByRole("link", { name: /^Review of/ }).click();
  await expect(page.getByText("No rule yet")).toBeVisible();
  await page.getByRole("link", { name: "New rule" }).click();
  await page.getByLabel("Name").fill("Everything");
  await page.getByRole("button", { name: "Save rule" }).click();
  await expect(page.getByLabel("The caption says one of")).toHaveAccessibleDescription(/Give at least one condition/);
  await page.getByLabel("The video is longer than (seconds)").fill("1");
  await page.getByRole("button", { name: "Save rule" }).click();
  const rule = page.getByRole("article", { name: "Everything" });
  await expect(rule.getByRole("button", { name: "Enable" })).toHaveCount(0);
  await rule.getByRole("button", { name: "Try on earlier entries" }).click();
  await expect(rule).toContainText(`Would have matched ${entered} of ${entered}, 0 of them approved.`);
  await rule.getByRole("button", { name: "Enable" }).click();
  await expect(rule).toHaveAttribute("data-state", "enabled");
  const mara = await qa.open("moderator");
  await mara.goto(`/review/${slug}`);
  await mara.getByRole("link", { name: "Rules that help" }).click();
  const read = mara.getByRole("article", { name: "Everything" });
  await expect(read, "moderators read what an admin changes").toContainText("If the video is longer than 1 second:");
  await expect(mara.getByRole("main").getByRole("link")).toHaveText(["Back to the desk"]);
  await rule.getByRole("button", { name: `Apply to ${entered} pending` }).click();
  await expect(page.getByRole("status").filter({ hasText: `${entered} entries flagged` })).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status").filter({ hasText: `${entered} taken back` })).toBeVisible();
  const request = { slug, reference: sale?.id ?? "", acceptedRulesVersion: 1, attemptId: randomUUID() };
  await stack.submissions.submitVideo(request, seller.viewer);
  await page.goto(`/review/${slug}?tab=flagged`);
  const card = page.getByTestId("review-card");
  await expect(card).toHaveCount(1);
  await expect(card).toContainText("By the rule “Everything”");

  // The same conditions may hold instead: what waits is held once somebody has approved it.
  await page.goto(`/admin/challenges/${slug}/review`);
  await page.getByRole("link", { name: "Change Everything" }).click();
  await page.getByLabel("Then").selectOption("Hold it once it is approved");
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await rule.getByRole("button", { name: "Try on earlier entries" }).click();
  await rule.getByRole("button", { name: "Enable" }).click();
  await rule.getByRole("button", { name: `Apply to ${entered} pending` }).click();
  await expect(page.getByText(`${entered} entries will be held once approved`)).toBeVisible();
  await mara.goto(`/review/${slug}`);
  await expect(mara.getByTestId("review-card").filter({ hasText: "Held once approved" })).toHaveCount(entered);
});
