import type { BrowserContext, Page } from "playwright/test";
import { openChallenge } from "#tests/support/qa/arrange-entries";
import { listenForTrouble, listViolations } from "#tests/support/qa/inspect-page";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

const AT = "/__control/";

/** The panel in a page of its own, beside the product's. */
async function openPanel(context: BrowserContext, stack: Stack, section: string): Promise<Page> {
  const panel = await context.newPage();
  await panel.goto(`${stack.tiktok.origin}${AT}#${section}`);
  return panel;
}

async function enterVideo(page: Page, slug: string, id: string): Promise<void> {
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByLabel("TikTok URL or video ID").fill(id);
  await page.getByRole("button", { name: "Enter this video" }).click();
}

const said = (panel: Page) => panel.getByRole("main").getByRole("status");

test("a video that is made private in the panel is not found by the product, and is found when it is public again", async ({
  context,
  page,
  stack,
  signedInAs,
}) => {
  const slug = await openChallenge(stack, "Stairs");
  await signedInAs("sim-1");
  const [video] = await stack.tiktok.videos("sim-1");
  const panel = await openPanel(context, stack, "accounts");
  await panel.getByRole("link", { name: "One Video" }).click();
  await expect(panel.getByRole("heading", { name: "One Video" })).toBeFocused();
  const item = panel.getByRole("listitem").filter({ hasText: video?.caption }).filter({ hasText: video?.id });
  await item.getByRole("button", { name: "Make private" }).click();
  await expect(said(panel)).toContainText(`Video ${video?.id} is changed: it is private.`);
  await expect(item.getByRole("button", { name: "Make public" })).toBeFocused();
  await enterVideo(page, slug, video?.id ?? "");
  await expect(page.getByRole("alert")).toContainText("This video is not among your public videos.");
  await item.getByRole("button", { name: "Make public" }).press("Enter");
  await expect(said(panel)).toContainText("it is public");
  await item.getByRole("button", { name: "Delete" }).click();
  await expect(said(panel)).toContainText("it is public, deleted");
  await enterVideo(page, slug, video?.id ?? "");
  await expect(page.getByRole("alert")).toContainText("This video is not among your public videos.");

  await item.getByRole("button", { name: "Restore" }).click();
  await expect(item.getByRole("button", { name: "Delete" })).toBeVisible();
  await enterVideo(page, slug, video?.id ?? "");
  await expect(page.getByText("Your video is entered")).toBeVisible();
});

test("a video that is added with counts in the panel is what the product stores", async ({
  context,
  page,
  stack,
  signedInAs,
}) => {
  const creator = await signedInAs("sim-0");
  const panel = await openPanel(context, stack, "accounts/sim-0");
  const form = panel.getByRole("region", { name: "Add a video" });
  await form.getByLabel("Caption").fill("From the panel <b>#windows</b>");
  await form.getByLabel("Duration in seconds").fill("41");
  await form.getByLabel("Posted ago").fill("2");
  await form.getByLabel("Unit").selectOption("days");
  await form.getByLabel("Labelled as made with AI").check();
  await panel.getByRole("button", { name: "Add the video" }).click();
  const item = panel.getByRole("listitem").filter({ hasText: "From the panel <b>#windows</b>" });
  await expect(item).toContainText("AI");
  await item.getByText("Counts", { exact: true }).click();
  await item.getByLabel("Views").fill("123456");
  await item.getByRole("button", { name: "Set counts" }).click();
  await expect(item).toContainText("123456 views");
  await stack.people.sync(creator);
  await page.goto("/studio");
  const card = page.getByTestId("video-card");
  await expect(card).toContainText("From the panel <b>#windows</b>");
  await expect(card).toContainText("0:41");
  const stored = await stack.sql`select view_count::text as views from videos`;
  expect([...stored]).toEqual([{ views: "123456" }]);
});

