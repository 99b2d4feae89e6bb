import { xmlText } from "~/infra/xml-text";

/** The picture that sites show beside a link to a challenge: 1200 × 630, its layout as SVG. */

const WIDTH = 1_200;
const HEIGHT = 630;
const MARGIN = 80;
const ROOM = WIDTH - 2 * MARGIN;
const FAMILIES = "Bricolage Grotesque, Noto Sans, Noto Sans Arabic, Noto Sans Hebrew";

/** The first that a title fits in is taken; what does not fit the last is cut. */
const sizes = [
  { px: 104, lines: 2 },
  { px: 84, lines: 3 },
  { px: 64, lines: 4 },
] as const;

/** What the fonts have letters for. */
const DRAWN = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}]/gu;
const UNDRAWN =
  /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Common}\p{Script=Inherited}]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\u20e3]/gu;
const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u;

export interface PicturedChallenge {
  title: string;
  organizer: string;
  prize: string | null;
  closesAt: Date;
  timeZone: string;
}

/** A title in a script that the fonts lack is left out rather than drawn as boxes. */
export function challengePicture(challenge: PicturedChallenge): string {
  const title = drawable(challenge.title) ?? "A video challenge";
  const organizer = drawable(challenge.organizer);
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: challenge.timeZone });
  const prize = challenge.prize === null ? null : drawable(challenge.prize);
  const facts = [`Until ${day.format(challenge.closesAt)}`, ...(prize === null ? [] : [`Prize: ${prize}`])].join(
    "   ·   ",
  );
  const { px, lines } = layOut(title);
  const top = 150 + px;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FAMILIES}" font-weight="700">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#16161d"/>
<rect width="${WIDTH}" height="12" fill="#d9ee3f"/>
${organizer === null ? "" : lineOf(`Organized by ${organizer}`, { y: 116, px: 30, fill: "#a5a5b2" })}
${lines.map((line, n) => lineOf(line, { y: top + n * px * 1.16, px, fill: "#f8f8f5" })).join("\n")}
${lineOf(facts, { y: HEIGHT - 64, px: 30, fill: "#d7d7dd", room: ROOM - 260 })}
<g transform="translate(${WIDTH - MARGIN - 226} ${HEIGHT - 108}) scale(1.9)" stroke="#f8f8f5"><path stroke="none" fill="#f8f8f5" d="M4 12.5h18v3a8 8 0 0 1-8 8h-2a8 8 0 0 1-8-8z"/><path d="M2.5 12.5h21" stroke-width="3" stroke-linecap="round"/><path d="M7 8.5l4-3.5 3 2.5L19 2.5" fill="none" stroke="#d9ee3f" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></g>
<text x="${WIDTH - MARGIN}" y="${HEIGHT - 70}" text-anchor="end" font-size="38" fill="#f8f8f5">TrendPot</text>
</svg>`;
}

/** Null when less than half of its letters can be drawn. */
function drawable(text: string): string | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters > 2 * (text.match(DRAWN)?.length ?? 0)) return null;
  return text.replace(UNDRAWN, "").replace(/\s+/g, " ").trim() || null;
}

function layOut(title: string): { px: number; lines: string[] } {
  for (const { px, lines: most } of sizes) {
    const lines = wrap(title, ROOM / px);
    if (lines.length <= most) return { px, lines };
  }
  const { px, lines: most } = sizes[2];
  const lines = wrap(title, ROOM / px).slice(0, most);
  const last = lines.pop() ?? "";
  return { px, lines: [...lines, fitTo(`${last} …`, ROOM / px)] };
}

/** Lines of at most `room` em; a word that is longer than a line is broken. */
function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= room) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (widthOf(line) > room) {
      const letters = [...line];
      let end = letters.length;
      while (end > 1 && widthOf(letters.slice(0, end).join("")) > room) end -= 1;
      lines.push(letters.slice(0, end).join(""));
      line = letters.slice(end).join("");
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** Cut to `room` em, with an ellipsis where something is missing. */
function fitTo(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  const letters = [...text.replace(/ ?…$/, "")];
  while (letters.length > 1 && widthOf(`${letters.join("")}…`) > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** In em, rather too much than too little: the fonts themselves are not asked. */
function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) {
    if (/\p{M}/u.test(letter)) continue;
    if (/[ilj.,:;'’|!()[\]\s]/.test(letter)) width += 0.32;
    else if (/[mwMW@%—…]/.test(letter)) width += 1.04;
    else if (/\p{Lu}/u.test(letter)) width += 0.72;
    else width += 0.6;
  }
  return width;
}

function lineOf(text: string, at: { y: number; px: number; fill: string; room?: number }): string {
  const { y, px, fill, room = ROOM } = at;
  const toLeft = RIGHT_TO_LEFT.test(text);
  const place = toLeft ? `x="${WIDTH - MARGIN}" text-anchor="end"` : `x="${MARGIN}"`;
  const shown = fitTo(text, room / px);
  // Isolated, so that its marks go with its own direction.
  const isolated = toLeft ? `\u2067${shown}\u2069` : shown;
  return `<text ${place} y="${Math.round(y)}" font-size="${px}" fill="${fill}" xml:space="preserve">${xmlText(isolated)}</text>`;
}
