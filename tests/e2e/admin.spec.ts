import type { Page } from "playwright/test";
import { putSession } from "#tests/support/qa/put-session";
import { expect, test } from "#tests/support/qa/test";

async function fill(page: Page, form: Record<string, string>) {
  for (const [label, value] of Object.entries(form)) {
    const field = page.getByLabel(label, { exact: true });
    if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
}

const madrid = {
  Title: "Balcony Gardens",
  Brief: "Show us what grows on your balcony, however small.",
  Organizer: "Casa Común",
  Prize: "€500",
  Opens: "2026-06-14T09:00",
  Closes: "2026-06-21T20:00",
  "Time zone of these dates": "Europe/Madrid",
};

/** The same by another road than the product's. */
const CLOSES = "2026-06-21T18:00:00.000Z";

test("an admin creates a challenge, publishes it, pauses, resumes and closes it", async ({ page, qa, stack }) => {
  await qa.reset("no challenge");
  await qa.session("admin");
  await page.goto("/admin/challenges");
  await expect(page.getByText("No challenge yet")).toBeVisible();
  await page.getByRole("link", { name: "New challenge" }).click();
  await fill(page, madrid);
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page).toHaveURL(`${stack.origin}/admin/challenges`);
  const row = page.getByRole("article").filter({ hasText: "Balcony Gardens" });
  await expect(row).toContainText("Draft");
  const home = await page.context().newPage();
  await home.goto("/");
  await expect(home.getByText("Balcony Gardens"), "a draft is not public").toHaveCount(0);
  await row.getByRole("button", { name: "Publish Balcony Gardens" }).click();
  await expect(row).toContainText("Open");
  const closes = row.locator("time");
  await expect(closes).toHaveAttribute("datetime", CLOSES);
  await expect(closes, "in the organizer's own zone").toContainText(/20:00 (CEST|GMT\+2)/);
  await home.reload();
  await home.getByRole("link", { name: "Balcony Gardens" }).click();
  await expect(home.getByRole("heading", { level: 1, name: "Balcony Gardens" })).toBeVisible();
  await expect(home.getByText("€500")).toBeVisible();
  await row.getByRole("button", { name: "Pause Balcony Gardens" }).click();
  await expect(row).toContainText("Paused");
  await home.reload();
  await expect(home.getByRole("link", { name: "Enter a video" })).toHaveCount(0);
  await row.getByRole("button", { name: "Resume Balcony Gardens" }).click();
  await expect(row).toContainText("Open");
  await row.getByRole("button", { name: "Close now Balcony Gardens" }).click();
  await expect(row).toContainText("Reviewing");
  await expect(row.getByRole("button")).toHaveCount(0);
  const acts = await stack.sql`select action from audit_log where target_kind = 'challenge' order by id`;
  expect(acts.map(({ action }) => action)).toEqual(
    ["created", "publish", "pause", "resume", "close"].map((act) => `challenge.${act}`),
  );
});

test("what is wrong is said at its field, and nothing that was typed is lost", async ({ page, qa }) => {
  await qa.reset("no challenge");
  await qa.session("admin");
  await page.goto("/admin/challenges/new");
  await fill(page, { ...madrid, Title: "", Closes: "2026-06-13T20:00", "Minimum duration in seconds": "60" });
  await fill(page, { "Maximum duration in seconds": "20" });
  await page.getByRole("button", { name: "Save as draft" }).click();
  const title = page.getByLabel("Title", { exact: true });
  await expect(title).toHaveAttribute("aria-invalid", "true");
  await expect(title).toHaveAccessibleDescription("Give it a title");
  await expect(title).toBeFocused();
  await title.fill(madrid.Title);
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByLabel("Closes", { exact: true })).toHaveAccessibleDescription(/must close after it opens/);
  await expect(page.getByLabel("Maximum duration in seconds")).toHaveAccessibleDescription(/less than the minimum/);
  await expect(page.getByLabel("Brief", { exact: true })).toHaveValue(madrid.Brief);
  await expect(page.getByLabel("Time zone of these dates")).toHaveValue("Europe/Madrid");
  await expect(title).not.toHaveAttribute("aria-invalid");
});