test("a fault that is added in the panel strikes the product, is counted, and is gone when it is removed", async ({
  context,
  page,
  stack,
  signedInAs,
}) => {
  const slug = await openChallenge(stack, "Bridges");
  await signedInAs("sim-1");
  const [video] = await stack.tiktok.videos("sim-1");
  const panel = await openPanel(context, stack, "faults");
  const form = panel.getByRole("region", { name: "Add a fault" });
  await form.getByLabel("Endpoint").selectOption("video_lookup");
  await form.getByLabel("Kind").selectOption("rate_limit");
  await form.getByLabel("Only requests of").fill("sim-1");
  await form.getByLabel("Times").fill("3");
  await form.getByLabel("Retry-After").fill("1");
  await panel.getByRole("button", { name: "Add the fault" }).click();
  const item = panel.getByRole("listitem").filter({ hasText: "rate_limit at video_lookup" });
  await expect(item).toContainText("fired 0");
  await expect(item).toContainText("openId: sim-1 · times: 3 · retryAfter: 1");
  await enterVideo(page, slug, video?.id ?? "");
  await expect(page.getByRole("alert")).toContainText("TikTok asks us to slow down.");
  await expect(item).toContainText("fired 1");
  await item.getByRole("button", { name: "Remove" }).click();
  await expect(panel.getByRole("heading", { name: "Faults that are set" })).toBeFocused();
  await expect(item).toHaveCount(0);
  expect((await stack.tiktok.state()).faults).toEqual([]);
});

test("the ledger is searched by endpoint, account, text and failure, the newest first", async ({ context, stack }) => {
  const { people, tiktok } = stack;
  await people.sync(await people.signIn("sim-60"));
  await fetch(`${tiktok.origin}/player/v1/7000000000000000001`);
  await fetch(`${tiktok.origin}/%3Cimg%20src=x%20onerror=globalThis.pwned=true%3E`);
  const panel = await openPanel(context, stack, "ledger");
  const requests = panel.getByRole("list").last().getByRole("listitem");
  await expect(requests.first()).toContainText("404 http_404");
  await expect(requests.first()).toContainText("/%3Cimg%20src=x");
  const form = panel.getByRole("search", { name: "Ledger" });
  const search = async (what: () => Promise<unknown>) => {
    await what();
    await panel.getByRole("button", { name: "Search" }).click();
  };
  await search(() => form.getByLabel("Text").fill("7000000000000000001"));
  await expect(said(panel)).toHaveText("1 request.");
  await expect(requests).toHaveText([/GET \/player\/v1\/7000000000000000001/]);
  await form.getByLabel("Text").fill("");
  await form.getByLabel("Endpoint").selectOption("video_list");
  await search(() => form.getByLabel("Account").fill("sim-60"));
  await expect(requests).toHaveCount(3);
  await expect(requests.first()).toContainText("cursor 1");
  await search(() => form.getByLabel("Only failures and faults").check());
  await expect(said(panel)).toHaveText("0 requests.");
  await search(() => form.getByLabel("Account").fill(""));
  await search(() => form.getByLabel("Endpoint").selectOption("all"));
  await expect(requests).toHaveText([/404 http_404/, /200 not_found/]);
  await panel.getByRole("button", { name: "Clear the ledger" }).click();
  await expect(requests).toHaveCount(0);
  expect(await tiktok.ledger()).toEqual([]);
});

