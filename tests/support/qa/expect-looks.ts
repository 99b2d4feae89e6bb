import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, type Page, test } from "playwright/test";

/** Where baselines lie; the configuration's `snapshotPathTemplate` names the same folder. */
const BASELINES = path.resolve(import.meta.dirname, "../../e2e/baselines");

/**
 * The page looks as its baseline. Compared only where a baseline can mean something: under the version of Chromium and
 * the fonts that made it. Elsewhere the picture is attached to the report. Take one after the page is at rest.
 */
export async function expectLooks(page: Page, name: string): Promise<void> {
  const drawnBy = await nameRenderer(page);
  const isMade = existsSync(path.join(BASELINES, drawnBy));
  const makesNew = test.info().config.updateSnapshots !== "none" && process.env.UPDATE_BASELINES === "1";
  if (isMade || makesNew) {
    await expect.soft(page).toHaveScreenshot([drawnBy, `${name}.png`], {
      animations: "disabled",
      caret: "hide",
      maxDiffPixelRatio: 0.01,
    });
    return;
  }
  test.info().annotations.push({ type: "baseline", description: `none for ${drawnBy}: nothing was compared` });
  await test.info().attach(name, { body: await page.screenshot({ animations: "disabled" }), contentType: "image/png" });
}

/** The browser's version, and what its fonts come to: another machine's may differ under the same version. */
async function nameRenderer(page: Page): Promise<string> {
  const widths = await page.evaluate(() => {
    const pen = document.createElement("canvas").getContext("2d");
    const fonts = ["system-ui", "sans-serif", "serif", "monospace"];
    return fonts.map((font) => {
      if (!pen) return 0;
      pen.font = `32px ${font}`;
      return pen.measureText("Hamburgefonstiv 0123 ÄÖ مرحبا").width;
    });
  });
  const version = page.context().browser()?.version() ?? "unknown";
  return `chromium-${version}-${createHash("sha256").update(widths.join()).digest("hex").slice(0, 8)}`;
}
