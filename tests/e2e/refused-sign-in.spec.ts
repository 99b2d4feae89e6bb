import type { Page, Response } from "playwright/test";
import { callbackFor, consentAs } from "#tests/support/qa/consent";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

async function expectNotSignedIn(page: Page, stack: Stack, title: string): Promise<void> {
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { level: 1, name: title })).toBeVisible();
  // One way on, and it leads to the sign-in page of this site: not by itself back to TikTok.
  await expect(main.getByRole("link")).toHaveCount(1);
  await expect(main.getByRole("link", { name: "Back to sign-in" })).toHaveAttribute("href", "/login");
  await expect(page.getByRole("link", { name: "Sign in", exact: true })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(stack.origin);
  expect(await page.context().cookies()).not.toContainEqual(expect.objectContaining({ name: "__Host-trendpot" }));
  const [sessions] = await stack.sql`select count(*)::int as count from sessions`;
  expect(sessions?.count).toBe(0);
}

async function tokenCalls(stack: Stack): Promise<number> {
  return (await stack.tiktok.ledger({ endpoint: "token" })).length;
}

const logged = (stack: Stack, setting: string) => stack.output().split(`"setting":"${setting}"`).length - 1;

test("pressing cancel at TikTok ends on a page that says so", async ({ page, stack }) => {
  await page.goto("/auth/tiktok?returnTo=/studio");
  await consentAs(page, "ines.duarte", { press: "Cancel" });
  await expectNotSignedIn(page, stack, "You did not connect TikTok");
  await expect(page.getByRole("main")).toContainText("nothing was shared and nothing changed here");
  expect(await stack.tiktok.ledger({ endpoint: "authorize" })).toHaveLength(1);
  expect(await tokenCalls(stack)).toBe(0);
});

for (const [what, query] of [
  ["without a state", "?code=stolen"],
  ["with a state nobody gave", `?code=stolen&state=${"x".repeat(43)}`],
  ["with an error and no state", "?error=access_denied"],
] as const) {
  test(`a return from TikTok ${what} is refused without asking TikTok anything`, async ({ page, stack }) => {
    const answer = await page.goto(`/auth/tiktok/callback${query}`);
    expect(answer?.status()).toBe(400);
    await expectNotSignedIn(page, stack, "This sign-in is no longer valid");
    expect(await stack.tiktok.ledger()).toEqual([]);
  });
}

test("a return from TikTok works once", async ({ page, stack }) => {
  await page.goto("/auth/tiktok?returnTo=/studio");
  const callback = await callbackFor(page, "demo-ines");
  await page.goto(callback);
  await expect(page).toHaveURL(`${stack.origin}/studio`);
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  const answer = await page.goto(callback);
  expect(answer?.status()).toBe(400);
  await expectNotSignedIn(page, stack, "This sign-in is no longer valid");
  expect(await tokenCalls(stack)).toBe(1);
});

test("a return from TikTok works only in the browser that set out", async ({ page, stack, browser }) => {
  await page.goto("/auth/tiktok?returnTo=/studio");
  const callback = await callbackFor(page, "demo-ines");
  const victim = await browser.newContext({ baseURL: stack.origin });
  const elsewhere = await victim.newPage();
  // With a sign-in of its own under way, so that a cookie alone does not make the difference.
  await elsewhere.goto("/auth/tiktok");
  await elsewhere.goto(callback);
  await expectNotSignedIn(elsewhere, stack, "This sign-in is no longer valid");
  await victim.close();
  expect(await tokenCalls(stack)).toBe(0);
  await page.goto(callback);
  await expect(page).toHaveURL(`${stack.origin}/studio`);
});

