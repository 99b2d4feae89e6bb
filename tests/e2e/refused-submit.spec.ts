import { randomUUID } from "node:crypto";
import type { Page } from "playwright/test";
import { callsTo } from "#tests/support/qa/calls";
import type { Qa } from "#tests/support/qa/qa";
import type { ScenarioName } from "#tests/support/qa/scenarios";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

/** A creator before an open challenge, and the newest of their videos. */
async function arrive(qa: Qa, scenario: ScenarioName = "nothing stored"): Promise<{ slug: string; id: string }> {
  const { slug = "", videoIds: [id = ""] = [] } = await qa.reset(scenario);
  await qa.session("creator");
  return { slug, id };
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

const notYours = "This video is not among your public videos. It may be private, deleted or another account's.";

test("private, deleted, foreign and unknown videos are refused in one wording", async ({ page, qa, stack }) => {
  const { slug } = await arrive(qa);
  const hidden = await stack.tiktok.addVideo("sim-19", { privacy: "private" });
  const deleted = await stack.tiktok.addVideo("sim-19", { deleted: true });
  const [foreign] = await stack.tiktok.videos("sim-1");
  const ids = [hidden.id, deleted.id, foreign?.id ?? "", "7000000000000000001"];
  for (const id of ids) {
    await fillIn(page, slug, id);
    await press(page);
    await expectRefused(page, stack, notYours, id);
  }
  const lookups = await qa.ledger({ endpoint: "video_lookup" });
  expect(lookups.map(({ videoIds }) => videoIds)).toEqual(ids.map((id) => [id]));
});

test("a video that is held under another account is refused without asking TikTok", async ({ page, qa, stack }) => {
  const { slug } = await arrive(qa);
  await stack.people.sync(await stack.people.signIn("sim-1"));
  const [held] = await stack.tiktok.videos("sim-1");
  await fillIn(page, slug, held?.id ?? "");
  await press(page);
  await expectRefused(page, stack, "This video belongs to another TikTok account", held?.id ?? "");
  expect(await qa.ledger({ endpoint: "video_lookup" })).toEqual([]);
});

test("a video that is entered already is marked as such, and refused as such", async ({ page, qa, stack }) => {
  const { slug, id } = await arrive(qa, "duplicate");
  await fillIn(page, slug, id);
  await expect(page.getByRole("radio", { name: /already entered/ })).toBeDisabled();
  await press(page);
  await expectRefused(page, stack, "This video is already entered in this challenge.", id, 1);
});

test("with all entries used another one is refused, and withdrawing is offered", async ({ page, qa, stack }) => {
  const { slug, id } = await arrive(qa, "entry limit reached");
  await fillIn(page, slug, id);
  await press(page);
  await expectRefused(page, stack, "You have used all your entries in this challenge. Withdraw one", id, 1);
});

test("a video that breaks a rule is refused with that rule, and its card is there to see", async ({
  page,
  qa,
  stack,
}) => {
  const { slug } = await arrive(qa, "two rules");
  const { id } = await stack.tiktok.addVideo("picker", { caption: "Up and down", durationSeconds: 90 });
  await fillIn(page, slug, id);
  await press(page);
  await expectRefused(page, stack, "This video does not meet a rule of this challenge.", id);
  const refusal = page.getByRole("alert");
  await expect(refusal.getByRole("listitem").filter({ hasText: "At most 60 seconds" })).toContainText("90 seconds");
  await expect(refusal.getByRole("listitem").filter({ hasText: "#windows" })).toContainText("not in the caption");
  await expect(refusal.getByRole("listitem")).toHaveCount(2);
  const card = page.locator(`[data-testid="video-card"][data-video-id="${id}"]`);
  await expect(card).toHaveAttribute("data-eligible", "false");
});

test("a challenge that closed while the page stood open takes nothing more", async ({ page, qa, stack }) => {
  const { slug, id } = await arrive(qa);
  await fillIn(page, slug, id);
  await stack.challenges.actOnChallenge(slug, "close", qa.person("admin").viewer, randomUUID());
  await press(page);
  await expectRefused(page, stack, "This challenge is closed, so it takes no more entries. Nothing was entered.", id);
  await page.goto(`/challenges/${slug}/submit`);
  await expect(page.getByRole("main").getByRole("status")).toContainText("It is closed.");
  await expect(page.getByRole("button", { name: "Enter this video" })).toBeDisabled();
});

test("a paused challenge keeps the choice, and takes it when it goes on", async ({ page, qa, stack }) => {
  const { slug, id } = await arrive(qa);
  await fillIn(page, slug, id);
  await stack.challenges.actOnChallenge(slug, "pause", qa.person("admin").viewer, randomUUID());
  await press(page);
  await expectRefused(page, stack, "This challenge is paused. Your choice is kept; try again when it goes on.", id);
  await stack.challenges.actOnChallenge(slug, "resume", qa.person("admin").viewer, randomUUID());
  await press(page);
  await expect(page.getByText("Your video is entered")).toBeVisible();
  await expect(page.getByTestId("entry-card")).toHaveAttribute("data-video-id", id);
});

test("a scheduled challenge says when it opens, and refuses a form that is sent all the same", async ({
  page,
  qa,
  stack,
}) => {
  const { slug, id } = await arrive(qa, "not open yet");
  await page.goto(`/challenges/${slug}/submit`);
  await expect(page.getByRole("main").getByRole("status")).toContainText("It opens on");
  await expect(page.getByRole("button", { name: "Enter this video" })).toBeDisabled();
  const answer = await fetch(page.url(), {
    method: "POST",
    headers: { cookie: qa.person("creator").cookie, origin: stack.origin },
    body: new URLSearchParams({ pasted: id, rulesVersion: "1", attemptId: randomUUID() }),
  });
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain("This challenge is not open yet. Come back when it opens.");
  const [entered] = await stack.sql`select count(*)::int as count from submissions`;
  expect(entered?.count).toBe(0);
});

test("what is no address of a video is refused at once, again and again, and TikTok never hears of it", async ({
  page,
  qa,
  stack,
}) => {
  const { slug, id } = await arrive(qa);
  await page.goto(`/challenges/${slug}/submit`);
  for (const pasted of [
    "",
    "my video",
    "12345",
    "https://www.tiktok.com/@sim.19",
    `https://evil.example/@sim.19/video/${id}`,
    `https://www.tiktok.com@evil.example/@sim.19/video/${id}`,
    `https://www.tiktok.com:8443/@sim.19/video/${id}`,
  ]) {
    await page.getByLabel("TikTok URL or video ID").fill(pasted);
    await press(page);
    await expectRefused(page, stack, "That is not a TikTok URL or video ID.", pasted);
    await page.getByLabel("TikTok URL or video ID").focus();
  }
  expect(await callsTo(stack.tiktok)).toEqual([]);
});

test("rules that are not the ones accepted are refused", async ({ page, qa, stack }) => {
  const { slug, id } = await arrive(qa);
  await fillIn(page, slug, id);
  // The form as it would stand in a page from before a change of the rules.
  await page.locator("input[name=rulesVersion]").evaluate((field) => field.setAttribute("value", "7"));
  await press(page);
  await expectRefused(page, stack, "The rules have a newer version. Read and accept it", id);
});
