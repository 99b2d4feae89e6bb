import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * An SVG as PNG, in its own size. Text is set in the fonts of this folder and in no others, so a picture is the same on
 * every machine; what they lack is drawn as a box. Works on a thread of its own.
 */
export async function drawSvg(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  // Imported on first use: most processes never draw.
  const { renderAsync } = await import("@resvg/resvg-js");
  fonts ??= listFonts();
  const fontFiles = await fonts;
  const image = await renderAsync(svg, { font: { fontFiles, loadSystemFonts: false }, logLevel: "off" });
  return Uint8Array.from(image.asPng());
}

let fonts: Promise<string[]> | undefined;

/** The built server lies elsewhere than its source. */
async function listFonts(): Promise<string[]> {
  const start = path.dirname(fileURLToPath(import.meta.url));
  for (let folder = start; path.dirname(folder) !== folder; folder = path.dirname(folder)) {
    const found = path.join(folder, "app", "infra", "fonts");
    if (!existsSync(found)) continue;
    const files = await readdir(found);
    return files.filter((file) => file.endsWith(".ttf")).map((file) => path.join(found, file));
  }
  throw new Error(`no app/infra/fonts above ${start}`);
}
