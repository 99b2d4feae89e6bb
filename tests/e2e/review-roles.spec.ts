import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "playwright/test";
import { approveAll, enterVideos, openChallenge } from "#tests/support/qa/arrange-entries";
import { putSession } from "#tests/support/qa/put-session";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";
import type { Person } from "#tests/support/world/people";

/** A verdict as the desk's form posts it, without the desk. */
async function post(request: APIRequestContext, stack: Stack, who: Person, slug: string, form: Record<string, string>) {
  return request.post(`${stack.origin}/review/${slug}`, {
    form: { seenVersion: "1", ...form },
    headers: { cookie: who.cookie, origin: stack.origin },
    maxRedirects: 0,
  });
}

async function stateOf(stack: Stack, submissionId: string): Promise<unknown> {
  const [row] = await stack.sql`select state from submissions where id = ${submissionId}`;
  return row?.state;
}

test("who flagged an entry does not decide on it; a second moderator does", async ({ page, stack, signedInAs }) => {
  const slug = await openChallenge(stack, "Four eyes");
  const { submissionIds } = await enterVideos(stack, "sim-19", slug, 1);
  const [submissionId = ""] = submissionIds;
  const mara = await signedInAs("staff-mara", { role: "moderator" });
  await page.goto(`/review/${slug}`);
  const card = page.getByTestId("review-card");
  await card.getByRole("button", { name: "Flag" }).click();
  await expect(card).toHaveCount(0);
  await page.getByRole("link", { name: /Second look \d/ }).click();
  await expect(card).toContainText("You flagged it: another moderator decides.");
  await expect(card.getByRole("button")).toHaveCount(0);
  const crafted = await post(page.request, stack, mara, slug, { intent: "approve", submissionId, seenVersion: "2" });
  expect(crafted.status()).toBe(403);
  expect(await stateOf(stack, submissionId)).toBe("flagged");
  await signedInAs("staff-theo", { role: "moderator" });
  await page.reload();
  await card.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByTestId("undo-toast")).toContainText("Approved");
  expect(await stateOf(stack, submissionId)).toBe("approved");
});

test("of two moderators who decide on the same version the first stands, and the second is told who did what", async ({
  page,
  stack,
  signedInAs,
}) => {
  const slug = await openChallenge(stack, "Both at once");
  const { submissionIds } = await enterVideos(stack, "sim-19", slug, 1);
  const [submissionId = ""] = submissionIds;
  await signedInAs("staff-mara", { role: "moderator" });
  await page.route("**/live", (route) => route.abort()); // their desk has not heard yet
  await page.goto(`/review/${slug}`);
  const theo = await stack.people.signIn("staff-theo", { role: "moderator" });
  const first = await post(page.request, stack, theo, slug, { intent: "reject", submissionId, reason: "TOO_LONG" });
  expect(first.status()).toBe(302);
  const card = page.getByTestId("review-card");
  await card.getByRole("button", { name: "Approve" }).click();
  const told = page.getByRole("alert");
  await expect(told).toContainText("Somebody else decided on this entry first");
  await expect(told).toContainText("Rejected by Theo Okonkwo");
  await expect(told.locator("time")).toHaveCount(1);
  await expect(card, "the desk shows how it stands now").toHaveCount(0);
  expect(await stateOf(stack, submissionId)).toBe("rejected");
});

test("nobody decides on their own entry, not even by a crafted form", async ({ page, stack, signedInAs }) => {
  const slug = await openChallenge(stack, "My own");
  const { submissionIds } = await enterVideos(stack, "sim-19", slug, 1);
  const [submissionId = ""] = submissionIds;
  const self = await signedInAs("sim-19", { role: "moderator" });
  await page.goto(`/review/${slug}`);
  const card = page.getByTestId("review-card");
  await expect(card).toContainText("Your own entry");
  await expect(card.getByRole("button")).toHaveCount(0);
  for (const intent of ["approve", "flag"]) {
    expect((await post(page.request, stack, self, slug, { intent, submissionId })).status()).toBe(403);
  }
  expect(await stateOf(stack, submissionId)).toBe("pending");
});

test("a creator gets neither the desk nor a verdict", async ({ page, stack, signedInAs }) => {
  const slug = await openChallenge(stack, "Staff only");
  const { submissionIds } = await enterVideos(stack, "sim-19", slug, 1);
  const [submissionId = ""] = submissionIds;
  const creator = await signedInAs("sim-20");
  for (const path of ["/review", `/review/${slug}`]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(403);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This is not for your account");
  }
  expect((await post(page.request, stack, creator, slug, { intent: "approve", submissionId })).status()).toBe(403);
  expect(await stateOf(stack, submissionId)).toBe("pending");
});

