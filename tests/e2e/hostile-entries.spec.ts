import { approveAll, enterVideos, openChallenge } from "#tests/support/qa/arrange-entries";
import { expect, test } from "#tests/support/qa/test";

const ALLOWED = ["A", "BLOCKQUOTE", "P", "SECTION"];

test("an account whose every word is an attack runs nothing, here or at the desk", async ({
  page,
  stack,
  signedInAs,
}) => {
  const dates = { postedFrom: "1969-01-01T00:00", closesAt: "2101-01-01T00:00" };
  const title = "</script><script>globalThis.pwned = true</script> & ]]>";
  const slug = await openChallenge(stack, title, dates);
  const creator = await stack.people.signIn("sim-hostile");
  await stack.people.sync(creator);
  const [{ count } = { count: 0 }] = await stack.sql<{ count: number }[]>`select count(*)::int as count from videos`;
  expect(count, "all of them are stored").toBeGreaterThanOrEqual(38);
  const { submissionIds } = await enterVideos(stack, "sim-hostile", slug, 40);
  const theo = await stack.people.signIn("staff-theo", { role: "moderator" });
  await approveAll(stack, submissionIds.slice(2), theo.viewer);
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await signedInAs("staff-mara", { role: "moderator" });
  const addresses = [`/challenges/${slug}`, `/review/${slug}`, `/review/${slug}?tab=approved`, "/"];
  for (const address of addresses) {
    for (let next: string | null = address; next !== null; ) {
      await page.goto(next);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.locator(".embed-caption summary").evaluateAll((all: HTMLElement[]) => {
        for (const summary of all) summary.click();
      });
      expect(await page.evaluate(() => "pwned" in globalThis), next).toBe(false);
      expect(await foreignParts(), next).toEqual([]);
      const link = page.getByRole("link", { name: /^(Next page|Show more)$/ });
      next = (await link.count()) > 0 ? await link.getAttribute("href") : null;
    }
  }
  expect(dialogs).toEqual([]);
  await page.goto(`/challenges/${slug}`);
  const described = await page.locator('script[type="application/ld+json"]').textContent();
  expect(JSON.parse(described ?? "")).toMatchObject({ "@type": "Event", name: title });
  expect(await parsed(`/challenges/${slug}/feed.xml`)).toEqual({ root: "rss", title, count: submissionIds.length - 2 });
  expect(await parsed("/sitemap.xml")).toMatchObject({ root: "urlset", count: submissionIds.length + 1 });

  /** As a reader of XML has it, with how many entries it counts; throws when it is not well-formed. */
  async function parsed(address: string) {
    return page.evaluate(async (from) => {
      const document = new DOMParser().parseFromString(await (await fetch(from)).text(), "application/xml");
      const wrong = document.querySelector("parsererror")?.textContent;
      if (wrong) throw new Error(wrong);
      const title = document.querySelector("title")?.textContent;
      return { root: document.documentElement.tagName, title, count: document.querySelectorAll("item, url").length };
    }, address);
  }

  async function foreignParts(): Promise<string[]> {
    return page.evaluate((allowed) => {
      const wrong: string[] = [];
      for (const markup of document.querySelectorAll(".embed-caption > div")) {
        for (const element of markup.querySelectorAll("*")) {
          if (!allowed.includes(element.tagName)) wrong.push(element.outerHTML.slice(0, 120));
          for (const { name } of element.attributes) if (/^(on|style|src|id)/.test(name)) wrong.push(name);
        }
        for (const link of markup.querySelectorAll("a[href]")) {
          if (!/\bnoopener\b/.test(link.getAttribute("rel") ?? "")) wrong.push(`rel: ${link.outerHTML}`);
          if (!/^https:\/\/(www\.)?tiktok\.com\/[^?]*$/.test(link.getAttribute("href") ?? "")) {
            wrong.push(`href: ${link.outerHTML}`);
          }
        }
      }
      for (const link of document.links) {
        if (!/^https?:/.test(link.protocol)) wrong.push(`protocol: ${link.href}`);
      }
      if (document.querySelector("iframe, object, embed, base, svg script")) wrong.push("a frame or worse");
      return wrong;
    }, ALLOWED);
  }
});

test("links that came in a creator's markup are marked and carry no query", async ({ page, stack }) => {
  const slug = await openChallenge(stack, "Kind words");
  const { submissionIds } = await enterVideos(stack, "demo-ines", slug, 1);
  const theo = await stack.people.signIn("staff-theo", { role: "moderator" });
  await approveAll(stack, submissionIds, theo.viewer);
  await page.goto(`/challenges/${slug}`);
  await page.getByText("More from TikTok").click();
  const links = page.locator(".embed-caption blockquote a");
  await expect(links.first()).toBeVisible();
  for (const link of await links.all()) {
    await expect(link).toHaveAttribute("rel", "noopener noreferrer nofollow ugc");
    expect(await link.getAttribute("href")).not.toContain("?");
  }
  expect(await page.content(), "our client key travels in TikTok's links").not.toContain("utm_source");
});

test("the policy is enforced: a script without its nonce does not run and is reported", async ({ page, stack }) => {
  const slug = await openChallenge(stack, "Policy");
  const answer = await page.goto(`/challenges/${slug}`);
  expect(answer?.headers()["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[^']{16,}'/);
  expect(answer?.headers()["content-security-policy"]).toContain("default-src 'none'");
  const violation = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true });
        const script = document.createElement("script");
        script.textContent = "globalThis.pwned = true";
        document.body.append(script);
      }),
  );
  expect(violation).toBe("script-src-elem");
  expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
});
