import { randomUUID } from "node:crypto";
import type { BrowserContext } from "playwright/test";
import { listViolations } from "#tests/support/qa/inspect-page";
import type { Qa } from "#tests/support/qa/qa";
import { FORM, rawRequest } from "#tests/support/qa/raw-request";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

const ADDRESS = "ada.lovelace@example.org";

/** A moderator's approval, with its ten seconds over and everybody told. */
async function approve(stack: Stack, qa: Qa, submissionId = ""): Promise<void> {
  const verdict = { intent: "approve", submissionId, seenVersion: 1 } as const;
  await stack.submissions.decideSubmission(verdict, qa.person("moderator").viewer, randomUUID());
  await qa.clock.advance(10_000);
  await qa.jobs.runSchedule("tell-creators");
}

/** The address behind a link of a letter. */
const linkIn = (text = "", path = "") => new RegExp(`\\S+${path}\\?token=\\S+`).exec(text)?.[0] ?? "";

/** A browser that is signed in nowhere and runs no scripts. */
const elsewhere = async (context: BrowserContext) => {
  const other = await context.browser()?.newContext({ javaScriptEnabled: false });
  if (!other) throw new Error("there is no browser");
  return other;
};

test("letters come once an address is confirmed, and end by a link that needs no sign-in", async ({
  context,
  page,
  qa,
  stack,
}) => {
  const { submissionIds = [] } = await qa.reset("two moderators");
  const inbox = async () => (await qa.outbox()).letters;
  await qa.session("creator");
  await page.goto("/account");
  const section = page.getByRole("region", { name: "E-mail" });
  await section.getByLabel("E-mail address").fill("ada");
  await section.getByRole("button", { name: "Send the letter" }).click();
  await expect(section.getByText("Write an e-mail address, such as name@example.org.")).toBeVisible();
  await section.getByLabel("E-mail address").fill(ADDRESS);
  await section.getByRole("button", { name: "Send the letter" }).click();
  await expect(section).toContainText("Not confirmed yet");
  await qa.jobs.idle();
  const [confirmation] = await inbox();

  const other = await elsewhere(context);
  const mail = await other.newPage();
  await mail.goto(linkIn(confirmation?.text, "/email/confirm"));
  await expect(mail.getByText(`would come to ${ADDRESS}`)).toBeVisible();
  await mail.getByRole("button", { name: "Confirm this address" }).click();
  await expect(mail.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
  await page.reload();
  await expect(section).toContainText("Confirmed");
  expect(await listViolations(page)).toEqual([]);

  await approve(stack, qa, submissionIds[0]);
  const [, letter] = await inbox();
  expect(letter).toMatchObject({ to: ADDRESS, subject: expect.stringContaining("Your entry was approved: ") });
  const unsubscribe = linkIn(letter?.text, "/email/unsubscribe");
  await mail.goto(unsubscribe);
  await mail.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(mail.getByRole("heading", { name: "No more letters" })).toBeVisible();
  await approve(stack, qa, submissionIds[1]);
  expect(await inbox()).toHaveLength(2);

  // They have them again, and their mail program's own button ends them.
  await page.reload();
  await expect(section.getByRole("radio", { name: "No letters" })).toBeChecked();
  await section.getByRole("radio", { name: "Each notification at once" }).check();
  const saved = page.waitForResponse((answer) => answer.request().method() === "POST");
  await section.getByRole("button", { name: "Save" }).click();
  await saved;
  const oneClick = new URL(unsubscribe);
  const headers = { ...FORM, origin: "https://mail.example", "sec-fetch-site": "cross-site" };
  const body = "List-Unsubscribe=One-Click";
  const sent = { method: "POST", headers, body };
  expect((await rawRequest(stack.origin, `${oneClick.pathname}${oneClick.search}`, sent)).status).toBe(200);
  await approve(stack, qa, submissionIds[2]);
  expect(await inbox()).toHaveLength(2);
  await page.reload();
  await section.getByRole("button", { name: "Remove this address" }).click();
  await expect(section.getByLabel("E-mail address")).toBeVisible();
  expect(stack.output()).not.toContain(ADDRESS);
  await other.close();
});
