import type { Page } from "playwright/test";
import type { Qa } from "#tests/support/qa/qa";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

/** The moderator's flow. */

/** A decision takes effect after ten seconds. */
const EFFECT_MS = 10_000;

const cards = (page: Page) => page.getByTestId("review-card");
const toast = (page: Page) => page.getByTestId("undo-toast");

/** A moderator at the desk of a challenge with three entries, the longest waiting first. */
async function atTheDesk(page: Page, qa: Qa): Promise<{ slug: string; first: string }> {
  const { slug = "", submissionIds = [] } = await qa.reset("two moderators");
  await qa.session("moderator");
  await page.goto(`/review/${slug}`);
  await expect(cards(page)).toHaveCount(3);
  return { slug, first: submissionIds[0] ?? "" };
}

/** The creator's entry, as they see it now. */
async function entryOf(qa: Qa, submissionId: string) {
  const creator = await qa.open("creator");
  await creator.goto("/studio/entries");
  return creator.locator(`[data-testid="entry-card"][data-submission-id="${submissionId}"]`);
}

/** What a visitor and the creator are shown of an entry, without a browser in between. */
async function readOutside(stack: Stack, qa: Qa, slug: string, submissionId: string) {
  const { cookie } = qa.person("creator");
  const [gallery, entries] = await Promise.all([
    fetch(`${stack.origin}/challenges/${slug}`).then((answer) => answer.text()),
    fetch(`${stack.origin}/studio/entries`, { headers: { cookie } }).then((answer) => answer.text()),
  ]);
  const card = entries.split("<article").find((part) => part.includes(`data-submission-id="${submissionId}"`)) ?? "";
  return {
    inGallery: gallery.includes(`data-submission-id="${submissionId}"`),
    state: /data-state="(\w+)"/.exec(card)?.[1],
  };
}

test("the queue has a row a challenge, with how many wait and since when", async ({ page, qa, stack }) => {
  await qa.reset("a busy and a quiet challenge");
  await qa.session("moderator");
  await page.goto("/review");
  const row = (name: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name }) });
  await expect(row("Long queue").getByRole("cell").first()).toHaveText("3");
  const oldest = await row("Long queue").locator("time").getAttribute("datetime");
  const [first] = await stack.sql<{ at: Date }[]>`select min(submitted_at) as at from submissions`;
  expect(oldest).toBe(first?.at.toISOString());
  await expect(row("Quiet challenge")).toContainText("None waits");
  await expect(page.getByRole("row").nth(1), "those with work come first").toContainText("Long queue");
  await row("Long queue").getByRole("link").click();
  await expect(cards(page)).toHaveCount(3);
  await expect(page.getByTestId("queue-count")).toHaveText("3");
});

test("an approval leaves the desk at once and reaches everybody else after ten seconds", async ({
  page,
  qa,
  stack,
}) => {
  const { slug, first } = await atTheDesk(page, qa);
  await cards(page).first().getByRole("button", { name: "Approve" }).click();
  await expect(toast(page)).toContainText(/Nothing is sent for \d+ s/);
  await expect(cards(page)).toHaveCount(2);
  // The window is as long as the product says, whatever this machine takes: then the clock is moved over its end.
  const [row] = await stack.sql`select decided_at, effective_at from decisions where to_state = 'approved'`;
  expect(row?.effective_at.getTime() - row?.decided_at.getTime()).toBe(EFFECT_MS);
  await qa.clock.hold(new Date(row?.effective_at.getTime() - 1));
  expect(await readOutside(stack, qa, slug, first), "outside nobody sees it").toEqual({
    inGallery: false,
    state: "pending",
  });
  await qa.clock.hold(row?.effective_at);
  // A page that was drawn for one visitor is shown to others for half a second more.
  await expect
    .poll(() => readOutside(stack, qa, slug, first), { intervals: [100] })
    .toEqual({ inGallery: true, state: "approved" });
  await expect(toast(page), "the way back closes").toHaveCount(0);
});

test("undo brings the card back, by a row that compensates the decision", async ({ page, qa, stack }) => {
  const { first } = await atTheDesk(page, qa);
  await cards(page).first().getByRole("button", { name: "Approve" }).click();
  await expect(cards(page)).toHaveCount(2);
  const seconds = async () => Number(/for (\d+) s/.exec((await toast(page).textContent()) ?? "")?.[1]);
  const shown = await seconds();
  await expect.poll(seconds, "it counts down").toBeLessThan(shown);
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(cards(page)).toHaveCount(3);
  await expect(toast(page)).toHaveCount(0);
  const rows = await stack.sql`
    select from_state, to_state, undo_of is not null as undone from decisions
    where submission_id = ${first} order by sequence`;
  expect(rows.map((row) => [row.from_state, row.to_state, row.undone])).toEqual([
    [null, "pending", false],
    ["pending", "approved", false],
    ["approved", "pending", true],
  ]);
});

test("a rejection is given by keyboard, with a reason, and the creator reads it in words", async ({ page, qa }) => {
  const { first } = await atTheDesk(page, qa);
  const reject = cards(page).first().getByRole("button", { name: "Reject" });
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
  for (let field = 0; field < 4; field += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(dialog, "without a reason nothing is sent").toBeVisible();
  await expect(page.getByTestId("queue-count")).toHaveText("3");
  await dialog.getByRole("combobox", { name: "Reason" }).focus();
  await page.keyboard.type("Too long");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Please cut it to a minute.");
  for (let field = 0; field < 3; field += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(cards(page)).toHaveCount(2);
  await expect(toast(page)).toContainText("Rejected");
  await qa.clock.advance(EFFECT_MS);
  const entry = await entryOf(qa, first);
  await expect(entry).toHaveAttribute("data-state", "rejected");
  await expect(entry).toContainText("Please cut it to a minute.");
  await expect(entry).toContainText("Too long");
});

test("“Another reason” needs a message, asked for at the field without losing the choice", async ({
  page,
  qa,
  stack,
}) => {
  await atTheDesk(page, qa);
  await cards(page).first().getByRole("button", { name: "Reject" }).click();
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
  await expect(toast(page)).toContainText("Rejected");
  await expect(cards(page)).toHaveCount(2);
  const [last] = await stack.sql`select reason_code, message from decisions where to_state = 'rejected'`;
  expect(last).toMatchObject({ reason_code: "OTHER", message: "The sound is missing." });
});

test("a change is requested in words, and the entry waits under its own tab", async ({ page, qa }) => {
  const { first } = await atTheDesk(page, qa);
  await cards(page).first().getByRole("button", { name: "Request change" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Message to the creator" }).fill("Name the street, please.");
  await dialog.getByRole("button", { name: "Request change" }).click();
  await expect(cards(page)).toHaveCount(2);
  await page.getByRole("link", { name: /Change requested/ }).click();
  await expect(cards(page)).toHaveCount(1);
  await expect(cards(page)).toHaveAttribute("data-state", "changes_requested");
  await qa.clock.advance(EFFECT_MS);
  await expect(await entryOf(qa, first)).toContainText("Name the street, please.");
});

test("a queue of sixty is read in pages, each entry once", async ({ page, qa }) => {
  const { slug, submissionIds } = await qa.reset("60 pending");
  await qa.session("moderator");
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