test("a moderator whose role is taken away is refused at the next request", async ({ page, stack, signedInAs }) => {
  const slug = await openChallenge(stack, "Demoted");
  const { submissionIds } = await enterVideos(stack, "sim-19", slug, 1);
  const [submissionId = ""] = submissionIds;
  await signedInAs("staff-mara", { role: "moderator" });
  await page.goto(`/review/${slug}`);
  await stack.people.signIn("staff-mara", { role: "creator" });
  await page.getByTestId("review-card").getByRole("button", { name: "Approve" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Sign in|This is not for your account/);
  expect(await stateOf(stack, submissionId)).toBe("pending");
  expect((await page.goto("/review"))?.url()).not.toBe(`${stack.origin}/review`);
});

test("a moderator disqualifies an approved entry, which then leaves the gallery", async ({
  page,
  stack,
  signedInAs,
}) => {
  const slug = await openChallenge(stack, "Fair play");
  const { submissionIds } = await enterVideos(stack, "sim-19", slug, 1);
  const theo = await stack.people.signIn("staff-theo", { role: "moderator" });
  await approveAll(stack, submissionIds, theo.viewer);
  await signedInAs("staff-mara", { role: "moderator" });
  await page.goto(`/review/${slug}?tab=approved`);
  const card = page.getByTestId("review-card");
  await expect(card.getByRole("button", { name: "Remove" }), "removing is an admin's").toHaveCount(0);
  await card.getByRole("button", { name: "Disqualify" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Reason" }).selectOption("Manipulated numbers");
  await dialog.getByRole("button", { name: "Disqualify" }).click();
  await expect(page.getByTestId("undo-toast")).toContainText("Disqualified");
  await expect(card).toHaveCount(0);
  await page.goto(`/challenges/${slug}`);
  await expect(page.getByTestId("entry-card"), "the public sees it until the ten seconds are over").toHaveCount(1);
  await expect(async () => {
    await page.reload();
    await expect(page.getByTestId("entry-card")).toHaveCount(0, { timeout: 500 });
  }).toPass({ timeout: 13_000 });
});

test("an admin removes an entry; a moderator's crafted form does not", async ({ page, stack, signedInAs }) => {
  const slug = await openChallenge(stack, "Taken down");
  const { submissionIds } = await enterVideos(stack, "sim-19", slug, 1);
  const [submissionId = ""] = submissionIds;
  const mara = await stack.people.signIn("staff-mara", { role: "moderator" });
  const form = { intent: "remove", submissionId, reason: "COPYRIGHT_CLAIM" };
  expect((await post(page.request, stack, mara, slug, form)).status()).toBe(403);
  await signedInAs("staff-ada", { role: "admin" });
  await page.goto(`/review/${slug}`);
  await page.getByTestId("review-card").getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Reason" }).selectOption("Copyright claim");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByTestId("undo-toast")).toContainText("Removed");
  await expect(page.getByTestId("review-card")).toHaveCount(0);
  expect(await stateOf(stack, submissionId)).toBe("removed");
  const [entry] = await stack.sql`select action from audit_log where action = 'submission.removed'`;
  expect(entry).toBeDefined();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("approve, undo and reject are plain forms", async ({ page, stack, signedInAs }) => {
    const slug = await openChallenge(stack, "Plain forms");
    const { creator, submissionIds } = await enterVideos(stack, "sim-19", slug, 2);
    const [first = "", second = ""] = submissionIds;
    await signedInAs("staff-mara", { role: "moderator" });
    await page.goto(`/review/${slug}`);
    const card = (id: string) => page.locator(`[data-submission-id="${id}"]`);
    await card(first).getByRole("button", { name: "Approve" }).click();
    await expect(card(first)).toHaveCount(0);
    await page.getByTestId("undo-toast").getByRole("button", { name: "Undo" }).click();
    await expect(card(first)).toHaveCount(1);
    await card(second).locator("summary").first().click();
    await card(second).getByRole("combobox", { name: "Reason" }).selectOption("Another reason");
    await card(second).getByRole("button", { name: "Reject" }).click();
    const message = card(second).getByRole("textbox", { name: "Message to the creator" });
    await expect(message, "the complaint is at the field of the same card").toHaveAccessibleDescription(
      /Write what the creator should know/,
    );
    await message.fill("The sound is missing.");
    await card(second).getByRole("button", { name: "Reject" }).click();
    await expect(card(second)).toHaveCount(0);
    expect(await stateOf(stack, second)).toBe("rejected");
    expect(await stateOf(stack, first)).toBe("pending");
    await putSession(page.context(), creator, stack.origin);
    await page.goto("/studio/entries");
    await expect(page.locator(`[data-submission-id="${second}"]`), "inside the window").toHaveAttribute(
      "data-state",
      "pending",
    );
  });
});

test("a version that was never seen, an unknown entry and an unknown verdict change nothing", async ({
  page,
  stack,
}) => {
  const slug = await openChallenge(stack, "Crafted");
  const { submissionIds } = await enterVideos(stack, "sim-19", slug, 1);
  const [submissionId = ""] = submissionIds;
  const mara = await stack.people.signIn("staff-mara", { role: "moderator" });
  const status = async (form: Record<string, string>) => (await post(page.request, stack, mara, slug, form)).status();
  expect(await status({ intent: "approve", submissionId, seenVersion: "7" })).toBe(409);
  expect(await status({ intent: "approve", submissionId: randomUUID() })).toBe(409);
  expect(await status({ intent: "win", submissionId })).toBe(400);
  expect(await status({ intent: "reject", submissionId, reason: "CHANGE_NOT_MADE" })).toBe(400);
  expect(await stateOf(stack, submissionId)).toBe("pending");
});
