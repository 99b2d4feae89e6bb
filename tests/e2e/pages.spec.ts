import { randomUUID } from "node:crypto";
import type { Page } from "playwright/test";
import { approveAll, enterVideos, openChallenge } from "#tests/support/qa/arrange-entries";
import { inspect, listenForTrouble } from "#tests/support/qa/inspect-page";
import { QaJobs } from "#tests/support/qa/jobs";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

const MOST = 300_000;

/** A challenge with entries in every state that the pages show differently. */
async function makeWorld(stack: Stack) {
  const home = await openChallenge(stack, "A Minute of Home", { prize: "€2,000", hashtags: "" });
  const empty = await openChallenge(stack, "Nothing Yet", { minDurationSeconds: "5", maxDurationSeconds: "600" });
  const { submissionIds } = await enterVideos(stack, "demo-ines", home, 8);
  const theo = await stack.people.signIn("staff-theo", { role: "moderator" });
  await approveAll(stack, submissionIds.slice(4), theo.viewer);
  const [a = "", b = "", c = ""] = submissionIds;
  const decide = (verdict: Parameters<Stack["submissions"]["decideSubmission"]>[0]) =>
    stack.submissions.decideSubmission(verdict, theo.viewer, randomUUID());
  await decide({ intent: "flag", submissionId: a, seenVersion: 1 });
  await decide({ intent: "reject", submissionId: b, seenVersion: 1, reason: "OFF_BRIEF", message: undefined });
  await decide({ intent: "request_change", submissionId: c, seenVersion: 1, message: "Name the place, please." });
  const shown = submissionIds.at(-1) ?? "";
  // From a network that no other test reports from.
  const report = { reason: "SPAM_OR_AD", words: "It sells lamps." } as const;
  await stack.submissions.reportEntry(shown, report, randomUUID());
  return {
    home: `/challenges/${home}`,
    embed: `/embed/challenges/${home}`,
    empty: `/challenges/${empty}`,
    desk: `/review/${home}`,
    entry: `/entries/${shown}`,
  };
}

/** Opens a page, brings it into a state, and inspects it. */
function visitor(page: Page) {
  const trouble = listenForTrouble(page);
  return async (
    path: string,
    name: string,
    options: { status?: number; act?: () => Promise<void>; actStatus?: number } = {},
  ) => {
    const { status = 200, act, actStatus = status } = options;
    const answer = await page.goto(path);
    expect.soft(answer?.status(), name).toBe(status);
    await act?.();
    await inspect(page, name);
    expect.soft(trouble.take(actStatus), `${name}: nothing failed and nothing complained`).toEqual([]);
  };
}

