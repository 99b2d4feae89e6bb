import type { Page } from "playwright/test";
import { enterVideos, openChallenge } from "#tests/support/qa/arrange-entries";
import { putSession } from "#tests/support/qa/put-session";
import { expect, test } from "#tests/support/qa/test";

/** Ten seconds of undo, and a little for the page. */
const EFFECT_MS = 13_000;

const cards = (page: Page) => page.getByTestId("review-card");
const toast = (page: Page) => page.getByTestId("undo-toast");

test("the queue has a row a challenge, with how many wait and since when", async ({ page, stack, signedInAs }) => {
  const busy = await openChallenge(stack, "Busy challenge");
  await openChallenge(stack, "Quiet challenge");
  await enterVideos(stack, "sim-19", busy, 3);
  await signedInAs("staff-mara", { role: "moderator" });
  await page.goto("/review");
  const row = (name: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name }) });
  await expect(row("Busy challenge").getByRole("cell").first()).toHaveText("3");
  const oldest = await row("Busy challenge").locator("time").getAttribute("datetime");
  const [first] = await stack.sql<{ at: Date }[]>`select min(submitted_at) as at from submissions`;
  expect(oldest).toBe(first?.at.toISOString());
  await expect(row("Quiet challenge")).toContainText("None waits");
  await expect(page.getByRole("row").nth(1), "those with work come first").toContainText("Busy challenge");
  await row("Busy challenge").getByRole("link").click();
  await expect(cards(page)).toHaveCount(3);
  await expect(page.getByTestId("queue-count")).toHaveText("3");
});

test("an approval leaves the desk at once and reaches everybody else after ten seconds", async ({
  page,
  stack,
  signedInAs,
}) => {
  const slug = await openChallenge(stack, "Ten seconds");
  const { creator, submissionIds } = await enterVideos(stack, "sim-19", slug, 1);
  const [submissionId = ""] = submissionIds;
  /** What a visitor and the creator are shown, without a browser in between: there are only ten seconds. */
  const outside = async () => {
    const [gallery, entries] = await Promise.all([
      fetch(`${stack.origin}/challenges/${slug}`).then((answer) => answer.text()),
      fetch(`${stack.origin}/studio/entries`, { headers: { cookie: creator.cookie } }).then((answer) => answer.text()),
    ]);
    const state = /data-testid="entry-card"[^>]* data-state="(\w+)"/.exec(entries)?.[1];
    return { inGallery: gallery.includes(`data-submission-id="${submissionId}"`), state };
  };
  await signedInAs("staff-mara", { role: "moderator" });
  await page.goto(`/review/${slug}`);
  await cards(page).getByRole("button", { name: "Approve" }).click();
  await expect(toast(page)).toContainText(/Nothing is sent for \d+ s/);
  expect(await outside(), "outside nobody sees it yet").toEqual({ inGallery: false, state: "pending" });
  await expect(cards(page)).toHaveCount(0);
  await expect(toast(page), "the way back closes").toHaveCount(0, { timeout: EFFECT_MS });
  await expect.poll(outside, { timeout: EFFECT_MS }).toEqual({ inGallery: true, state: "approved" });
  const [row] = await stack.sql`select decided_at, effective_at from decisions where to_state = 'approved'`;
  expect(row?.effective_at.getTime() - row?.decided_at.getTime()).toBe(10_000);
});

test("undo brings the card back, by a row that compensates the decision", async ({ page, stack, signedInAs }) => {
  const slug = await openChallenge(stack, "Second thoughts");
  const { submissionIds } = await enterVideos(stack, "sim-19", slug, 2);
  await signedInAs("staff-mara", { role: "moderator" });
  await page.goto(`/review/${slug}`);
  await cards(page).first().getByRole("button", { name: "Approve" }).click();
  await expect(cards(page)).toHaveCount(1);
  const seconds = async () => Number(/for (\d+) s/.exec((await toast(page).textContent()) ?? "")?.[1]);
  const shown = await seconds();
  await expect.poll(seconds, "it counts down").toBeLessThan(shown);
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(cards(page)).toHaveCount(2);
  await expect(toast(page)).toHaveCount(0);
  const rows = await stack.sql`
    select from_state, to_state, undo_of is not null as undone from decisions
    where submission_id = ${submissionIds[0] ?? ""} order by sequence`;
  expect(rows.map((row) => [row.from_state, row.to_state, row.undone])).toEqual([
    [null, "pending", false],
    ["pending", "approved", false],
    ["approved", "pending", true],
  ]);
});

