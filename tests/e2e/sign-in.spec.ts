import type { BrowserContext } from "playwright/test";
import { consentAs, signInAtTikTok } from "#tests/support/qa/consent";
import { putSession } from "#tests/support/qa/put-session";
import { expect, test } from "#tests/support/qa/test";

const bundles = {
  mission: ["user.info.basic", "video.list", "video.data", "webhook.subscription"],
  public: ["user.info.basic", "user.info.profile", "video.list"],
};
/** What reading videos needs. */
const videoScopes = { mission: ["video.list", "video.data"], public: ["video.list"] };

const SESSION = "__Host-trendpot";
async function sessionOf(context: BrowserContext): Promise<string | undefined> {
  return (await context.cookies()).find(({ name }) => name === SESSION)?.value;
}

test("a creator signs in at TikTok with the whole scope bundle and comes back to where they were", {
  tag: "@contract",
}, async ({ page, stack, contract }) => {
  await page.goto("/studio");
  await page.getByRole("link", { name: "Continue with TikTok" }).click();
  await expect(page.getByRole("heading", { name: "Who signs in?" })).toBeVisible();
  const asked = new URL(page.url()).searchParams;
  expect(asked.get("scope")).toBe(bundles[contract].join(","));
  expect(asked.get("client_key")).toMatch(/^key/);
  expect(asked.has("client_id")).toBe(false);
  await page.getByRole("radio", { name: /Inês Duarte/ }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(`${stack.origin}/studio`);
  await expect(page.getByRole("heading", { level: 1, name: "My videos" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Account of Inês Duarte" })).toBeVisible();
  const [opened] = await stack.tiktok.ledger({ endpoint: "authorize" });
  expect(opened?.scopes).toEqual(bundles[contract]);
  const exchanged = await stack.tiktok.ledger({ endpoint: "token" });
  expect(exchanged.map(({ grantType, code }) => [grantType, code])).toEqual([["authorization_code", "ok"]]);
  await page.goto("/account");
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "healthy");
  await expect(page.locator("code")).toHaveText(bundles[contract]);
});

test("signing in on the way to a challenge leads back to it, query and all", async ({ page, stack }) => {
  const { viewer } = await stack.people.signIn("staff-ada");
  const { slug } = await stack.challenges.makeChallenge(viewer, { title: "Doors", opensInHours: -1, closesInHours: 9 });
  const target = `/challenges/${slug}/submit?before=7000000000000000000`;
  await signInAtTikTok(page, "ines.duarte", target);
  await expect(page).toHaveURL(`${stack.origin}${target}`);
  await expect(page.getByRole("heading", { level: 1, name: "Enter Doors" })).toBeVisible();
});

test("with the video boxes unticked a creator is signed in, told what is missing, and mends it by reconnecting", {
  tag: "@contract",
}, async ({ page, stack, contract }) => {
  await page.goto("/login?returnTo=/account");
  await page.getByRole("link", { name: "Continue with TikTok" }).click();
  await consentAs(page, "sim.1", { untick: videoScopes[contract] });
  await expect(page).toHaveURL(`${stack.origin}/account`);
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "scope_missing");
  const missing = page.getByRole("status").filter({ hasText: "TikTok did not give us access to your videos." });
  await expect(missing).toContainText(`Missing: ${videoScopes[contract].join(", ")}.`);

  await page.goto("/studio");
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByRole("alert")).toContainText("Not synced");
  await expect(page.getByRole("alert")).toContainText("Reconnect and leave the video boxes ticked.");
  await expect(page.getByTestId("sync-status")).toHaveAttribute("data-state", "idle");
  expect(await stack.tiktok.ledger({ endpoint: "video_list" })).toEqual([]);

  await page.getByRole("link", { name: "Reconnect" }).click();
  await consentAs(page, "sim.1");
  await expect(page).toHaveURL(`${stack.origin}/studio`);
  await expect(missing).toHaveCount(0);
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByTestId("sync-status")).toHaveAttribute("data-state", "succeeded");
  await expect(page.getByTestId("video-card")).toHaveCount(1);
  await page.goto("/account");
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "healthy");
});

test("a sign-in never ends on another site, wherever it is told to lead", async ({ page, context, stack }) => {
  // Further spellings of such an address: app/features/accounts/return-to.test.ts.
  for (const start of ["/login?returnTo=%2F%5Cevil.example", "/auth/tiktok?returnTo=%2F%2Fevil.example"]) {
    await context.clearCookies();
    await page.goto(start);
    if (start.startsWith("/login")) await page.getByRole("link", { name: "Continue with TikTok" }).click();
    await consentAs(page, "sim.0");
    await expect(page.getByRole("link", { name: /^Account of/ })).toBeVisible();
    expect([`${stack.origin}/`, `${stack.origin}/studio`]).toContain(page.url());
  }
});

test("signing out ends the session at once, for a copied cookie too", async ({ page, context, signedInAs }) => {
  const person = await signedInAs("demo-ines");
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  expect(await sessionOf(context)).toBeUndefined();
  await putSession(context, person, page.url());
  await page.goto("/studio");
  await expect(page).toHaveURL(/\/login\?returnTo=%2Fstudio$/);
});

test("a signed-in person who connects another account is told so, and nothing changes", async ({
  page,
  context,
  stack,
  signedInAs,
}) => {
  await signedInAs("demo-ines");
  const before = await sessionOf(context);
  await page.goto("/auth/tiktok?returnTo=/studio");
  await consentAs(page, "sim.1");
  await expect(page.getByRole("heading", { name: "That was another TikTok account" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("nothing changed");
  await expect(page.getByRole("main").getByRole("link")).toHaveCount(1);
  await page.getByRole("link", { name: "Go to your account" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Inês Duarte" })).toBeVisible();
  expect(await sessionOf(context)).toBe(before);
  const known = await stack.sql`select open_id from tiktok_accounts`;
  expect(known.map((row) => row.open_id)).toEqual(["demo-ines"]);
});

test("an account of ADMIN_OPEN_IDS is an admin from its first sign-in, another one is not", async ({
  page,
  context,
}) => {
  await signInAtTikTok(page, "trendpot.ada");
  await page.goto("/admin/challenges");
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Admin" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Challenges/);
  await context.clearCookies();
  await signInAtTikTok(page, "trendpot.mara");
  await expect(page.getByRole("link", { name: "Account of Mara Lindqvist" })).toBeVisible();
  const refused = await page.goto("/admin/challenges");
  expect(refused?.status()).toBe(403);
});

test("every sign-in gets a new session id, and ends the one that the browser had", async ({ page, context, stack }) => {
  const planted = "A".repeat(43);
  const url = stack.origin.replace("http:", "https:");
  await context.addCookies([{ name: SESSION, value: planted, url, httpOnly: true, secure: true, sameSite: "Lax" }]);
  await signInAtTikTok(page, "sim.0");
  await expect(page.getByRole("heading", { level: 1, name: "My videos" })).toBeVisible();
  const first = await sessionOf(context);
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(first).not.toBe(planted);
  await signInAtTikTok(page, "sim.0");
  await expect(page.getByRole("heading", { level: 1, name: "My videos" })).toBeVisible();
  expect(await sessionOf(context)).not.toBe(first);
  for (const value of [planted, first ?? ""]) {
    await context.addCookies([{ name: SESSION, value, url, httpOnly: true, secure: true, sameSite: "Lax" }]);
    await page.goto("/studio");
    await expect(page).toHaveURL(/\/login/);
  }
});
