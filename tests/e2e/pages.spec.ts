import type { Page } from "playwright/test";
import { inspect, listenForTrouble } from "#tests/support/qa/inspect-page";
import type { Qa } from "#tests/support/qa/qa";
import { expect, test } from "#tests/support/qa/test";

const MOST = 300_000;

/** A challenge with entries in every state that the pages show differently. */
async function arrive(qa: Qa) {
  const { slug, submissionIds } = await qa.reset("entries in every state");
  return {
    home: `/challenges/${slug}`,
    embed: `/embed/challenges/${slug}`,
    empty: "/challenges/nothing-yet",
    desk: `/review/${slug}`,
    entry: `/entries/${submissionIds?.at(-1)}`,
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

  test("what a visitor sees is accessible", async ({ page, qa }) => {
    const visit = visitor(page);
    await qa.reset("no challenge");
    await visit("/", "home without a challenge");
    const world = await arrive(qa);
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
    await visit("/email/unsubscribe?token=none", "a link of a letter that is none", { status: 404 });
    await visit("/privacy", "privacy");
    await visit("/terms", "terms");
    await visit("/logout", "logout");
    await visit("/nothing-here", "404", { status: 404 });
    await visit("/challenges/nothing-here", "404 of a challenge", { status: 404 });
    await visit(`${world.home}/leaderboard?page=9`, "404 past the leaderboard's end", { status: 404 });
  });

  test("what a creator sees is accessible", async ({ page, qa }) => {
    const world = await arrive(qa);
    const visit = visitor(page);
    await qa.session("newcomer");
    await visit("/studio", "studio without videos");
    await visit("/studio/entries", "no entries");
    await visit("/notifications", "no notifications");
    await visit(`${world.home}/submit`, "picker without videos");
    await qa.session("creator");
    await visit("/studio", "studio");
    await visit("/studio?q=nothing-like-it", "studio, nothing found");
    await visit("/studio/entries", "entries");
    await qa.jobs.runSchedule("tell-creators");
    await visit("/notifications", "notifications");
    await visit(`${world.home}/submit`, "picker");
    await visit(`${world.empty}/submit`, "picker with a choice", {
      act: async () => {
        await page.getByTestId("video-card").first().click();
        await expect(page.getByRole("radio").first()).toBeChecked();
        await page.getByRole("region", { name: "Your choice" }).locator("summary").click();
      },
    });
    const video = await page.getByTestId("video-card").first().getAttribute("data-video-id");
    await visit(`${world.empty}/submit`, "picker with a preview", {
      act: async () => {
        await page.getByLabel("TikTok URL or video ID").fill(video ?? "");
        await page.getByRole("button", { name: "Look up" }).click();
        await expect(page.getByRole("heading", { name: /^Meets all/ })).toBeVisible();
      },
    });
    await visit("/account", "account");
    await visit("/admin/challenges", "403", { status: 403 });
    await visit("/nothing-here", "404", { status: 404 });
    await expect(page.getByRole("link", { name: "Account of Inês Duarte" })).toBeVisible();
  });

  test("what staff see is accessible", async ({ page, qa }) => {
    const visit = visitor(page);
    await qa.reset("no challenge");
    await qa.session("admin");
    await visit("/admin/challenges", "admin without a challenge");
    await visit("/review", "empty queue");
    await visit("/review/reports", "nothing reported");
    const world = await arrive(qa);
    await qa.session("admin");
    await visit("/admin/challenges", "admin", {
      act: async () => page.getByText("Show the gallery on other sites").first().click(),
    });
    await visit(`/admin/${world.home.slice(1)}/review?edit=new`, "a challenge's review with a rule's form");
    await visit("/review/figures", "figures");
    await visit("/review/figures?days=7&challenge=nothing-here", "figures of nothing");
    await visit("/admin/challenges/new", "challenge form");
    await visit("/admin/audit", "audit log");
    await visit("/admin/audit?person=nobody", "audit log without a line");
    await visit("/admin/jobs", "jobs, and nothing failed");
    await visit("/admin/tiktok", "the doctor's findings", {
      act: async () => {
        await page.getByRole("button", { name: "Check now" }).click();
        await expect(page.getByRole("list", { name: "Checks" })).toBeVisible();
      },
    });
    await visit("/admin/challenges/new", "challenge form with errors", {
      actStatus: 400,
      act: async () => {
        await page.getByRole("button", { name: "Save as draft" }).click();
        await expect(page.getByLabel("Title", { exact: true })).toHaveAttribute("aria-invalid", "true");
      },
    });
    await visit("/review", "queue");
    await visit("/review/log", "log");
    await visit("/review/reports", "a reported entry");
    await visit("/review/templates", "templates");
    const views = ["view=grid", "view=list", "view=list&density=dense", "view=single", "density=dense", "view=grid"];
    for (const [at, tab] of ["pending", "flagged", "changes_requested", "approved", "rejected", "held"].entries()) {
      await visit(`${world.desk}?tab=${tab}&${views[at]}`, `desk, ${tab}, ${views[at]}`);
    }
    await visit(world.desk, "what is known", {
      act: async () => {
        await page.getByRole("button", { name: "What is known" }).click();
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

test("the skip link leads past the header to the content", async ({ page, qa }) => {
  await qa.reset("nothing stored");
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