test("a rejection is given by keyboard, with a reason, and the creator reads it in words", async ({
  page,
  stack,
  signedInAs,
}) => {
  const slug = await openChallenge(stack, "Reasons");
  const { creator } = await enterVideos(stack, "sim-19", slug, 1);
  await signedInAs("staff-mara", { role: "moderator" });
  await page.goto(`/review/${slug}`);
  const reject = cards(page).getByRole("button", { name: "Reject" });
  const dialog = page.getByRole("dialog");
  await expect(reject).toBeEnabled(); // it needs its script, and a disabled button takes no focus
  await reject.focus();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(reject).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("combobox", { name: "Reason" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(dialog, "without a reason nothing is sent").toBeVisible();
  await expect(page.getByTestId("queue-count")).toHaveText("1");
  await dialog.getByRole("combobox", { name: "Reason" }).focus();
  await page.keyboard.type("Too long");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Please cut it to a minute.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(cards(page)).toHaveCount(0);
  await expect(toast(page)).toContainText("Rejected");
  await putSession(page.context(), creator, stack.origin);
  await expect(async () => {
    await page.goto("/studio/entries");
    await expect(page.getByTestId("entry-card")).toHaveAttribute("data-state", "rejected", { timeout: 500 });
  }).toPass({ timeout: EFFECT_MS });
  await expect(page.getByTestId("entry-card")).toContainText("Please cut it to a minute.");
  await expect(page.getByTestId("entry-card")).toContainText("Too long");
});

test("“Another reason” needs a message, asked for at the field without losing the choice", async ({
  page,
  stack,
  signedInAs,
}) => {
  const slug = await openChallenge(stack, "Another reason");
  await enterVideos(stack, "sim-19", slug, 1);
  await signedInAs("staff-mara", { role: "moderator" });
  await page.goto(`/review/${slug}`);
  await cards(page).getByRole("button", { name: "Reject" }).click();
  const dialog = page.getByRole("dialog");
  const message = dialog.getByRole("textbox", { name: "Message to the creator" });
  await dialog.getByRole("combobox", { name: "Reason" }).selectOption("Another reason");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(message).toHaveAttribute("aria-invalid", "true");
  await expect(message).toHaveAccessibleDescription(/Write what the creator should know/);
  await expect(message).toBeFocused();
  await expect(dialog.getByRole("combobox", { name: "Reason" })).toHaveValue("OTHER");
  await message.fill("The sound is missing.");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(dialog).toBeHidden();
  await expect(cards(page)).toHaveCount(0);
  const [last] = await stack.sql`select reason_code, message from decisions where to_state = 'rejected'`;
  expect(last).toMatchObject({ reason_code: "OTHER", message: "The sound is missing." });
});

test("a change is requested in words, and the entry waits under its own tab", async ({ page, stack, signedInAs }) => {
  const slug = await openChallenge(stack, "Small changes");
  const { creator } = await enterVideos(stack, "sim-19", slug, 1);
  await signedInAs("staff-mara", { role: "moderator" });
  await page.goto(`/review/${slug}`);
  await cards(page).getByRole("button", { name: "Request change" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Message to the creator" }).fill("Name the street, please.");
  await dialog.getByRole("button", { name: "Request change" }).click();
  await expect(cards(page)).toHaveCount(0);
  await page.getByRole("link", { name: /Change requested/ }).click();
  await expect(cards(page)).toHaveAttribute("data-state", "changes_requested");
  await putSession(page.context(), creator, stack.origin);
  await expect(async () => {
    await page.goto("/studio/entries");
    await expect(page.getByTestId("entry-card")).toContainText("Name the street, please.", { timeout: 500 });
  }).toPass({ timeout: EFFECT_MS });
});

test("a queue of sixty is read in pages, each entry once", async ({ page, stack, signedInAs }) => {
  const slug = await openChallenge(stack, "Long queue");
  const { submissionIds } = await enterVideos(stack, "sim-60", slug, 60);
  await signedInAs("staff-mara", { role: "moderator" });
  await page.goto(`/review/${slug}`);
  await expect(page.getByTestId("queue-count")).toHaveText("60");
  const seen: string[] = [];
  for (const size of [24, 24, 12]) {
    await expect(cards(page)).toHaveCount(size);
    const ids = await cards(page).evaluateAll((all) => all.map((card) => card.getAttribute("data-submission-id")));
    seen.push(...ids.map(String));
    const next = page.getByRole("link", { name: "Next page" });
    if (size === 24) {
      await next.click();
      await expect(cards(page).first()).not.toHaveAttribute("data-submission-id", ids[0] ?? "");
    } else await expect(next).toHaveCount(0);
  }
  expect(seen, "the longest waiting first, none twice").toEqual(submissionIds);
  await cards(page).first().getByRole("button", { name: "Approve" }).click();
  await expect(cards(page), "a decision keeps one on the page where it was made").toHaveCount(11);
});
