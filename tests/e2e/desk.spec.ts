import { randomUUID } from "node:crypto";
import { expect, test } from "#tests/support/qa/test";
import { atTheDesk, card, cards, toast } from "./desk-cards";

/** The desk at speed: keys alone, many at once, and more than one moderator. */

test("ten entries are decided by keyboard alone, and a slip is undone", async ({ page, qa, stack }) => {
  const { slug = "", submissionIds: ids = [] } = await qa.reset("60 pending");
  await qa.session("moderator");
  await atTheDesk(page, slug);
  const dialog = page.getByRole("dialog");
  const focused = (at: number) => expect(card(page, ids[at] ?? ""), `entry ${at} has the focus`).toBeFocused();
  await page.keyboard.press("j");
  await focused(1);
  await page.keyboard.press("ArrowLeft");
  await focused(0);
  await page.keyboard.press("Control+a");
  for (let at = 0; at < 6; at += 1) {
    await page.keyboard.press("a");
    await focused(at + 1);
  }
  await page.keyboard.press("r");
  await page.keyboard.press("5");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await focused(7);
  await page.keyboard.press("c");
  await page.keyboard.type("Just a raffle, x");
  await page.keyboard.press("Control+Enter");
  await focused(8);
  await page.keyboard.press("f");
  await focused(9);
  await page.keyboard.press("a");
  await focused(10);
  await expect(page.getByTestId("queue-count")).toHaveText("50");
  const rows = await stack.sql<{ what: string }[]>`
    select concat_ws(' ', s.state, d.reason_code, d.message) as what from submissions s
    join decisions d on d.submission_id = s.id and d.sequence = s.version where s.id = any(${ids.slice(0, 11)}) order by s.id`;
  expect(rows.map(({ what }) => what)).toEqual([
    ...Array<string>(6).fill("approved"),
    expect.stringMatching(/^rejected TOO_LONG Your video is longer/),
    "changes_requested Just a raffle, x",
    "flagged",
    "approved",
    "pending",
  ]);
  await page.keyboard.press("u");
  await focused(9);
  await expect(page.getByTestId("queue-count")).toHaveText("51");
  await page.locator("summary").filter({ hasText: "Settings" }).click();
  await page.getByRole("combobox", { name: "Keyboard" }).selectOption("Keys with Alt");
  await page.getByRole("checkbox", { name: /Blur covers/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("[data-blur]")).toHaveCount(1);
  const elsewhere = await qa.open("moderator");
  await atTheDesk(elsewhere, slug);
  await expect(elsewhere.locator("[data-blur]"), "it follows the person").toHaveCount(1);
  await elsewhere.keyboard.press("a");
  await elsewhere.keyboard.press("Alt+a");
  await expect(page.getByTestId("queue-count"), "letters want Alt").toHaveText("50");
});

test("several are approved at once, one that somebody decided is reported, and one press takes them back", async ({
  page,
  qa,
  stack,
}) => {
  const { slug = "", submissionIds: ids = [] } = await qa.reset("two moderators");
  await qa.session("moderator");
  await page.route("**/live", (route) => route.abort()); // this desk has not heard yet
  await atTheDesk(page, slug);
  const first = { intent: "flag", submissionId: ids[0] ?? "", seenVersion: 1 } as const;
  await stack.submissions.decideSubmission(first, qa.person("second").viewer, randomUUID());
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  await expect(page.getByText("3 selected")).toBeVisible();
  await page.keyboard.press("a");
  const report = page.getByRole("status").filter({ hasText: "2 approved, 1 skipped" });
  await expect(report.locator("[data-error='CONFLICT']")).toContainText("Second look by Theo Okonkwo");
  await expect(cards(page)).toHaveCount(0);
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("2 taken back")).toBeVisible();
  await expect(cards(page)).toHaveCount(2);
  await expect(toast(page)).toHaveCount(0);
  const states = await stack.sql`select state from submissions order by id`;
  expect(states.map(({ state }) => state)).toEqual(["flagged", "pending", "pending"]);
});

test("grid, list and one at a time: the same keys, ranges with Shift, and all that match over the pages", async ({
  page,
  qa,
  stack,
}) => {
  const { slug = "", submissionIds: ids = [] } = await qa.reset("60 pending");
  await qa.session("moderator");
  await atTheDesk(page, slug);
  const at = (index: number) => card(page, ids[index] ?? "");
  const view = page.getByRole("navigation", { name: "View" });
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/view=single/);
  await expect(cards(page)).toHaveCount(1);
  await expect(at(1)).toBeFocused();
  await page.keyboard.press("j");
  await expect(at(2)).toBeFocused();
  await page.keyboard.press("a");
  await expect(at(3), "deciding brings the next").toBeFocused();
  await page.keyboard.press("k");
  await expect(at(1)).toBeFocused();
  await view.getByRole("link", { name: "List" }).click();
  await expect(cards(page)).toHaveCount(24);
  await expect(at(1), "the same entry in another view").toHaveAttribute("data-current");
  for (const key of ["Shift+J", "Shift+ArrowDown", "Shift+ArrowUp"]) await page.keyboard.press(key);
  await expect(page.getByText("2 selected")).toBeVisible();
  await page.getByRole("link", { name: /Select all that match/ }).click();
  await expect(page.getByText("59 selected, 35 of them on other pages")).toBeVisible();
  await expect(page).not.toHaveURL(/select=/);
  // Nobody on this desk has heard of it.
  await page.route("**/live", (route) => route.abort());
  const first = { intent: "reject", submissionId: ids[59] ?? "", seenVersion: 1, reason: "OFF_BRIEF" } as const;
  await stack.submissions.decideSubmission({ ...first, message: undefined }, qa.person("second").viewer, randomUUID());
  await page.keyboard.press("f");
  const report = page.getByRole("status").filter({ hasText: "58 flagged, 1 skipped" });
  await expect(report.locator("[data-error='CONFLICT']")).toContainText("Rejected by Theo Okonkwo");
  await expect(page.getByTestId("queue-count")).toHaveText("0");
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("58 taken back")).toBeVisible();
  await expect(page.getByTestId("queue-count")).toHaveText("58");
});