test.describe("in both themes", () => {
  test.setTimeout(MOST);

  test("what a visitor sees is accessible", async ({ page, stack }) => {
    const visit = visitor(page);
    await visit("/", "home without a challenge");
    const world = await makeWorld(stack);
    await visit("/", "home");
    await visit(world.home, "challenge");
    await visit(world.home, "challenge with a player", {
      act: async () => {
        await page
          .getByRole("link", { name: /^Play Video/ })
          .first()
          .click();
        await expect(page.frameLocator("iframe").locator("body")).toHaveAttribute("data-state", "playing");
      },
    });
    await visit(`${world.home}?sort=score&q=nothing-like-it#gallery`, "a search that finds nothing");
    await visit(world.embed, "gallery for other sites");
    await visit(world.empty, "challenge without entries");
    await visit(`${world.home}/leaderboard`, "leaderboard", {
      act: async () => {
        await page.getByText("Explain").first().click();
        await expect(page.getByRole("row", { name: /^Score/ })).toBeVisible();
      },
    });
    await visit(`${world.empty}/leaderboard`, "leaderboard without entries");
    await visit(world.entry, "an entry");
    await visit(`${world.entry}/report`, "a report that says too little", {
      actStatus: 400,
      act: async () => {
        await page.getByRole("radio", { name: "Another reason" }).check();
        await page.getByRole("button", { name: "Send report" }).click();
        await expect(page.getByLabel("In your words")).toHaveAttribute("aria-invalid", "true");
      },
    });
    await visit(`${world.entry}/report?sent`, "a report that is sent");
    await visit("/login", "login");
    await visit("/auth/tiktok/callback?error=access_denied&state=unknown", "sign-in error", { status: 400 });
    await visit("/privacy", "privacy");
    await visit("/terms", "terms");
    await visit("/logout", "logout");
    await visit("/nothing-here", "404", { status: 404 });
    await visit("/challenges/nothing-here", "404 of a challenge", { status: 404 });
    await visit(`${world.home}/leaderboard?page=9`, "404 past the leaderboard's end", { status: 404 });
  });

  test("what a creator sees is accessible", async ({ page, stack, signedInAs }) => {
    const world = await makeWorld(stack);
    const visit = visitor(page);
    await signedInAs("sim-0");
    await visit("/studio", "studio without videos");
    await visit("/studio/entries", "no entries");
    await visit("/notifications", "no notifications");
    await visit(`${world.home}/submit`, "picker without videos");
    await signedInAs("demo-ines");
    await visit("/studio", "studio");
    await visit("/studio/entries", "entries");
    await new QaJobs(stack).runSchedule("tell-creators");
    await visit("/notifications", "notifications");
    await visit(`${world.home}/submit`, "picker");
    await visit(`${world.empty}/submit`, "picker with a choice", {
      act: async () => {
        await page.getByTestId("video-card").first().click();
        await expect(page.getByRole("radio").first()).toBeChecked();
      },
    });
    await visit("/account", "account");
    await visit("/admin/challenges", "403", { status: 403 });
    await visit("/nothing-here", "404", { status: 404 });
    await expect(page.getByRole("link", { name: "Account of Inês Duarte" })).toBeVisible();
  });

  test("what staff see is accessible", async ({ page, stack, signedInAs }) => {
    const visit = visitor(page);
    await signedInAs("staff-ada", { role: "admin" });
    await visit("/admin/challenges", "admin without a challenge");
    await visit("/review", "empty queue");
    await visit("/review/reports", "nothing reported");
    const world = await makeWorld(stack);
    await visit("/admin/challenges", "admin", {
      act: async () => page.getByText("Show the gallery on other sites").first().click(),
    });
    await visit("/admin/challenges/new", "challenge form");
    await visit("/admin/audit", "audit log");
    await visit("/admin/audit?person=nobody", "audit log without a line");
    await visit("/admin/challenges/new", "challenge form with errors", {
      act: async () => {
        await page.getByRole("button", { name: "Save as draft" }).click();
        await expect(page.getByLabel("Title", { exact: true })).toHaveAttribute("aria-invalid", "true");
      },
    });
    await visit("/review", "queue");
    await visit("/review/log", "log");
    await visit("/review/reports", "a reported entry");
    await visit("/review/templates", "templates");
    for (const tab of ["pending", "flagged", "changes_requested", "approved", "held", "rejected"]) {
      await visit(`${world.desk}?tab=${tab}`, `desk, ${tab}`);
    }
    await visit(world.desk, "what is known", {
      act: async () => {
        await page
          .getByRole("link", { name: /What is known/ })
          .first()
          .click();
        await expect(page.getByRole("button", { name: "Add note" })).toBeVisible();
      },
    });
    await visit(world.desk, "reject dialog", {
      act: async () => {
        await page.getByRole("button", { name: "Reject" }).first().click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel("Reason").selectOption("Another reason");
        await dialog.getByRole("button", { name: "Reject" }).click();
        await expect(dialog.getByLabel("Message to the creator")).toHaveAttribute("aria-invalid", "true");
      },
    });
    await visit(world.desk, "desk with a way back", {
      act: async () => {
        await page.getByRole("button", { name: "Approve" }).first().click();
        await expect(page.getByTestId("undo-toast")).toBeVisible();
      },
    });
  });
});

test("the skip link leads past the header to the content", async ({ page, stack }) => {
  await openChallenge(stack, "Skip");
  await page.goto("/");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").getByRole("link").first()).toBeFocused();
});

test("a chosen theme is remembered and drawn by the server at once", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/");
  const background = () =>
    page.evaluate(() => getComputedStyle(document.body.parentElement ?? document.body).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: "Switch between light and dark" }).click();
  const dark = await background();
  expect(dark).not.toBe(light);
  const answer = await page.reload();
  expect(await answer?.text()).toContain('data-theme="dark"');
  expect(await background()).toBe(dark);
});
