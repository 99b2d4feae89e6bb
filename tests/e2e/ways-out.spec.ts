import { FORM, formBody, rawRequest } from "#tests/support/qa/raw-request";
import { expect, test } from "#tests/support/qa/test";

test("a visitor orders a gallery and searches it, and every view has an address", async ({ page, qa }) => {
  const { slug } = await qa.reset("three approved entries");
  const cards = page.getByTestId("entry-card");
  await page.goto(`/challenges/${slug}`);
  await page.getByRole("link", { name: "Most points" }).click();
  await expect(page).toHaveURL(/\?sort=score#gallery$/);
  await expect(page.getByRole("link", { name: "Most points" })).toHaveAttribute("aria-current", "true");
  const shown = () => cards.evaluateAll((all) => all.map((card) => card.getAttribute("data-submission-id")));
  const rows = page.getByTestId("leaderboard-row");
  const ranked = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-submission-id")));
  expect(ranked).toHaveLength(3);
  expect(await shown(), "as the board has them").toEqual(ranked);
  await page.getByRole("searchbox", { name: "Creator or words of a caption" }).fill("NUMBER 18");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?sort=score&q=NUMBER\+18#gallery$/);
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText("number 18");
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", new RegExp(`/challenges/${slug}$`));
  await page.getByRole("searchbox").fill("no such words");
  await page.getByRole("button", { name: "Search the gallery" }).click();
  await expect(page.getByText("Nothing found for “no such words”")).toBeVisible();
  await page.getByRole("link", { name: "Show all entries" }).click();
  await expect(cards).toHaveCount(3);
  await expect(page.getByRole("link", { name: "Most points" })).toHaveAttribute("aria-current", "true");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a visitor reports an entry, and a moderator looks after it", async ({ page, qa, stack }) => {
    const { submissionIds: [entry = ""] = [] } = await qa.reset("an approved entry");
    await page.goto(`/entries/${entry}`);
    await page.getByRole("link", { name: "Report this entry" }).click();
    await page.getByRole("radio", { name: "Another reason" }).check();
    await page.getByRole("button", { name: "Send report" }).click();
    await expect(page.getByText("Say what is wrong")).toBeVisible();
    await expect(page.getByRole("radio", { name: "Another reason" })).toBeChecked();
    await page.getByLabel("In your words").fill("That is my <b>window</b>.");
    await page.getByRole("button", { name: "Send report" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your report is sent");

    const desk = await qa.open("moderator");
    await desk.goto("/review");
    await desk
      .getByRole("row", { name: /Windows/ })
      .getByRole("link", { name: "1", exact: true })
      .click();
    const reported = desk.getByRole("article");
    await expect(reported).toContainText("1 report");
    await expect(reported).toContainText("That is my <b>window</b>.");
    await reported.getByRole("button", { name: /^Dismiss reports/ }).click();
    await expect(desk.getByText("Nothing is reported")).toBeVisible();

    const body = formBody({ reason: "SPAM_OR_AD", words: "" });
    const headers = { ...FORM, origin: stack.origin };
    const send = () => rawRequest(stack.origin, `/entries/${entry}/report`, { method: "POST", headers, body });
    const sent = [await send(), await send(), await send(), await send(), await send()];
    expect(sent.map(({ status }) => status)).toEqual([302, 302, 302, 302, 429]);
    expect(Number(sent[4]?.headers["retry-after"])).toBeGreaterThan(60);
    expect(sent[4]?.body.toString()).toContain("That was a lot at once.");
  });
});

test("an admin lets a site show the gallery: that one and no other, and only there", async ({ page, qa, stack }) => {
  const { slug, submissionIds = [] } = await qa.reset("about to close");
  await qa.session("admin");
  const ask = (path: string, headers: Record<string, string> = {}) => rawRequest(stack.origin, path, { headers });
  const embed = `/embed/challenges/${slug}`;
  expect((await ask(embed)).headers["content-security-policy"]).toContain("frame-ancestors 'none'");

  await page.goto("/admin/challenges");
  await page.getByText("Show the gallery on other sites").click();
  const sites = page.getByLabel("Sites that may");
  await sites.fill("https://news.example; script-src *");
  await page.getByRole("button", { name: "Save the sites of Windows" }).click();
  await expect(page.getByText("is not the address of a site")).toBeVisible();
  await sites.fill("https://News.example/");
  await page.getByRole("button", { name: "Save the sites of Windows" }).click();
  await expect(page.getByText("is not the address of a site")).toHaveCount(0);
  await page.reload();
  await page.getByText("Show the gallery on other sites").click();
  await expect(sites).toHaveValue("https://news.example");
  await expect(page.getByLabel("What they put into their page")).toHaveValue(
    new RegExp(`src="${stack.origin}${embed}"`),
  );

  const answer = await ask(embed, { cookie: qa.person("admin").cookie });
  const policy = String(answer.headers["content-security-policy"]);
  expect(policy).toMatch(/; frame-ancestors https:\/\/news\.example$/);
  expect(policy).toContain("default-src 'none'");
  expect(answer.headers).not.toHaveProperty("x-frame-options");
  expect(answer.headers).not.toHaveProperty("set-cookie");
  expect(answer.body.toString()).toContain(`${stack.origin}/entries/${submissionIds[0]}" target="_blank"`);
  expect(answer.body.toString(), "it knows nobody").toBe((await ask(embed)).body.toString());
  expect((await ask(`/challenges/${slug}`)).headers).toMatchObject({
    "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
    "x-frame-options": "DENY",
  });
  for (const [path, type] of [
    [embed, "text/html; charset=utf-8"],
    [`/challenges/${slug}/feed.json`, "application/feed+json; charset=utf-8"],
    [`/challenges/${slug}/feed.xml`, "application/rss+xml; charset=utf-8"],
    [`/challenges/${slug}/og.png`, "image/png"],
    ["/sitemap.xml", "application/xml; charset=utf-8"],
    ["/robots.txt", "text/plain; charset=utf-8"],
  ] as const) {
    const first = await ask(path);
    expect([first.status, first.headers["content-type"]], path).toEqual([200, type]);
    const again = await ask(path, { "if-none-match": String(first.headers.etag) });
    expect([again.status, again.body.length], path).toEqual([304, 0]);
  }
});
