import { randomUUID } from "node:crypto";
import type { Page } from "playwright/test";
import { callsTo } from "#tests/support/qa/calls";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";
import type { ChallengePlan } from "#tests/support/world/challenges";
import type { Person } from "#tests/support/world/people";

interface Scene {
  slug: string;
  admin: Person;
  /** One public video, 30 seconds long, not stored. */
  id: string;
}

async function arrange(stack: Stack, plan: Partial<ChallengePlan> = {}): Promise<Scene> {
  const admin = await stack.people.signIn("staff-ada");
  const { slug } = await stack.challenges.makeChallenge(admin.viewer, {
    title: "Stairs",
    opensInHours: -48,
    closesInHours: 48,
    ...plan,
  });
  const videos = [{ agoMs: 3_600_000, caption: "Up and down", durationSeconds: 30 }];
  await stack.tiktok.addAccount({ openId: "climber", displayName: "Clara Climber", videos });
  const [video] = await stack.tiktok.videos("climber");
  return { slug, admin, id: video?.id ?? "" };
}

async function fillIn(page: Page, slug: string, pasted: string): Promise<void> {
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByLabel("TikTok URL or video ID").fill(pasted);
}

const press = (page: Page) => page.getByRole("button", { name: "Enter this video" }).click();

/** Refused in these words, said aloud and focused; what was typed stands there still; nothing was entered. */
async function expectRefused(page: Page, stack: Stack, words: string, pasted: string, entries = 0): Promise<void> {
  const refusal = page.getByRole("alert").filter({ hasText: "Your video was not entered" });
  await expect(refusal).toContainText(words);
  await expect(refusal).toBeFocused();
  await expect(page.getByLabel("TikTok URL or video ID")).toHaveValue(pasted);
  const [entered] = await stack.sql`select count(*)::int as count from submissions`;
  expect(entered?.count).toBe(entries);
}