test("an address that is taken is said at the address, by the server", async ({ page, qa }) => {
  await qa.reset("about to close");
  await qa.session("admin");
  await page.goto("/admin/challenges/new");
  await fill(page, { ...madrid, Title: "Windows" });
  await page.getByRole("button", { name: "Save as draft" }).click();
  const address = page.getByLabel("Address", { exact: true });
  await expect(address).toHaveAccessibleDescription(/Another challenge has this address/);
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue("Windows");
  await fill(page, { Address: "windows-2" });
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByRole("article")).toHaveCount(2);
});

test("a moderator and a creator get none of it, by page or by form", async ({ page, qa, stack }) => {
  const { slug = "" } = await qa.reset("about to close");
  for (const role of ["moderator", "creator"]) {
    await qa.session(role);
    for (const path of ["/admin/challenges", "/admin/challenges/new", `/admin/challenges/${slug}/results`]) {
      expect((await page.goto(path))?.status(), `${role} ${path}`).toBe(403);
      const forced = await page.request.post(path, {
        form: { intent: "cancel", slug },
        headers: { cookie: qa.person(role).cookie, origin: stack.origin },
      });
      expect(forced.status(), `${role} POST ${path}`).toBe(403);
    }
  }
  const [row] = await stack.sql`select cancelled_at from challenges`;
  expect(row?.cancelled_at).toBeNull();
  await expect(page.getByRole("link", { name: "Admin" })).toHaveCount(0);
});

test("an edit on what somebody changed meanwhile is kept in the form, beside what stands now", async ({
  page,
  qa,
  stack,
}) => {
  await qa.reset("about to close");
  await qa.session("admin");
  await page.goto("/admin/challenges");
  await page.getByRole("link", { name: "Edit Windows" }).click();
  await expect(page.getByLabel("Opens", { exact: true }), "it is open").not.toBeEditable();
  await fill(page, { Title: "Raced by me", Prize: "€9" });
  const other = await page.context().newPage();
  await other.goto(page.url());
  await fill(other, { Title: "Raced by another", "Required hashtags": "#race" });
  await other.getByRole("button", { name: "Save changes" }).click();
  await expect(other.getByRole("status").filter({ hasText: "Raced by another is saved" })).toBeFocused();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("alert")).toContainText("It was changed since you opened this page.");
  const title = page.getByLabel("Title", { exact: true });
  await expect(title).toHaveValue("Raced by me");
  await expect(title).toHaveAccessibleDescription("It is “Raced by another” now.");
  await expect(page.getByLabel("Required hashtags")).toHaveAccessibleDescription(/It is “#race” now\./);
  await fill(page, { "Required hashtags": "#race" });
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Raced by me is saved" })).toBeVisible();
  const [row] = await stack.sql`select title, prize, rules_version, version from challenges`;
  expect(row).toEqual({ title: "Raced by me", prize: "€9", rules_version: 2, version: 3 });
});

test("an act that its phase does not allow changes nothing and says so", async ({ page, qa }) => {
  await qa.reset("about to close");
  await qa.session("admin");
  await page.goto("/admin/challenges");
  const other = await page.context().newPage();
  await other.goto("/admin/challenges");
  await other.getByRole("button", { name: "Close now Windows" }).click();
  await expect(other.getByRole("article")).toContainText("Reviewing");
  await page.getByRole("button", { name: "Pause Windows" }).click();
  await expect(page.getByRole("alert")).toContainText("Nothing changed");
  await expect(page.getByRole("article"), "the list shows how it stands").toContainText("Reviewing");
});

