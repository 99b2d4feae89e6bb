import { expect, test } from "#tests/support/qa/test";

test("a pasted link is looked up by itself, shows its rules and what will be entered, and is entered with one call", async ({
  page,
  stack,
  signedInAs,
}) => {
  const { viewer: admin } = await stack.people.signIn("staff-ada");
  const form = { hashtags: "#bridges", entriesPerCreator: "2" };
  const plan = { title: "Bridges", opensInHours: -48, closesInHours: 48, form };
  const { slug } = await stack.challenges.makeChallenge(admin, plan);
  const videos = [
    { agoMs: 3_600_000, caption: "Over the river #bridges", durationSeconds: 30 },
    { agoMs: 7_200_000, caption: "Not this one", durationSeconds: 30 },
  ];
  await stack.tiktok.addAccount({ openId: "bridger", displayName: "Bea Bridger", videos });
  const [good, bad] = (await stack.tiktok.videos("bridger")).map(({ id }) => id);
  await signedInAs("bridger");
  const lookUps = async () => (await stack.tiktok.ledger({ endpoint: "video_lookup" })).map(({ videoIds }) => videoIds);
  await page.goto(`/challenges/${slug}/submit`);
  const field = page.getByLabel("TikTok URL or video ID");
  const card = page.getByTestId("video-card");
  const choice = page.getByRole("region", { name: "Your choice" });

  await field.fill(bad ?? "");
  await page.getByRole("button", { name: "Look up" }).click();
  await expect(card).toHaveAttribute("data-video-id", bad ?? "");
  await expect(card).toHaveAttribute("data-eligible", "false");
  await expect(page.getByRole("heading", { name: "Does not meet 1 rule" })).toBeVisible();
  await expect(field).toHaveValue(bad ?? "");

  // A video of nobody here: its own words, and what was typed stays.
  await field.fill("7000000000000000001");
  await page.getByRole("button", { name: "Look up" }).click();
  await expect(page.getByRole("alert")).toContainText("This video is not among your public videos.");
  await expect(field).toHaveValue("7000000000000000001");
  await expect(choice).not.toContainText("Over the river");

  // After a pause, without a press.
  await field.fill(`https://www.tiktok.com/@bea/video/${good}`);
  await expect(choice).toContainText("You are entering Over the river #bridges");
  await expect(choice).toContainText("2 of 2 entries left.");
  await expect(choice).toContainText("version 1 of the rules");
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(await lookUps()).toEqual([[bad], ["7000000000000000001"], [good]]);

  await page.getByRole("button", { name: "Look up" }).click();
  await expect(page.getByRole("heading", { name: /^Meets all/ })).toBeVisible();
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your video is entered" })).toBeFocused();
  // It is stored and fresh: neither the second look-up nor the entry asked TikTok again.
  expect(await lookUps()).toHaveLength(3);

  // The rules change: whoever accepted version 1 is told what is new, and accepts that.
  await stack.sql`
    insert into challenge_rules (challenge_id, version, required_hashtags, entries_per_creator, ai_policy, posted_from,
      posted_until, created_at)
    select challenge_id, 2, '{}', 3, ai_policy, posted_from, posted_until, created_at from challenge_rules`;
  await stack.sql`update challenges set rules_version = 2`;
  await page.goto(`/challenges/${slug}/submit?q=not+this`);
  const changes = page.getByRole("region", { name: "What changed in the rules" });
  await expect(changes).toContainText("Hashtags");
  await expect(changes).toContainText("now: None");
  await expect(changes).toContainText("now: Up to 3 entries");
  await expect(card).toHaveCount(1);
  await page.getByRole("radio", { name: "Not this one" }).check();
  await expect(choice).toContainText("You are entering Not this one");
  await expect(choice).toContainText("version 2 of the rules");
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(page.getByText("Your video is entered")).toBeVisible();
  await expect(page.getByTestId("entry-card")).toHaveCount(2);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a look-up answers with the video and what will be entered, and newer rules are shown before they are accepted", async ({
    page,
    stack,
    signedInAs,
  }) => {
    const { viewer: admin } = await stack.people.signIn("staff-ada");
    const plan = { title: "Bridges", opensInHours: -48, closesInHours: 48 };
    const { slug } = await stack.challenges.makeChallenge(admin, plan);
    await signedInAs("sim-1");
    const [video] = await stack.tiktok.videos("sim-1");
    await page.goto(`/challenges/${slug}/submit`);
    await page.getByLabel("TikTok URL or video ID").fill(video?.id ?? "");
    await stack.sql`
      insert into challenge_rules (challenge_id, version, required_hashtags, entries_per_creator, ai_policy, posted_from,
        posted_until, created_at)
      select challenge_id, 2, '{}', 7, ai_policy, posted_from, posted_until, created_at from challenge_rules`;
    await stack.sql`update challenges set rules_version = 2`;
    await page.getByRole("button", { name: "Look up" }).click();
    await expect(page.getByTestId("video-card")).toHaveAttribute("data-video-id", video?.id ?? "");
    const choice = page.getByRole("region", { name: "Your choice" });
    await expect(choice).toContainText("You are entering");
    // The page was loaded with version 1: nobody accepts what they have not been shown.
    await expect(choice).toContainText("version 1 of the rules");
    await page.getByRole("button", { name: "Enter this video" }).click();
    await expect(page.getByRole("alert")).toContainText("The rules have a newer version.");
    await expect(page.getByRole("region", { name: "What changed in the rules" })).toContainText("Up to 7 entries");
    await page.getByRole("button", { name: "Enter this video" }).click();
    await expect(page.getByText("Your video is entered")).toBeVisible();
  });
});
