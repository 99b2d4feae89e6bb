import { randomUUID } from "node:crypto";
import type { Page } from "playwright/test";
import type { Qa } from "#tests/support/qa/qa";
import type { ScenarioName } from "#tests/support/qa/scenarios";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";
import type { Person } from "#tests/support/world/people";

/** A decision takes effect after ten seconds. */
const EFFECT_MS = 10_000;
/** By then a desk that hears nothing new has read itself anew. */
const REREAD_MS = 150_000;

const cardOf = (page: Page, submissionId: string) =>
  page.locator(`[data-testid="review-card"][data-submission-id="${submissionId}"]`);

/** Where the entry that a test is about lies, and ways to decide on it and to see how it stands. */
async function arrive(qa: Qa, stack: Stack, page: Page, scenario: ScenarioName = "two moderators") {
  const { slug = "", submissionIds = [] } = await qa.reset(scenario);
  const [submissionId = ""] = submissionIds;
  return {
    slug,
    submissionId,
    card: cardOf(page, submissionId),
    state: async (id = submissionId): Promise<unknown> => {
      const [row] = await stack.sql`select state from submissions where id = ${id}`;
      return row?.state;
    },
    /** A verdict as the desk's form posts it, without the desk. Gives the status. */
    post: async (who: Person, form: Record<string, string>): Promise<number> => {
      const answer = await page.request.post(`${stack.origin}/review/${slug}`, {
        form: { seenVersion: "1", submissionId, ...form },
        headers: { cookie: who.cookie, origin: stack.origin },
        maxRedirects: 0,
      });
      return answer.status();
    },
  };
}

test("who flagged an entry does not decide on it; a second moderator does", async ({ page, qa, stack }) => {
  const { slug, card, state, post } = await arrive(qa, stack, page);
  await qa.session("moderator");
  await page.goto(`/review/${slug}`);
  await card.getByRole("button", { name: "Flag" }).click();
  await expect(card).toHaveCount(0);
  await page.getByRole("link", { name: /Second look \d/ }).click();
  await expect(card).toContainText("You flagged it: another moderator decides.");
  await expect(card.getByRole("button")).toHaveCount(0);
  expect(await post(qa.person("moderator"), { intent: "approve", seenVersion: "2" })).toBe(403);
  expect(await state()).toBe("flagged");
  await qa.session("second");
  await page.reload();
  await card.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByTestId("undo-toast")).toContainText("Approved");
  expect(await state()).toBe("approved");
});

test("of two moderators who decide on the same version the first stands, and the second is told who did what", async ({
  page,
  qa,
  stack,
}) => {
  const { slug, submissionId, card, post } = await arrive(qa, stack, page);
  await qa.session("moderator");
  await page.route("**/live", (route) => route.abort()); // their desk has not heard yet
  await page.goto(`/review/${slug}`);
  expect(await post(qa.person("second"), { intent: "reject", reason: "TOO_LONG" })).toBe(302);
  await card.getByRole("button", { name: "Approve" }).click();
  const told = page.getByRole("alert");
  await expect(told).toContainText("Somebody else decided on this entry first");
  await expect(told).toContainText("Rejected by Theo Okonkwo");
  await expect(told.locator("time")).toHaveCount(1);
  await expect(card, "the desk shows how it stands now").toHaveCount(0);
  const decided = await stack.sql`
    select to_state from decisions where submission_id = ${submissionId} order by sequence`;
  expect(decided.map(({ to_state }) => to_state)).toEqual(["pending", "rejected"]);
});

test("nobody decides on their own entry, not even by a crafted form", async ({ page, qa, stack }) => {
  const { slug, card, state, post } = await arrive(qa, stack, page, "a moderator's own entry");
  await qa.session("moderator");
  await page.goto(`/review/${slug}`);
  await expect(card).toContainText("Your own entry");
  await expect(card.getByRole("button")).toHaveCount(0);
  for (const intent of ["approve", "flag"]) expect(await post(qa.person("moderator"), { intent })).toBe(403);
  expect(await state()).toBe("pending");
});

test("how much is unread follows in the header of an open desk", async ({ page, qa, stack }) => {
  const { slug, submissionId, card } = await arrive(qa, stack, page, "a moderator's own entry");
  await qa.session("moderator");
  await page.goto(`/review/${slug}`);
  await expect(card).toContainText("Your own entry");
  const theo = await stack.people.signIn("staff-theo", { role: "moderator" });
  const verdict = { intent: "approve", submissionId, seenVersion: 1 } as const;
  await stack.submissions.decideSubmission(verdict, theo.viewer, randomUUID());
  await qa.clock.advance(EFFECT_MS);
  await qa.jobs.runSchedule("tell-creators");
  await qa.clock.advance(REREAD_MS);
  await expect(page.getByRole("link", { name: "Notifications, 1 unread" })).toBeVisible();
});

test("a creator gets neither the desk nor a verdict", async ({ page, qa, stack }) => {
  const { slug, state, post } = await arrive(qa, stack, page, "a moderator's own entry");
  await qa.session("creator");
  for (const path of ["/review", `/review/${slug}`]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(403);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This is not for your account");
  }
  expect(await post(qa.person("creator"), { intent: "approve" })).toBe(403);
  expect(await state()).toBe("pending");
});

