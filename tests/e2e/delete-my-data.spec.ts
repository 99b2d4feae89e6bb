import { expect, test } from "#tests/support/qa/test";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a creator deletes their data: they are signed out, their entry is gone, and their other browser knows them no more", async ({
      page,
      qa,
    }) => {
      const { slug } = await qa.reset("an approved entry");
      await qa.session("creator");
      const elsewhere = await qa.open("creator");
      await elsewhere.goto("/studio/entries");
      await expect(elsewhere.getByTestId("entry-card")).toHaveCount(1);

      await page.goto("/account");
      await page.getByRole("button", { name: "Delete my data" }).click();
      await expect(page.getByRole("main")).toContainText("This cannot be undone.");
      await page.getByRole("button", { name: "Delete my data" }).click();
      await expect(page).toHaveURL(/\/login\?erased=1$/);
      await expect(page.getByRole("link", { name: "Sign in", exact: true })).toBeVisible();

      await page.goto(`/challenges/${slug}`);
      await expect(page.getByRole("heading", { name: "Gallery" })).toBeVisible();
      await expect(page.getByTestId("entry-card")).toHaveCount(0);
      await expect(page.getByTestId("leaderboard-row")).toHaveCount(0);
      await elsewhere.reload();
      await expect(elsewhere).toHaveURL(/\/login/);
    });
  });
}