test("offline nothing is lost: verdicts wait in the tab and are sent once, and who was first is named", async ({
  page,
  context,
  qa,
  stack,
}) => {
  const { slug = "", submissionIds: ids = [] } = await qa.reset("two moderators");
  const [one = "", two = "", three = ""] = ids;
  await qa.session("moderator");
  await atTheDesk(page, slug);
  await context.setOffline(true);
  await page.keyboard.press("a");
  await expect(card(page, one)).toContainText("Approve: not sent, you’re offline.");
  await expect(card(page, two), "and the work goes on").toBeFocused();
  await page.keyboard.press("f");
  await expect(card(page, two)).toContainText("Flag: not sent");
  await page.keyboard.press("a");
  await card(page, three).getByRole("button", { name: "Don’t send" }).click();
  await expect(card(page, three).getByRole("button", { name: "Approve" })).toBeVisible();
  const warned = page.waitForEvent("dialog");
  const leaving = page.evaluate(() => location.assign("/"));
  await (await warned).dismiss();
  await leaving;
  const verdict = { intent: "reject", submissionId: two, seenVersion: 1, reason: "OFF_BRIEF" } as const;
  await stack.submissions.decideSubmission(
    { ...verdict, message: undefined },
    qa.person("second").viewer,
    randomUUID(),
  );
  await context.setOffline(false);
  await expect(page.getByRole("alert")).toContainText("Rejected by Theo Okonkwo");
  await expect(cards(page)).toHaveCount(1);
  const rows = await stack.sql<{ what: string }[]>`
    select concat_ws(' ', array_position(${ids}::uuid[], submission_id), to_state) as what from decisions
    where sequence > 1 order by what`;
  expect(rows.map(({ what }) => what)).toEqual(["1 approved", "2 rejected"]);
});

test("a verdict of a process that is killed inside the ten seconds takes effect once, after it has come back", async ({
  page,
  qa,
  stack,
}) => {
  const { slug = "", submissionIds: ids = [] } = await qa.reset("two moderators");
  await qa.session("moderator");
  await atTheDesk(page, slug);
  await page.keyboard.press("a");
  await expect(toast(page)).toContainText("Approved");
  expect(await qa.outbox(), "nothing has left").toMatchObject({ told: [], waiting: 1 });
  await stack.crash();
  await qa.clock.advance(10_000);
  await qa.jobs.run("tell-creators");
  await qa.jobs.runSchedule("tell-creators");
  const told = [{ kind: "approved", submissionId: ids[0], read: false }];
  expect(await qa.outbox()).toMatchObject({ told, waiting: 0 });
  await page.keyboard.press("f");
  await expect(page.getByTestId("queue-count"), "the desk works on").toHaveText("1");
});

test("a hashtag narrows the desk, and all that match with it", async ({ page, qa, stack }) => {
  const { slug = "", submissionIds: ids = [] } = await qa.reset("60 pending");
  await stack.sql`update videos set caption = 'Home again #CasaNuestra' from submissions s
    where s.video_id = videos.id and s.id = any(${ids.slice(20, 50)})`;
  await qa.session("moderator");
  await atTheDesk(page, slug);
  await page.locator("summary").filter({ hasText: "Longest waiting first" }).click();
  const typed = page.getByRole("textbox", { name: "Hashtag in the caption" });
  await typed.fill("two words");
  await typed.press("Enter");
  await expect(typed, "it is one hashtag").toHaveJSProperty("validity.valid", false);
  await typed.fill("#casanuestra");
  await typed.press("Enter");
  await expect(cards(page).first()).toHaveAttribute("data-submission-id", ids[20] ?? "");
  await page.getByRole("link", { name: /Select all that match/ }).click();
  await expect(page.getByText("30 selected, 6 of them on other pages")).toBeVisible();
  await page.getByRole("link", { name: "#casanuestra: entries with any hashtag" }).click();
  await expect(cards(page).first()).toHaveAttribute("data-submission-id", ids[0] ?? "");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("what is ticked is rejected for one reason, and taken back", async ({ page, qa }) => {
    const { slug, submissionIds: ids = [] } = await qa.reset("two moderators");
    await qa.session("moderator");
    await page.goto(`/review/${slug}`);
    for (const id of ids.slice(0, 2)) await card(page, id).getByRole("checkbox").check();
    const bar = page.locator("#bulk");
    await bar.locator("summary").click();
    await bar.getByRole("combobox", { name: "Reason" }).selectOption("Another reason");
    await bar.getByRole("button", { name: "Reject selected" }).click();
    const message = bar.getByRole("textbox", { name: "Message to the creator" });
    await expect(message).toHaveAccessibleDescription(/Write what the creator should know/);
    await message.fill("Not this time.");
    await bar.getByRole("button", { name: "Reject selected" }).click();
    await expect(cards(page), "the ticks were kept").toHaveCount(1);
    await toast(page).getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("2 taken back")).toBeVisible();
    await expect(cards(page)).toHaveCount(3);
    await card(page, ids[0] ?? "")
      .getByRole("link", { name: /^Details/ })
      .click();
    await page.getByRole("link", { name: "Next" }).click();
    await cards(page).getByRole("button", { name: "Approve" }).click();
    await expect(card(page, ids[2] ?? ""), "one at a time, on to the next").toBeVisible();
    await expect(cards(page)).toHaveCount(1);
  });
});
