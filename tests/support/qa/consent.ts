import type { Page } from "playwright/test";

/** Answers TikTok's consent page, on which `page` stands, as the account with this username. */
export async function consentAs(
  page: Page,
  username: string,
  options: { untick?: readonly string[]; press?: "Continue" | "Cancel" } = {},
): Promise<void> {
  await page.getByRole("radio", { name: `@${username} ·` }).check();
  for (const scope of options.untick ?? []) await page.getByRole("checkbox", { name: scope }).uncheck();
  await page.getByRole("button", { name: options.press ?? "Continue" }).click();
}

/** From the sign-in page to where it ends, every box left ticked. */
export async function signInAtTikTok(page: Page, username: string, at = "/login"): Promise<void> {
  await page.goto(at);
  await page.getByRole("link", { name: "Continue with TikTok" }).click();
  await consentAs(page, username);
}

/**
 * The address to which TikTok would send the browser that stands on the consent page, with a code in it: not followed,
 * so that a test can open it when and where it likes.
 */
export async function callbackFor(page: Page, openId: string): Promise<string> {
  const asked = new URL(page.url());
  const form = new URLSearchParams(asked.searchParams);
  form.set("account", openId);
  form.set("decision", "continue");
  for (const scope of form.get("scope")?.split(",") ?? []) form.append("granted", scope);
  const answer = await fetch(`${asked.origin}${asked.pathname}`, { method: "POST", body: form, redirect: "manual" });
  const callback = answer.headers.get("location");
  if (!callback) throw new Error(`TikTok sent nobody back: ${answer.status}`);
  return callback;
}
