import type { Page } from "playwright/test";
import { callsTo } from "#tests/support/qa/calls";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

const lookupPath = { mission: "/v2/video/data/", public: "/v2/video/query/" };

/** A challenge with room for many, and an account with videos of which nothing is stored. */
async function arrange(stack: Stack, videos: number): Promise<{ slug: string; ids: string[] }> {
  const { viewer } = await stack.people.signIn("staff-ada");
  const form = { entriesPerCreator: "30" };
  const { slug } = await stack.challenges.makeChallenge(viewer, {
    title: "Bridges",
    opensInHours: -48,
    closesInHours: 48,
    form,
  });
  await stack.tiktok.addAccount({ openId: "paster", displayName: "Paul Paster", username: "paul.paster", videos });
  return { slug, ids: (await stack.tiktok.videos("paster")).map(({ id }) => id) };
}

async function enter(page: Page, slug: string, pasted: string): Promise<void> {
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByLabel("TikTok URL or video ID").fill(pasted);
  await page.getByRole("button", { name: "Enter this video" }).click();
}

const forms: readonly (readonly [what: string, address: (id: string) => string])[] = [
  ["a bare id", (id) => id],
  ["an id with spaces around it", (id) => `  ${id} `],
  ["a video's page", (id) => `https://www.tiktok.com/@paul.paster/video/${id}`],
  [
    "a video's page as shared, with its query",
    (id) => `https://www.tiktok.com/@paul.paster/video/${id}?is_from_webapp=1&lang=en#x`,
  ],
  ["a page without a scheme", (id) => `tiktok.com/@paul.paster/video/${id}/`],
  ["a photo post", (id) => `https://www.tiktok.com/@paul.paster/photo/${id}`],
  ["the mobile page", (id) => `https://m.tiktok.com/v/${id}.html`],
  ["an embed", (id) => `https://www.tiktok.com/embed/${id}`],
  ["an embed of the second kind", (id) => `https://www.tiktok.com/embed/v2/${id}`],
  ["the player", (id) => `https://www.tiktok.com/player/v1/${id}`],
  ["a share link", (id) => `https://www.tiktok.com/share/video/${id}`],
];

test("every form of a video's address enters a video that is not stored, with one look-up and no list", async ({
  page,
  stack,
  signedInAs,
  contract,
}) => {
  test.slow();
  const { slug, ids } = await arrange(stack, forms.length);
  await signedInAs("paster");
  for (const [index, [what, address]] of forms.entries()) {
    await test.step(what, async () => {
      const id = ids[index] ?? "";
      await stack.tiktok.clearLedger();
      await enter(page, slug, address(id));
      await expect(page.getByText("Your video is entered")).toBeVisible();
      const entry = page.getByTestId("entry-card").first();
      await expect(entry).toHaveAttribute("data-video-id", id);
      await expect(entry).toHaveAttribute("data-state", "pending");
      const calls = await callsTo(stack.tiktok);
      expect(calls.map((call) => [call.method, call.path, call.videoIds])).toEqual([
        ["POST", lookupPath[contract], [id]],
      ]);
    });
  }
  await expect(page.getByTestId("entry-card")).toHaveCount(forms.length);
});

test("a short link is resolved by asking oEmbed, and never followed", async ({ page, stack, signedInAs, contract }) => {
  const { slug } = await arrange(stack, 3);
  const videos = await stack.tiktok.videos("paster");
  await signedInAs("paster");
  for (const [index, address] of [
    (code: string) => `https://vm.tiktok.com/${code}/`,
    (code: string) => `vt.tiktok.com/${code}`,
    (code: string) => `https://www.tiktok.com/t/${code}/?k=1`,
  ].entries()) {
    await stack.tiktok.clearLedger();
    await enter(page, slug, address(videos[index]?.shortCode ?? ""));
    await expect(page.getByText("Your video is entered")).toBeVisible();
    const entry = page.getByTestId("entry-card").first();
    await expect(entry).toHaveAttribute("data-video-id", videos[index]?.id ?? "");
    expect((await callsTo(stack.tiktok)).map(({ path }) => path)).toEqual(["/oembed", lookupPath[contract]]);
  }
});

test("a short link that leads nowhere is refused like a video that is not there", async ({
  page,
  stack,
  signedInAs,
}) => {
  const { slug } = await arrange(stack, 1);
  await signedInAs("paster");
  await stack.tiktok.clearLedger();
  await enter(page, slug, "https://vm.tiktok.com/ZZnowhere1/");
  await expect(page.getByRole("alert")).toContainText("This video is not among your public videos.");
  expect((await stack.tiktok.ledger({ endpoint: "video_lookup" })).length).toBe(0);
});

test("a look-up path that TikTok does not know is the operator's to mend, never a missing video", async ({
  page,
  stack,
  signedInAs,
  contract,
}) => {
  const { slug, ids } = await arrange(stack, 1);
  await signedInAs("paster");
  // TikTok speaks the other contract, so it answers 404 to ours.
  await stack.tiktok.settings({ contract: contract === "mission" ? "public" : "mission" });
  await enter(page, slug, ids[0] ?? "");
  const refusal = page.getByRole("alert");
  await expect(refusal).toContainText("Your video was not entered");
  await expect(refusal).toContainText("right now");
  await expect(refusal).toContainText("try again in a few minutes");
  await expect(refusal).not.toContainText("not among your public videos");
  const calls = await stack.tiktok.ledger({ endpoint: "video_lookup" });
  expect(calls.map(({ path, status }) => [path, status])).toEqual([[lookupPath[contract], 404]]);
  await expect.poll(() => stack.output()).toContain(`"setting":"TIKTOK_VIDEO_LOOKUP_PATH"`);
});
