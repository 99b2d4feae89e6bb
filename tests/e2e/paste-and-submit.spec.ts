import type { Page } from "playwright/test";
import { callsTo } from "#tests/support/qa/calls";
import type { Qa } from "#tests/support/qa/qa";
import { expect, test } from "#tests/support/qa/test";

/** Each way of entering a video that is not stored. What else names one is read in app/infra/tiktok/tiktok.test.ts. */

const lookupPath = { mission: "/v2/video/data/", public: "/v2/video/query/" };

/** A creator before an open challenge, with videos of which none is stored. */
async function arrive(qa: Qa): Promise<{ slug: string; ids: readonly string[] }> {
  const { slug = "", videoIds = [] } = await qa.reset("nothing stored");
  await qa.session("creator");
  return { slug, ids: videoIds };
}

async function enter(page: Page, slug: string, pasted: string): Promise<void> {
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByLabel("TikTok URL or video ID").fill(pasted);
  await page.getByRole("button", { name: "Enter this video" }).click();
}

const forms: readonly (readonly [what: string, address: (id: string) => string])[] = [
  ["an id with spaces around it", (id) => `  ${id} `],
  [
    "a video's page as shared, with its query",
    (id) => `https://www.tiktok.com/@sim.19/video/${id}?is_from_webapp=1&lang=en#x`,
  ],
  ["the mobile page", (id) => `https://m.tiktok.com/v/${id}.html`],
  ["an embed", (id) => `https://www.tiktok.com/embed/v2/${id}`],
];

test("an id and every kind of address enter a video that is not stored, with one look-up and no list", {
  tag: "@contract",
}, async ({ page, qa, stack, contract }) => {
  const { slug, ids } = await arrive(qa);
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

test("a short link is resolved by asking oEmbed, and never followed", { tag: "@contract" }, async ({
  page,
  qa,
  stack,
  contract,
}) => {
  const { slug, ids } = await arrive(qa);
  const [video] = await stack.tiktok.videos("sim-19");
  await enter(page, slug, `https://www.tiktok.com/t/${video?.shortCode}/?k=1`);
  await expect(page.getByText("Your video is entered")).toBeVisible();
  await expect(page.getByTestId("entry-card")).toHaveAttribute("data-video-id", ids[0] ?? "");
  expect((await callsTo(stack.tiktok)).map(({ path }) => path)).toEqual(["/oembed", lookupPath[contract]]);
});

test("a short link that leads nowhere is refused like a video that is not there", async ({ page, qa }) => {
  const { slug } = await arrive(qa);
  await enter(page, slug, "https://vm.tiktok.com/ZZnowhere1/");
  await expect(page.getByRole("alert")).toContainText("This video is not among your public videos.");
  expect(await qa.ledger({ endpoint: "video_lookup" })).toEqual([]);
});

test("a look-up path that TikTok does not know is the operator's to mend, never a missing video", {
  tag: "@contract",
}, async ({ page, qa, stack, contract }) => {
  const { slug, ids } = await arrive(qa);
  // TikTok speaks the other contract, so it answers 404 to ours.
  await stack.tiktok.settings({ contract: contract === "mission" ? "public" : "mission" });
  await enter(page, slug, ids[0] ?? "");
  const refusal = page.getByRole("alert");
  await expect(refusal).toContainText("Your video was not entered");
  await expect(refusal).toContainText("right now");
  await expect(refusal).toContainText("try again in a few minutes");
  await expect(refusal).not.toContainText("not among your public videos");
  const calls = await qa.ledger({ endpoint: "video_lookup" });
  expect(calls.map(({ path, status }) => [path, status])).toEqual([[lookupPath[contract], 404]]);
  await expect.poll(() => stack.output()).toContain(`"setting":"TIKTOK_VIDEO_LOOKUP_PATH"`);
});