test("a moderator whose role is taken away is refused at the next request", async ({ page, qa, stack }) => {
  const { slug, card, state } = await arrive(qa, stack, page);
  await qa.session("moderator");
  await page.goto(`/review/${slug}`);
  await stack.people.signIn("staff-mara", { role: "creator" });
  await card.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Sign in|This is not for your account/);
  expect(await state()).toBe("pending");
  expect((await page.goto("/review"))?.url()).not.toBe(`${stack.origin}/review`);
});

test("an open desk whose moderator's role is taken away says so by itself, and hears no more", async ({
  page,
  qa,
  stack,
}) => {
  const { slug, submissionId } = await arrive(qa, stack, page);
  await qa.session("moderator");
  const isStream = (of: { resourceType: () => string }) => of.resourceType() === "eventsource";
  const opened = page.waitForResponse((answer) => isStream(answer.request()));
  await page.goto(`/review/${slug}`);
  await opened;
  const ended = Promise.race([
    page.waitForEvent("requestfinished", isStream),
    page.waitForEvent("requestfailed", isStream),
  ]);
  await stack.people.signIn("staff-mara", { role: "creator" });
  const verdict = { intent: "approve", submissionId, seenVersion: 1 } as const;
  await stack.submissions.decideSubmission(verdict, qa.person("second").viewer, randomUUID());
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await ended;
});

test("a moderator disqualifies an approved entry, which then leaves the gallery", async ({ page, qa, stack }) => {
  const { slug, card } = await arrive(qa, stack, page, "an approved entry");
  await qa.session("moderator");
  await page.goto(`/review/${slug}?tab=approved`);
  await expect(card.getByRole("button", { name: "Remove" }), "removing is an admin's").toHaveCount(0);
  await card.getByRole("button", { name: "Disqualify" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Reason" }).selectOption("Manipulated numbers");
  await dialog.getByRole("button", { name: "Disqualify" }).click();
  await expect(page.getByTestId("undo-toast")).toContainText("Disqualified");
  await expect(card).toHaveCount(0);
  const visitor = await qa.open("visitor");
  await visitor.goto(`/challenges/${slug}`);
  await expect(visitor.getByTestId("entry-card"), "shown until the ten seconds are over").toHaveCount(1);
  await qa.clock.advance(EFFECT_MS);
  await visitor.reload();
  await expect(visitor.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(visitor.getByTestId("entry-card")).toHaveCount(0);
});

test("an admin removes an entry; a moderator's crafted form does not", async ({ page, qa, stack }) => {
  const { slug, submissionId, card, state, post } = await arrive(qa, stack, page);
  expect(await post(qa.person("moderator"), { intent: "remove", reason: "COPYRIGHT_CLAIM" })).toBe(403);
  await qa.session("admin");
  await page.goto(`/review/${slug}`);
  await card.getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Reason" }).selectOption("Copyright claim");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByTestId("undo-toast")).toContainText("Removed");
  await expect(card).toHaveCount(0);
  expect(await state()).toBe("removed");
  const [line] = await stack.sql`select target_id from audit_log where action = 'submission.removed'`;
  expect(line?.target_id).toBe(submissionId);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("approve, undo and reject are plain forms", async ({ page, qa, stack }) => {
    const { slug, card: first, state } = await arrive(qa, stack, page);
    const [, id = ""] = (await stack.sql`select id from submissions order by id`).map((row) => String(row.id));
    const second = cardOf(page, id);
    await qa.session("moderator");
    await page.goto(`/review/${slug}`);
    await first.getByRole("button", { name: "Approve" }).click();
    await expect(first).toHaveCount(0);
    await page.getByTestId("undo-toast").getByRole("button", { name: "Undo" }).click();
    await expect(first).toHaveCount(1);
    await second.locator("summary").first().click();
    await second.getByRole("combobox", { name: "Reason" }).selectOption("Another reason");
    await second.getByRole("button", { name: "Reject" }).click();
    const message = second.getByRole("textbox", { name: "Message to the creator" });
    await expect(message, "the complaint is at the field of the same card").toHaveAccessibleDescription(
      /Write what the creator should know/,
    );
    await message.fill("The sound is missing.");
    await second.getByRole("button", { name: "Reject" }).click();
    await expect(second).toHaveCount(0);
    expect(await state(id)).toBe("rejected");
    expect(await state()).toBe("pending");
    await qa.session("creator");
    await page.goto("/studio/entries");
    await expect(page.locator(`[data-submission-id="${id}"]`), "inside the window").toHaveAttribute(
      "data-state",
      "pending",
    );
  });
});

test("a version that was never seen, an unknown entry and an unknown verdict change nothing", async ({
  page,
  qa,
  stack,
}) => {
  const { state, post } = await arrive(qa, stack, page);
  const mara = qa.person("moderator");
  expect(await post(mara, { intent: "approve", seenVersion: "7" })).toBe(409);
  expect(await post(mara, { intent: "approve", submissionId: randomUUID() })).toBe(409);
  expect(await post(mara, { intent: "win" })).toBe(400);
  expect(await post(mara, { intent: "reject", reason: "CHANGE_NOT_MADE" })).toBe(400);
  expect(await state()).toBe("pending");
});
