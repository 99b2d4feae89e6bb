import { expect, test } from "#tests/support/qa/test";

test("a creator picks one of their videos, sees its rules, and finds it entered", async ({ page, qa, stack }) => {
  const { slug } = await qa.reset("two rules");
  await qa.session("creator");
  await page.goto(`/challenges/${slug}/submit`);
  const card = (caption: string) => page.getByTestId("video-card").filter({ hasText: caption });
  await expect(card("Right tag")).toHaveAttribute("data-eligible", "true");
  await expect(card("Right tag").getByRole("list", { name: "Rules" })).toContainText(
    "meets “#windows”: in the caption",
  );
  await expect(page.getByRole("radio", { name: "No tag at all" })).toBeDisabled();
  await expect(card("No tag at all")).toHaveAttribute("data-eligible", "false");
  await expect(card("No tag at all").getByRole("list", { name: "Rules" })).toContainText("does not meet “#windows”");
  await expect(page.getByRole("radio", { name: "Too long #windows" })).toBeDisabled();
  await expect(card("Too long").getByRole("list", { name: "Rules" })).toContainText("300 seconds");

  await page.getByRole("radio", { name: "Right tag #windows" }).check();
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(page).toHaveURL(`${stack.origin}/studio/entries?entered=1`);
  const done = page.getByRole("status").filter({ hasText: "Your video is entered" });
  await expect(done).toBeFocused();
  const entry = page.getByTestId("entry-card");
  await expect(entry).toHaveCount(1);
  await expect(entry).toHaveAttribute("data-state", "pending");
  await expect(entry).toContainText("Right tag #windows");
  await expect(entry.getByRole("list", { name: "What happened" })).toContainText("1st of 1 in review");
  // It was stored already, so TikTok was not asked.
  expect(await qa.ledger({ endpoint: "video_lookup" })).toEqual([]);

  await page.goto(`/challenges/${slug}/submit`);
  await expect(page.getByRole("radio", { name: "Right tag #windows, already entered" })).toBeDisabled();
  await expect(page.getByText("1 of 3 entries used.")).toBeVisible();
});

test("a double click enters a video once", async ({ page, qa, stack }) => {
  const { slug } = await qa.reset("ready to enter");
  await qa.session("creator");
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByRole("radio", { name: /number 1/ }).check();
  await page.getByRole("button", { name: "Enter this video" }).dblclick();
  await expect(page.getByText("Your video is entered")).toBeVisible();
  await expect(page.getByTestId("entry-card")).toHaveCount(1);
  const [made] = await stack.sql`
    select (select count(*) from submissions)::int as submissions, (select count(*) from decisions)::int as decisions`;
  expect(made).toEqual({ submissions: 1, decisions: 1 });
});

test("the same form arriving many times at once enters a video once, and every copy ends well", async ({
  page,
  qa,
  stack,
}) => {
  const { slug, videoIds } = await qa.reset("ready to enter");
  await qa.session("creator");
  await page.goto(`/challenges/${slug}/submit`);
  const [videoId = ""] = videoIds ?? [];
  await page.getByLabel("TikTok URL or video ID").fill(videoId);
  const form = await page.evaluate(() => {
    const filled = document.querySelector<HTMLInputElement>("input[name=pasted]")?.form;
    return filled ? new URLSearchParams([...new FormData(filled)].map(([k, v]) => [k, String(v)])).toString() : "";
  });
  expect(new URLSearchParams(form).get("pasted")).toBe(videoId);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      fetch(page.url(), {
        method: "POST",
        redirect: "manual",
        headers: {
          cookie: qa.person("creator").cookie,
          origin: stack.origin,
          "content-type": "application/x-www-form-urlencoded",
        },
        body: form,
      }),
    ),
  );
  expect(answers.map(({ status, headers }) => [status, headers.get("location")])).toEqual(
    answers.map(() => [302, "/studio/entries?entered=1"]),
  );
  const [made] = await stack.sql`select count(*)::int as count from submissions`;
  expect(made?.count).toBe(1);
  await page.goto("/studio/entries");
  await expect(page.getByTestId("entry-card")).toHaveCount(1);
});

test("a creator withdraws an entry, which frees its place", async ({ page, qa }) => {
  const { slug } = await qa.reset("entry limit reached");
  await qa.session("creator");
  await page.goto("/studio/entries");
  const entry = page.getByTestId("entry-card");
  await entry.getByRole("button", { name: "Withdraw" }).click();
  await expect(entry).toHaveAttribute("data-state", "withdrawn");
  await expect(entry.getByRole("list", { name: "What happened" })).toContainText("You withdrew it");
  await expect(entry.getByRole("button")).toHaveCount(0);
  await page.goto(`/challenges/${slug}/submit`);
  await page.getByRole("radio", { name: /number 1/ }).check();
  await page.getByRole("button", { name: "Enter this video" }).click();
  await expect(page.getByText("Your video is entered")).toBeVisible();
  await expect(page.getByTestId("entry-card")).toHaveCount(2);
});

test("a creator reads what a moderator wants changed, changes it on TikTok and resubmits", {
  tag: "@contract",
}, async ({ page, qa, stack, contract }) => {
  const { videoIds: [videoId = ""] = [] } = await qa.reset("change requested");
  await qa.session("creator");
  await page.goto("/studio/entries");
  const entry = page.getByTestId("entry-card");
  await expect(entry).toHaveAttribute("data-state", "changes_requested");
  const steps = entry.getByRole("list", { name: "What happened" });
  await expect(steps).toContainText("Please name the street in the caption.");

  await stack.tiktok.changeVideo("sim-1", videoId, { caption: "Now with the street: Rua da Rosa" });
  await entry.getByRole("button", { name: "Resubmit" }).click();
  await expect(entry).toHaveAttribute("data-state", "pending");
  await expect(entry).toContainText("Rua da Rosa");
  await expect(entry.getByRole("button", { name: "Resubmit" })).toHaveCount(0);
  const lookups = await qa.ledger({ endpoint: "video_lookup" });
  const path = contract === "mission" ? "/v2/video/data/" : "/v2/video/query/";
  expect(lookups.map((call) => [call.path, call.videoIds])).toEqual([[path, [videoId]]]);
});
