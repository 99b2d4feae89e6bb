import type { Page } from "playwright/test";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

/** A challenge and one video that is not stored, so that entering it needs TikTok. */
async function arrange(stack: Stack): Promise<{ slug: string; id: string }> {
  const admin = await stack.people.signIn("staff-ada");
  const plan = { title: "Roofs", opensInHours: -48, closesInHours: 48 };
  const { slug } = await stack.challenges.makeChallenge(admin.viewer, plan);
  const [video] = await stack.tiktok.videos("sim-1");
  return { slug, id: video?.id ?? "" };
}

async function paste(page: Page, slug: string, id: string): Promise<void> {
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByLabel("TikTok URL or video ID").fill(id);
  await page.getByRole("button", { name: "Enter this video" }).click();
}

async function expectRefused(page: Page, words: string, id: string): Promise<void> {
  const refusal = page.getByRole("alert").filter({ hasText: "Your video was not entered" });
  await expect(refusal).toContainText(words, { timeout: 25_000 });
  await expect(page.getByLabel("TikTok URL or video ID")).toHaveValue(id);
}

/** What stood in the way is gone: the same press works now. */
async function expectEnteredByPressingAgain(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(page.getByText("Your video is entered")).toBeVisible();
  await expect(page.getByTestId("entry-card")).toHaveCount(1);
}

for (const fault of [{ kind: "html", status: 503 }, { kind: "reset" }, { kind: "malformed" }] as const) {
  test(`while TikTok is down (${fault.kind}) the choice is kept, and pressing again later enters it`, async ({
    page,
    stack,
    signedInAs,
  }) => {
    const { slug, id } = await arrange(stack);
    await signedInAs("sim-1");
    const down = await stack.tiktok.addFault({ endpoint: "video_lookup", ...fault });
    await paste(page, slug, id);
    await expectRefused(page, "TikTok does not answer right now. Nothing was lost; try again in a few minutes.", id);
    expect(await stack.tiktok.fired(down.id)).toBeGreaterThan(0);
    await stack.tiktok.clearFaults();
    await expectEnteredByPressingAgain(page);
  });
}

test("when TikTok asks to slow down the creator is told to wait, and the link stays healthy", async ({
  page,
  stack,
  signedInAs,
}) => {
  const { slug, id } = await arrange(stack);
  await signedInAs("sim-1");
  await stack.tiktok.addFault({ endpoint: "video_lookup", kind: "rate_limit", retryAfter: "1", times: 1 });
  await paste(page, slug, id);
  await expectRefused(page, "TikTok asks us to slow down. Your choice is kept; try again in a minute.", id);
  expect(await stack.tiktok.ledger({ endpoint: "video_lookup" })).toHaveLength(1);
  await expectEnteredByPressingAgain(page);
});

test("while the key service is down the choice is kept, and the link is not called expired", async ({
  page,
  stack,
  signedInAs,
}) => {
  const { slug, id } = await arrange(stack);
  await signedInAs("sim-1");
  await stack.kms.setFault({ operation: "Decrypt", kind: "status", status: 503 });
  await paste(page, slug, id);
  await expectRefused(page, "The key service does not answer right now. Nothing was lost", id);
  await stack.kms.clearFaults();
  await expectEnteredByPressingAgain(page);
  await page.goto("/account");
  await expect(page.getByTestId("link-health")).toHaveAttribute("data-state", "healthy");
});

test("with an expired link the creator reconnects, comes back to the challenge and enters", async ({
  page,
  stack,
  signedInAs,
}) => {
  const { slug, id } = await arrange(stack);
  await signedInAs("sim-1");
  await stack.tiktok.killRefreshTokens("sim-1");
  await stack.tiktok.expireAccessTokens("sim-1");
  await paste(page, slug, id);
  await expectRefused(page, "Your TikTok link has expired. Your videos and entries are safe. Reconnect to go on.", id);
  await page.getByRole("link", { name: "Reconnect" }).click();
  await page.getByRole("radio", { name: "@sim.1 ·" }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(`${stack.origin}/challenges/${slug}/submit`);
  await expect(page.getByRole("link", { name: "Reconnect" })).toHaveCount(0);
  await page.getByLabel("TikTok URL or video ID").fill(id);
  await expectEnteredByPressingAgain(page);
});

test("without the scope for look-ups the creator is told which boxes to leave ticked", async ({
  page,
  stack,
  signedInAs,
}) => {
  const { slug, id } = await arrange(stack);
  await signedInAs("sim-1", { scopes: ["user.info.basic"] });
  await paste(page, slug, id);
  await expectRefused(page, "TikTok did not give us access to your videos. Reconnect and leave the video boxes", id);
  await expect(page.getByRole("link", { name: "Reconnect" })).toBeVisible();
  expect(await stack.tiktok.ledger({ endpoint: "video_lookup" })).toEqual([]);
});

test("somebody who is not signed in is asked to, and then stands before the same challenge", async ({
  page,
  stack,
}) => {
  const { slug } = await arrange(stack);
  await page.goto(`/challenges/${slug}/submit`);
  await expect(page).toHaveURL(`${stack.origin}/login?returnTo=%2Fchallenges%2F${slug}%2Fsubmit`);
});
