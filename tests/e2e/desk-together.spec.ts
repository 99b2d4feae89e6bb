import { randomUUID } from "node:crypto";
import { expect, test } from "#tests/support/qa/test";
import { atTheDesk, card, toast } from "./desk-cards";

/** Several moderators at once, and several desks of one. */

test("two moderators see who looks at what; one takes over, and the other's desk follows without losing its place", async ({
  page,
  qa,
}) => {
  const { slug = "", submissionIds: ids = [] } = await qa.reset("two moderators");
  const [one = "", , three = ""] = ids;
  await qa.session("moderator");
  const second = await qa.open("second");
  await Promise.all([atTheDesk(page, slug), atTheDesk(second, slug)]);
  await card(page, one).focus();
  const shown = card(second, one);
  await expect(shown).toContainText("Mara Lindqvist is looking until");
  await expect(shown.getByRole("button", { name: "Approve" })).toHaveCount(0);
  await shown.getByRole("button", { name: "Take over" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Theo Okonkwo took over" })).toBeVisible();
  await card(page, three).focus();
  await shown.getByRole("button", { name: "Approve" }).click();
  await expect(card(page, one), "decided elsewhere, it stays until the next act").toContainText(
    "Approved by Theo Okonkwo",
  );
  await expect(page.getByRole("status").filter({ hasText: "Approved by Theo Okonkwo: the entry of" })).toBeAttached();
  await expect(card(page, three)).toBeFocused();
  await page.keyboard.press("f");
  await expect(card(page, one)).toHaveCount(0);
});

test("three at one entry: the first verdict stands, the second hears whose it was, and the third's desk follows", async ({
  page,
  qa,
  stack,
}) => {
  const { slug = "", submissionIds: ids = [] } = await qa.reset("two moderators");
  const [one = ""] = ids;
  await qa.session("moderator");
  const [theo, ada] = [await qa.open("second"), await qa.open("admin")];
  // Theo's desk hears nothing, and nobody knows who looks at what: so two can meet.
  await theo.route("**/live", (route) => route.abort());
  for (const desk of [page, theo]) await desk.route("**/claim", (route) => route.abort());
  await Promise.all([page, theo, ada].map((desk) => atTheDesk(desk, slug)));
  await card(ada, ids[2] ?? "").focus();
  await card(page, one).getByRole("button", { name: "Approve" }).click();
  await expect(card(ada, one)).toContainText("Approved by Mara Lindqvist");
  await expect(card(ada, ids[2] ?? ""), "nobody's place is taken").toBeFocused();
  await card(theo, one).getByRole("button", { name: "Flag" }).click();
  await expect(theo.getByRole("alert")).toContainText("Approved by Mara Lindqvist");
  const made = await stack.sql`select to_state as to from decisions where submission_id = ${one} and sequence > 1`;
  expect(made).toEqual([{ to: "approved" }]);
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(
    card(ada, one).getByRole("button", { name: "Approve" }),
    "and what is taken back waits again",
  ).toBeVisible();
});

test("tabs of one browser share one stream, whatever challenge they show, and each reads its own news", async ({
  page,
  context,
  qa,
  stack,
}) => {
  const { slug = "", submissionIds: ids = [] } = await qa.reset("a busy and a quiet challenge");
  await qa.session("moderator");
  const opened: string[] = [];
  context.on("request", (request) => request.resourceType() === "eventsource" && opened.push(request.url()));
  const decide = (at: number) =>
    stack.submissions.decideSubmission(
      { intent: "approve", submissionId: ids[at] ?? "", seenVersion: 1 },
      qa.person("second").viewer,
      randomUUID(),
    );
  await atTheDesk(page, slug);
  const quiet = await context.newPage();
  const queue = await context.newPage();
  // Each reads itself anew once it knows that the stream is open.
  for (const [tab, path] of [[quiet, "/review/quiet-challenge"] as const, [queue, "/review"] as const]) {
    const read = tab.waitForResponse((answer) => answer.url().includes(".data"));
    await tab.goto(path);
    await read;
  }
  const reads: string[] = [];
  quiet.on("request", (request) => request.url().includes(".data") && reads.push(request.url()));
  await decide(0);
  await expect(card(page, ids[0] ?? "")).toContainText("Approved by Theo Okonkwo");
  const pending = queue.getByRole("row").filter({ hasText: "Long queue" }).getByRole("cell").first();
  await expect(pending, "the queue follows every challenge").toHaveText("2");
  expect(opened).toHaveLength(1);
  expect(reads, "no news of this challenge").toEqual([]);
  await page.close();
  await expect.poll(() => opened.length, "the next in line goes on").toBe(2);
  await decide(1);
  await expect(pending).toHaveText("1");
});
