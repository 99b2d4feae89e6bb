import { drawSvg } from "~/infra/draw-svg.server";
import { once } from "~/infra/once.server";
import { challengePicture } from "./challenge-picture";
import { findChallenge } from "./find-challenge.server";

/** Pictures kept in this process, of about 50 kB each; the one that was drawn first makes room. */
const MOST = 100;
const drawn = once("drawn-pictures", () => new Map<string, Promise<Uint8Array<ArrayBuffer>>>());

/**
 * The picture of a published challenge as PNG; null when there is no such challenge. Drawn once for what it shows, which
 * is the same for everybody, however many ask at the same time.
 */
export async function drawPicture(slug: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const challenge = await findChallenge(slug);
  if (!challenge) return null;
  const svg = challengePicture(challenge);
  const kept = drawn.get(svg);
  if (kept) return kept;
  const drawing = drawSvg(svg);
  drawn.set(svg, drawing);
  drawing.catch(() => drawn.delete(svg));
  for (const first of drawn.keys()) {
    if (drawn.size <= MOST) break;
    drawn.delete(first);
  }
  return drawing;
}