test("tokens, clock, settings and webhooks are in the panel's hand, and Reset brings the start back", async ({
  context,
  stack,
}) => {
  const { tiktok } = stack;
  const start = await tiktok.state();
  await tiktok.grant("sim-1", ["user.info.basic"]);
  const panel = await openPanel(context, stack, "accounts/sim-1");
  await expect(panel.getByText("Live: 1 access token, 1 refresh token.")).toBeVisible();
  await panel.getByRole("button", { name: "Expire access tokens" }).click();
  await expect(panel.getByText("Live: 0 access tokens, 1 refresh token.")).toBeVisible();
  await panel.getByRole("region", { name: "Tokens" }).getByLabel("Reason").selectOption("4: the account was banned");
  await panel.getByRole("button", { name: "Take access away" }).click();
  await expect(said(panel)).toContainText(/reason 4. The webhook was answered with \d{3}\./);
  expect(await tiktok.tokenCounts("sim-1")).toMatchObject({ liveAccessTokens: 0, liveRefreshTokens: 0 });

  await panel.getByRole("link", { name: "Webhook" }).click();
  await panel.getByLabel("Deliveries at once").fill("2");
  await panel.getByLabel("Signature").selectOption("none");
  await panel.getByRole("button", { name: "Send the event" }).click();
  await expect(said(panel)).toContainText(/authorization.removed was answered with \d{3}, \d{3}\./);
  await panel.getByLabel("Content as JSON").fill("{");
  await panel.getByRole("button", { name: "Send the event" }).click();
  await expect(panel.getByRole("alert")).toHaveText("The content is not valid JSON.");

  await panel.getByRole("link", { name: "Clock and settings" }).click();
  const clock = panel.getByRole("region", { name: "TikTok's clock" });
  await clock.getByLabel("Ahead of this machine by").fill("1.5");
  await clock.getByLabel("Unit").selectOption("days");
  await clock.getByRole("button", { name: "Set the clock" }).click();
  await expect(panel.getByText("1 d 12 h ahead.")).toBeVisible();
  await panel.getByLabel("Requests a minute").fill("7");
  await panel.getByRole("button", { name: "Save the settings" }).click();
  await expect(said(panel)).toHaveText("The settings are saved.");
  const changed = { ...start.settings, clockOffsetMs: 129_600_000, rateLimitPerMinute: 7 };
  expect((await tiktok.state()).settings).toEqual(changed);

  await panel.getByRole("button", { name: "Reset…" }).click();
  await panel.getByRole("button", { name: "Keep" }).click();
  expect((await tiktok.state()).settings).toEqual(changed);
  await panel.getByRole("button", { name: "Reset…" }).click();
  await panel.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
  await expect(said(panel)).toHaveText("The simulator is as it was at its start.");
  await expect(panel.getByText("The same as this machine's.")).toBeVisible();
  expect(await tiktok.state()).toEqual(start);
});

test("what the simulator refuses is said in its words", async ({ context, stack }) => {
  const panel = await openPanel(context, stack, "accounts/nobody");
  await expect(panel.getByRole("alert")).toHaveText("There is no account nobody");
  await panel.route("**/__control/state", (route) => route.abort());
  await panel.getByRole("link", { name: "Faults" }).click();
  await expect(panel.getByRole("alert")).toHaveText("The simulator does not answer. Is it still running?");
  await panel.unroute("**/__control/state");
  await expect(panel.getByRole("alert")).toBeEmpty();
});

test("the panel is accessible, narrow or wide, and nothing in it runs but its own script", async ({ page, stack }) => {
  test.slow();
  await stack.tiktok.addFault({ endpoint: "oembed", kind: "status", code: "<script>globalThis.pwned=true</script>" });
  await fetch(`${stack.tiktok.origin}/oembed?url=x`);
  const trouble = listenForTrouble(page);
  for (const section of ["accounts", "accounts/sim-hostile", "faults", "settings", "webhook", "ledger"]) {
    await page.goto(`${stack.tiktok.origin}${AT}#${section}`);
    if (section === "accounts/sim-hostile") await expect(page.getByText("40 videos.")).toBeVisible();
    expect.soft(await listViolations(page), section).toEqual([]);
    for (const width of [320, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const inner = await page.evaluate(() => document.documentElement.scrollWidth);
      expect.soft(inner, `${section} at ${width}: no sideways scroll`).toBeLessThanOrEqual(width);
    }
  }
  expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
  expect(trouble.take(200)).toEqual([]);
});
