import { readFile } from "node:fs/promises";
import { expect, test } from "#tests/support/qa/test";

test.use({ javaScriptEnabled: false });

test("a creator exports their data, and an admin finds in the audit log that they did", async ({
  page,
  qa,
  signedInAs,
}) => {
  await qa.reset("an approved entry");
  await qa.session("creator");
  const { displayName } = qa.person("creator").viewer;
  await page.goto("/account");
  const arriving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export my data" }).click();
  const download = await arriving;
  expect(download.suggestedFilename()).toBe("trendpot-export-2026-06-15.json");
  const exported = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(exported).toMatchObject({
    format: "trendpot-export",
    profile: { displayName },
    entries: [{ state: "approved" }],
  });
  const again = await page.request.post("/account/export", { headers: { "Sec-Fetch-Site": "same-origin" } });
  expect(again.headers()).toMatchObject({ "cache-control": "no-store", "content-type": /json/ });

  await signedInAs("staff-ada", { role: "admin" });
  await page.goto("/admin/challenges");
  await page.getByRole("link", { name: "Audit log" }).click();
  await page.getByLabel("Person").fill(displayName.toLowerCase());
  await page.getByLabel("Act", { exact: true }).selectOption("person.exported");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/person=.+&action=person\.exported/);
  const lines = page.getByRole("list", { name: "Lines" }).getByRole("listitem");
  await expect(lines).toHaveCount(2);
  await expect(lines.first()).toContainText(displayName);
  const leaving = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as CSV" }).click();
  const csv = await readFile(await (await leaving).path(), "utf8");
  expect(csv.trimEnd().split("\r\n")).toHaveLength(3);
  await page.goto("/admin/audit?action=audit.exported");
  await expect(lines, "reading it all is in it too").toHaveCount(1);

  await page.getByLabel("Target").fill("No id");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByLabel("Target")).toHaveAccessibleDescription(/That is no id/);
});
