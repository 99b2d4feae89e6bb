import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright/test";
import type { Qa } from "#tests/support/qa/qa";
import type { ScenarioName } from "#tests/support/qa/scenarios";
import { expect, test } from "#tests/support/qa/test";

const HOUR = 3_600_000;

const cards = (page: Page) => page.getByTestId("entry-card");
const play = (card: Locator) => card.getByRole("link", { name: /^Play Video:/ });

/** A visitor's challenge page with approved entries: its address, and their videos in the order of entering. */
async function gallery(qa: Qa, scenario: ScenarioName): Promise<{ path: string; videoIds: readonly string[] }> {
  const { slug, videoIds = [] } = await qa.reset(scenario);
  return { path: `/challenges/${slug}`, videoIds };
}

test("nothing but pictures comes from TikTok until a visitor presses play; then exactly one player", async ({
  page,
  qa,
  stack,
}) => {
  const { path, videoIds } = await gallery(qa, "three approved entries");
  const elsewhere: { url: string; kind: string }[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${stack.origin}/`)) {
      elsewhere.push({ url: request.url(), kind: request.resourceType() });
    }
  });
  await page.goto(path);
  await expect(cards(page)).toHaveCount(3);
  const covers = page.locator("tp-player img");
  await expect.poll(() => covers.evaluateAll((all) => all.every((one) => one.clientWidth > 0))).toBe(true);
  await expect.poll(() => elsewhere.length, "covers are shown").toBeGreaterThanOrEqual(3);
  expect(elsewhere.filter(({ url, kind }) => kind !== "image" || !url.startsWith(`${stack.tiktok.origin}/`))).toEqual(
    [],
  );
  await expect(page.locator("iframe")).toHaveCount(0);
  await play(cards(page).first()).click();
  const frame = page.locator("iframe");
  await expect(frame).toHaveCount(1);
  const newest = videoIds.at(-1) ?? "";
  expect(new URL((await frame.getAttribute("src")) ?? "").pathname).toBe(`/player/v1/${newest}`);
  expect(await frame.getAttribute("src")).toMatch(new RegExp(`^${stack.tiktok.origin}/player/v1/[0-9]+\\?`));
  await expect(page.frameLocator("iframe").locator("body")).toHaveAttribute("data-state", "playing");
  await play(cards(page).nth(1)).click();
  await expect(frame, "playing another removes the first").toHaveCount(1);
  await expect(cards(page).nth(1).locator("iframe")).toHaveCount(1);
});

test("Escape and the close button end the player and give the focus back", async ({ page, qa }) => {
  const { path } = await gallery(qa, "an approved entry");
  await page.goto(path);
  const control = play(cards(page));
  await control.focus();
  await page.keyboard.press("Enter");
  await expect(page.frameLocator("iframe").locator("body")).toHaveAttribute("data-state", "playing");
  await page.keyboard.press("Escape");
  await expect(page.locator("iframe")).toHaveCount(0);
  await expect(control).toBeFocused();
  await page.keyboard.press("Enter");
  await cards(page).getByRole("button", { name: "Close player" }).click();
  await expect(page.locator("iframe")).toHaveCount(0);
  await expect(control).toBeFocused();
});

test("a video that TikTok cannot play leaves a card that says so, and can be tried again", async ({
  page,
  qa,
  stack,
}) => {
  const { path, videoIds } = await gallery(qa, "an approved entry");
  const [videoId = ""] = videoIds;
  await stack.tiktok.changeVideo("sim-19", videoId, { deleted: true });
  await page.goto(path);
  await play(cards(page)).click();
  await expect(cards(page).getByText(/TikTok's player could not show this video/)).toBeVisible();
  await expect(page.getByRole("status"), "and is heard").toHaveText(/could not show this video/);
  await expect(page.locator("iframe")).toHaveCount(0);
  await stack.tiktok.changeVideo("sim-19", videoId, { deleted: false });
  await play(cards(page)).click();
  await expect(page.frameLocator("iframe").locator("body")).toHaveAttribute("data-state", "playing");
  await expect(cards(page).getByText(/could not show this video/)).toHaveCount(0);
  await expect(page.getByRole("status")).toHaveText("TikTok's player is ready");
});

test("messages of another sender do not move the player", async ({ page, qa }) => {
  const { path } = await gallery(qa, "an approved entry");
  await page.goto(path);
  await play(cards(page)).click();
  await expect(page.locator("tp-player[data-state=ready]")).toHaveCount(1);
  await page.evaluate(async () => {
    const message = { "x-tiktok-player": true, type: "onPlayerError", value: {} };
    postMessage(message, "*");
    await new Promise((resolve) => addEventListener("message", resolve, { once: true }));
  });
  await expect(page.locator("iframe")).toHaveCount(1);
});

test("a cover that is gone leaves a placeholder with a way to the video", async ({ page, qa }) => {
  const { path } = await gallery(qa, "an approved entry");
  await qa.fault.set({ endpoint: "cover", kind: "status", status: 403 });
  await page.goto(path);
  await expect(cards(page).getByText("Cover no longer available")).toBeVisible();
  const out = cards(page).locator(".dead-cover").getByRole("link", { name: "Open on TikTok" });
  await expect(out).toBeVisible();
  await out.focus();
  await expect(out, "by keyboard too").toBeFocused();
  await expect(out).not.toHaveAttribute("tabindex");
  await expect(cards(page).locator("img:visible")).toHaveCount(1);
});

test("more entries come under those that are shown, each once, with the focus on the first of them", async ({
  page,
  qa,
}) => {
  const { path, videoIds } = await gallery(qa, "sixty approved entries");
  await page.goto(path);
  const more = page.getByRole("link", { name: "Show more" });
  const ids = () => cards(page).evaluateAll((all) => all.map((card) => String(card.getAttribute("data-video-id"))));
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(cards(page)).toHaveCount(48);
  await expect(play(cards(page).nth(24))).toBeFocused();
  await expect(page.getByRole("status")).toHaveText("24 more entries shown");
  const second = new URL(page.url());
  expect(second.searchParams.has("before"), "the address is the last page's").toBe(true);
  await more.click();
  await expect(cards(page)).toHaveCount(60);
  await expect(page.getByRole("status")).toHaveText("12 more entries shown");
  await expect(more).toHaveCount(0);
  expect(await ids(), "newest entry first").toEqual(videoIds.toReversed());
  await play(cards(page).nth(59)).click();
  await expect(cards(page).nth(59).locator("iframe"), "what came later plays too").toHaveCount(1);
  await page.goto(second.href);
  expect(await ids(), "the address shows that page").toEqual(videoIds.toReversed().slice(24, 48));
  // What cannot be fetched is gone to, as without a script.
  await page.evaluate(() => {
    globalThis.fetch = () => Promise.reject(new Error("cut off"));
  });
  await more.click();
  await expect(cards(page)).toHaveCount(12);
});

test("a visitor's choice to always load players counts on entries' own pages, until it is taken back", async ({
  page,
  qa,
}) => {
  const { path } = await gallery(qa, "an approved entry");
  const players: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/player/v1/")) players.push(request.url());
  });
  await page.goto(path);
  const entry = `/entries/${await cards(page).getAttribute("data-submission-id")}`;
  await page.goto(entry);
  const choice = page.getByRole("checkbox", { name: "Always load players on this site" });
  await expect(choice).not.toBeChecked();
  await expect(page.locator("iframe")).toHaveCount(0);
  const loaded = page.frameLocator("iframe").locator("body");
  await choice.check();
  await expect(loaded, "it waits to be played").toHaveAttribute("data-state", "unstarted");
  await page.reload();
  await expect(choice).toBeChecked();
  await expect(loaded).toHaveAttribute("data-state", "unstarted");
  await expect(page.locator("iframe")).toHaveCount(1);
  await choice.uncheck();
  await expect(page.locator("iframe")).toHaveCount(0);
  await choice.check();
  await expect(loaded).toBeVisible();
  const asked = players.length;
  await page.goto(path);
  await expect(cards(page)).toHaveCount(1);
  await expect(page.locator("iframe"), "a gallery waits for its visitor").toHaveCount(0);
  await page.goto(entry);
  await choice.uncheck();
  await page.reload();
  await expect(choice).not.toBeChecked();
  await expect(page.locator("iframe")).toHaveCount(0);
  expect(players.length - asked, "one more, when the page was opened anew").toBe(1);
});

test("the countdown goes by the server's time, not the visitor's clock", async ({ page, qa }) => {
  const { path } = await gallery(qa, "ready to enter");
  await page.clock.install({ time: new Date(qa.clock.now().getTime() + 30 * HOUR) });
  await page.goto(path);
  const timer = page.getByRole("timer", { name: "Time left" });
  const left = async (unit: string) => Number(await timer.locator(`[data-unit=${unit}]`).textContent());
  // It closes 100 hours after it was made.
  expect(await left("days")).toBe(4);
  expect(await left("hours")).toBe(3);
  const minutes = await left("minutes");
  await page.clock.runFor(2 * 60_000);
  await expect.poll(() => left("minutes")).toBe(minutes - 2);
});

test("every phase says what it is, from the day before it opens to the day after it closed", async ({
  page,
  qa,
  stack,
}) => {
  const { path } = await gallery(qa, "not open yet");
  const admin = qa.person("admin").viewer;
  const act = (what: "pause" | "resume") =>
    stack.challenges.actOnChallenge(path.split("/").at(-1) ?? "", what, admin, randomUUID());
  const enter = page.getByRole("link", { name: "Enter a video" });
  const hero = page.locator("header.hero");
  await page.goto(path);
  await expect(hero).toContainText("Opens soon");
  await expect(hero).toContainText(/Opens \w+,? \d+ \w+/);
  await expect(page.getByRole("timer")).toBeVisible();
  await expect(enter).toHaveCount(0);
  await qa.clock.advance(24 * HOUR);
  await page.reload();
  await expect(hero).toContainText(/Closes \w+,? \d+ \w+/);
  await expect(enter).toBeVisible();
  await act("pause");
  await qa.clock.advance(1_000); // a drawn page is given to others for half a second
  await page.reload();
  await expect(hero).toContainText("Paused by the organizer. Entries are safe.");
  await expect(enter).toHaveCount(0);
  await act("resume");
  await qa.clock.advance(24 * HOUR);
  await page.reload();
  await expect(hero).toContainText("Reviewing");
  await expect(hero).toContainText(/Closed \w+,? \d+ \w+/);
  await expect(enter).toHaveCount(0);

  const make = async (title: string, ...acts: ("publish" | "cancel")[]) => {
    const plan = { title, opensInHours: -1, closesInHours: 24, acts };
    return `/challenges/${(await stack.challenges.makeChallenge(admin, plan)).slug}`;
  };
  await page.goto(await make("Called off", "publish", "cancel"));
  await expect(hero).toContainText("Cancelled by the organizer.");
  await expect(enter).toHaveCount(0);
  const draft = await page.goto(await make("Not yet"));
  expect(draft?.status(), "a draft is nobody's to see").toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Called off" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Not yet" })).toHaveCount(0);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("sixty entries come in pages of 24, 24 and 12, none twice", async ({ page, qa }) => {
    const { path, videoIds } = await gallery(qa, "sixty approved entries");
    await page.goto(path);
    const seen: string[] = [];
    for (const size of [24, 24, 12]) {
      await expect(cards(page)).toHaveCount(size);
      const ids = await cards(page).evaluateAll((all) => all.map((card) => String(card.getAttribute("data-video-id"))));
      seen.push(...ids);
      if (size === 24) {
        await page.getByRole("link", { name: "Show more" }).click();
        await page.waitForURL(/before=/);
        await expect(cards(page).first()).not.toHaveAttribute("data-video-id", ids[0] ?? "");
      }
    }
    await expect(page.getByRole("link", { name: "Show more" })).toHaveCount(0);
    expect(seen, "newest entry first").toEqual(videoIds.toReversed());
    await page.getByRole("link", { name: "Back to the first page" }).click();
    await expect(cards(page)).toHaveCount(24);
  });

  test("play and close are links, and one player is drawn", async ({ page, qa, stack }) => {
    const { path, videoIds } = await gallery(qa, "three approved entries");
    await page.goto(path);
    await expect(page.locator("iframe")).toHaveCount(0);
    await play(cards(page).first()).click();
    await expect(page.locator("iframe")).toHaveCount(1);
    const src = (await page.locator("iframe").getAttribute("src")) ?? "";
    expect(src).toContain(`${stack.tiktok.origin}/player/v1/${videoIds.at(-1)}?`);
    await cards(page).first().getByRole("link", { name: "Close player" }).click();
    await expect(page.locator("iframe")).toHaveCount(0);
    await page.goto(`${path}?play=1%22onload=alert(1)`);
    await expect(page.locator("iframe"), "digits only").toHaveCount(0);
  });
});

test("the leaderboard names fifty entries a page, and goes on where the page before ended", async ({ page, qa }) => {
  const { slug } = await qa.reset("sixty approved entries");
  const rows = page.getByTestId("leaderboard-row");
  const ids = () => rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-submission-id")));
  await page.goto(`/challenges/${slug}`);
  await expect(rows).toHaveCount(5);
  await page.getByRole("link", { name: "See every rank, and why" }).click();
  await expect(rows).toHaveCount(50);
  const first = await ids();
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(rows).toHaveCount(10);
  expect(new Set([...first, ...(await ids())]).size).toBe(60);
  await page.getByRole("link", { name: "Back to the first page" }).click();
  await expect(rows).toHaveCount(50);
});