function enter(stack: Stack, slug: string, reference: string, person: Person) {
  const request = { slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
  return stack.submissions.submitVideo(request, person.viewer);
}

const notYours = "This video is not among your public videos. It may be private, deleted or another account's.";

test("private, deleted, foreign and unknown videos are refused in one wording", async ({ page, stack, signedInAs }) => {
  const { slug } = await arrange(stack);
  const hidden = await stack.tiktok.addVideo("climber", { privacy: "private" });
  const deleted = await stack.tiktok.addVideo("climber", { deleted: true });
  const [foreign] = await stack.tiktok.videos("sim-1");
  await signedInAs("climber");
  for (const id of [hidden.id, deleted.id, foreign?.id ?? "", "7000000000000000001"]) {
    await fillIn(page, slug, id);
    await press(page);
    await expectRefused(page, stack, notYours, id);
  }
  expect(await stack.tiktok.ledger({ endpoint: "video_lookup" })).toHaveLength(4);
});

test("a video that is held under another account is refused without asking TikTok", async ({
  page,
  stack,
  signedInAs,
}) => {
  const { slug } = await arrange(stack);
  await stack.people.sync(await stack.people.signIn("sim-1"));
  const [held] = await stack.tiktok.videos("sim-1");
  await signedInAs("climber");
  await fillIn(page, slug, held?.id ?? "");
  await press(page);
  await expectRefused(page, stack, "This video belongs to another TikTok account", held?.id ?? "");
  expect(await stack.tiktok.ledger({ endpoint: "video_lookup" })).toEqual([]);
});

test("a video that is entered already is refused as such", async ({ page, stack, signedInAs }) => {
  const { slug, id } = await arrange(stack);
  await enter(stack, slug, id, await signedInAs("climber"));
  await fillIn(page, slug, id);
  await press(page);
  await expectRefused(page, stack, "This video is already entered in this challenge.", id, 1);
});

test("with all entries used another one is refused, and withdrawing is offered", async ({
  page,
  stack,
  signedInAs,
}) => {
  const { slug, id } = await arrange(stack, { form: { entriesPerCreator: "1" } });
  await enter(stack, slug, id, await signedInAs("climber"));
  const second = await stack.tiktok.addVideo("climber", { agoMs: 60_000 });
  await fillIn(page, slug, second.id);
  await press(page);
  await expectRefused(page, stack, "You have used all your entries in this challenge. Withdraw one", second.id, 1);
});

test("a video that breaks a rule is refused with that rule, and its card is there to see", async ({
  page,
  stack,
  signedInAs,
}) => {
  const { slug, id } = await arrange(stack, { form: { maxDurationSeconds: "20", hashtags: "#stairs" } });
  await signedInAs("climber");
  await fillIn(page, slug, id);
  await press(page);
  await expectRefused(page, stack, "This video does not meet a rule of this challenge.", id);
  const refusal = page.getByRole("alert");
  await expect(refusal.getByRole("listitem").filter({ hasText: "At most 20 seconds" })).toContainText("30 seconds");
  await expect(refusal.getByRole("listitem").filter({ hasText: "#stairs" })).toContainText("not in the caption");
  await expect(refusal.getByRole("listitem")).toHaveCount(2);
  await expect(page.getByTestId("video-card")).toHaveAttribute("data-eligible", "false");
  await expect(page.getByTestId("video-card")).toHaveAttribute("data-video-id", id);
});

test("a challenge that closed while the page stood open takes nothing more", async ({ page, stack, signedInAs }) => {
  const { slug, id, admin } = await arrange(stack);
  await signedInAs("climber");
  await fillIn(page, slug, id);
  await stack.challenges.actOnChallenge(slug, "close", admin.viewer, randomUUID());
  await press(page);
  await expectRefused(page, stack, "This challenge is closed, so it takes no more entries. Nothing was entered.", id);
  await page.goto(`/challenges/${slug}/submit`);
  await expect(page.getByRole("main").getByRole("status")).toContainText("It is closed.");
  await expect(page.getByRole("button", { name: "Enter this video" })).toBeDisabled();
});

test("a paused challenge keeps the choice, and takes it when it goes on", async ({ page, stack, signedInAs }) => {
  const { slug, id, admin } = await arrange(stack);
  await signedInAs("climber");
  await fillIn(page, slug, id);
  await stack.challenges.actOnChallenge(slug, "pause", admin.viewer, randomUUID());
  await press(page);
  await expectRefused(page, stack, "This challenge is paused. Your choice is kept; try again when it goes on.", id);
  await stack.challenges.actOnChallenge(slug, "resume", admin.viewer, randomUUID());
  await press(page);
  await expect(page.getByText("Your video is entered")).toBeVisible();
  await expect(page.getByTestId("entry-card")).toHaveAttribute("data-video-id", id);
});

test("a scheduled challenge says when it opens, and refuses a form that is sent all the same", async ({
  page,
  stack,
  signedInAs,
}) => {
  const { slug, id } = await arrange(stack, { opensInHours: 24, closesInHours: 48 });
  const person = await signedInAs("climber");
  await page.goto(`/challenges/${slug}/submit`);
  await expect(page.getByRole("main").getByRole("status")).toContainText("It opens on");
  await expect(page.getByRole("button", { name: "Enter this video" })).toBeDisabled();
  const answer = await fetch(page.url(), {
    method: "POST",
    headers: { cookie: person.cookie, origin: stack.origin },
    body: new URLSearchParams({ pasted: id, rulesVersion: "1", attemptId: randomUUID() }),
  });
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain("This challenge is not open yet. Come back when it opens.");
  const [entered] = await stack.sql`select count(*)::int as count from submissions`;
  expect(entered?.count).toBe(0);
});

test("what is no address of a video is refused at once, again and again, and TikTok never hears of it", async ({
  page,
  stack,
  signedInAs,
}) => {
  const { slug, id } = await arrange(stack);
  await signedInAs("climber");
  await stack.tiktok.clearLedger();
  await page.goto(`/challenges/${slug}/submit`);
  for (const pasted of [
    "",
    "my video",
    "12345",
    "https://www.tiktok.com/@climber",
    `https://evil.example/@climber/video/${id}`,
    `https://www.tiktok.com@evil.example/@climber/video/${id}`,
    `https://www.tiktok.com:8443/@climber/video/${id}`,
  ]) {
    await page.getByLabel("TikTok URL or video ID").fill(pasted);
    await press(page);
    await expectRefused(page, stack, "That is not a TikTok URL or video ID.", pasted);
    await page.getByLabel("TikTok URL or video ID").focus();
  }
  expect(await callsTo(stack.tiktok)).toEqual([]);
});

test("rules that are not the ones accepted are refused", async ({ page, stack, signedInAs }) => {
  const { slug, id } = await arrange(stack);
  await signedInAs("climber");
  await fillIn(page, slug, id);
  // The form as it would stand in a page from before a change of the rules.
  await page.locator("input[name=rulesVersion]").evaluate((field) => field.setAttribute("value", "7"));
  await press(page);
  await expectRefused(page, stack, "The rules have a newer version. Read and accept it", id);
});