for (const fault of [{ kind: "html", status: 502 }, { kind: "reset" }, { kind: "malformed" }] as const) {
  test(`TikTok failing at the token call (${fault.kind}) signs nobody in and is asked once`, async ({
    page,
    stack,
  }) => {
    const down = await stack.tiktok.addFault({ endpoint: "token", ...fault });
    const answer = await returnFromTikTok(page);
    expect(answer.status()).toBe(503);
    await expectNotSignedIn(page, stack, "TikTok does not answer");
    expect(await stack.tiktok.fired(down.id)).toBe(1);
    const [stored] = await stack.sql`select count(*)::int as count from tiktok_credentials`;
    expect(stored?.count).toBe(0);
  });
}

test("an app in draft is the operator's to mend: the log names TIKTOK_CLIENT_KEY and nobody is blamed", async ({
  page,
  stack,
}) => {
  await stack.tiktok.settings({ appState: "draft" });
  const before = logged(stack, "TIKTOK_CLIENT_KEY");
  const answer = await page.goto("/auth/tiktok");
  expect(answer?.status()).toBe(503);
  await expectNotSignedIn(page, stack, "Sign-in is not set up correctly");
  await expect(page.getByRole("main")).toContainText("It is not your doing.");
  await expect.poll(() => logged(stack, "TIKTOK_CLIENT_KEY")).toBe(before + 1);
});

test("a key that TikTok does not know at the token call is the operator's to mend too", async ({ page, stack }) => {
  await stack.tiktok.addFault({ endpoint: "token", kind: "error", code: "invalid_client" });
  const before = logged(stack, "TIKTOK_CLIENT_KEY");
  const answer = await returnFromTikTok(page);
  expect(answer.status()).toBe(503);
  await expectNotSignedIn(page, stack, "Sign-in is not set up correctly");
  await expect.poll(() => logged(stack, "TIKTOK_CLIENT_KEY")).toBe(before + 1);
});

test("a scope that the app does not have is the operator's to mend: the log names TIKTOK_DISPLAY_SCOPES", {
  tag: "@contract",
}, async ({ page, stack }) => {
  await stack.tiktok.addFault({ endpoint: "authorize", kind: "error", code: "invalid_scope" });
  const before = logged(stack, "TIKTOK_DISPLAY_SCOPES");
  const answer = await page.goto("/auth/tiktok");
  expect(answer?.status()).toBe(503);
  await expectNotSignedIn(page, stack, "Sign-in is not set up correctly");
  await expect(page.getByRole("main")).toContainText("It is not your doing.");
  await expect.poll(() => logged(stack, "TIKTOK_DISPLAY_SCOPES")).toBe(before + 1);
});

test("in TikTok's sandbox a stranger is told whom to ask", async ({ page, stack }) => {
  await stack.tiktok.settings({ appState: "sandbox", sandboxUsers: ["demo-ines"] });
  await page.goto("/auth/tiktok");
  await consentAs(page, "sim.1");
  await expectNotSignedIn(page, stack, "This TikTok account is not a test user");
});

test("without the key service sign-in is paused, and nothing is stored", async ({ page, stack }) => {
  await stack.kms.setFault({ operation: "GenerateDataKey", kind: "status", status: 503 });
  const answer = await returnFromTikTok(page);
  expect(answer.status()).toBe(503);
  await expectNotSignedIn(page, stack, "Sign-in is paused");
  const { faults } = await stack.kms.state();
  expect(faults[0]?.fired).toBeGreaterThan(0);
  const [stored] = await stack.sql`
    select (select count(*) from users)::int as users, (select count(*) from tiktok_accounts)::int as accounts,
      (select count(*) from tiktok_credentials)::int as credentials`;
  expect(stored).toEqual({ users: 0, accounts: 0, credentials: 0 });
  await stack.kms.clearFaults();
  await returnFromTikTok(page);
  await expect(page.getByRole("link", { name: "Account of Inês Duarte" })).toBeVisible();
});

/** Signs in as far as TikTok's answer goes; gives the answer of the callback. */
async function returnFromTikTok(page: Page): Promise<Response> {
  await page.goto("/auth/tiktok?returnTo=/studio");
  const answered = page.waitForResponse((response) => response.url().includes("/auth/tiktok/callback"));
  await consentAs(page, "ines.duarte");
  return answered;
}