test("work that died is seen with its reason, retried and done", async ({ page, qa, stack }) => {
  await qa.reset("never synced");
  const admin = await stack.people.signIn("staff-ada", { role: "admin" });
  const fault = await qa.fault.set({ endpoint: "video_list", kind: "status", status: 503 });
  // At its first attempt: all of them would take a minute.
  const allow = (attempts: number) =>
    stack.sql`update pgboss.queue set retry_limit = ${attempts} where name = 'sync-videos'`;
  await allow(0);
  try {
    await stack.people.requestSync(qa.person("creator").viewer.accountId);
    await qa.jobs.idle();
  } finally {
    await allow(5);
  }
  expect(await qa.fault.fired(fault.id)).toBeGreaterThan(0);
  await qa.fault.clear();
  await putSession(page.context(), admin, stack.origin);
  await page.goto("/admin/challenges");
  await page.getByRole("link", { name: "Jobs" }).click();
  const dead = page.getByRole("list", { name: "Dead letters of sync-videos" });
  await expect(dead.getByRole("listitem")).toHaveText(/TikTok: unavailable \(http_503\).*after one attempt/);
  await expect(page.getByRole("row", { name: /^tiktok unavailable Syncs that ended 1 / })).toBeVisible();
  await dead.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("status").filter({ hasText: "One job is retried" })).toBeFocused();
  await expect(page.getByText("Nothing has died")).toBeVisible();
  await qa.jobs.idle();
  const runs = await stack.sql`select state, videos_stored from sync_runs`;
  expect([...runs]).toEqual([{ state: "succeeded", videos_stored: 60 }]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the doctor says on a press what TikTok makes of the settings, and names a 404 a configuration fault", async ({
    page,
    qa,
    stack,
  }) => {
    await qa.reset("no challenge");
    await qa.session("admin");
    await page.goto("/admin/tiktok");
    await expect(page.getByText("Simulator")).toBeVisible();
    await expect(page.getByLabel("Redirect URI")).toHaveValue(`${stack.origin}/auth/tiktok/callback`);
    const asked = (await qa.ledger()).filter(({ endpoint }) => endpoint !== "avatar");
    expect(asked, "opening it asks nothing").toEqual([]);
    await qa.fault.set({ endpoint: "video_lookup", kind: "status", status: 404 });
    await page.getByRole("button", { name: "Check now" }).click();
    await expect(page.getByRole("status")).toContainText("One fault was found");
    const fault = page.getByRole("listitem").filter({ hasText: "Fault" });
    await expect(fault).toContainText(/Look-up endpoint.*A configuration fault: TikTok answers 404/i);
    await expect(page.getByRole("listitem").filter({ hasText: "clock, TikTok" })).toContainText("Good");
    // The webhook's own event has been taken away again.
    expect(await stack.sql`select 1 from tiktok_webhooks`).toHaveLength(0);
  });

  test("the form comes back with complaints and all that was typed; then the draft is saved and published", async ({
    page,
    qa,
  }) => {
    await qa.reset("no challenge");
    await qa.session("admin");
    await page.goto("/admin/challenges/new");
    await fill(page, { ...madrid, Address: "Not good!" });
    await page.getByRole("button", { name: "Save as draft" }).click();
    await expect(page.getByLabel("Address", { exact: true })).toHaveAccessibleDescription(/small letters, digits/);
    await fill(page, { Closes: "2026-06-13T20:00", Address: "" });
    await page.getByRole("button", { name: "Save as draft" }).click();
    await expect(page.getByLabel("Closes", { exact: true })).toHaveAttribute("aria-invalid", "true");
    for (const label of ["Title", "Brief", "Organizer", "Prize", "Opens", "Time zone of these dates"] as const) {
      await expect(page.getByLabel(label, { exact: true }), label).toHaveValue(madrid[label]);
    }
    await fill(page, { Closes: madrid.Closes });
    await page.getByRole("button", { name: "Save as draft" }).click();
    await page.getByRole("button", { name: "Publish Balcony Gardens" }).click();
    await expect(page.getByRole("article")).toContainText("Open");
    await page.getByRole("link", { name: "Edit Balcony Gardens" }).click();
    await fill(page, { Prize: "€700", "Maximum duration in seconds": "60" });
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("status")).toContainText("Its rules have version 2 now.");
    await page.getByRole("link", { name: "Duplicate Balcony Gardens" }).click();
    await fill(page, { Opens: "2026-07-15T09:00", Closes: "2026-07-25T09:00" });
    await page.getByRole("button", { name: "Save as draft" }).click();
    const copy = page.getByRole("article").filter({ hasText: "Draft" });
    await copy.getByRole("link", { name: "Edit Balcony Gardens" }).click();
    await expect(page).toHaveURL(/\/balcony-gardens-2\/edit$/);
    await expect(page.getByLabel("Maximum duration in seconds")).toHaveValue("60");
  });
});
