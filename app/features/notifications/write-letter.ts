import { reasonWords } from "~/features/submissions/reason";
import { xmlText } from "~/infra/xml-text";
import type { Notification } from "./list-notifications.server";
import { kindWords } from "./notification";

/** What letters say, in plain text and the same in HTML: no picture, nothing that tells whether it was read. */

export interface Letter {
  subject: string;
  text: string;
  html: string;
}

type Told = Pick<Notification, "kind" | "at" | "challenge" | "reason" | "message" | "absence" | "next"> & {
  video: { caption: string };
};

type Part =
  | { is: "heading" | "words" | "quote" | "small"; words: string }
  | { is: "link"; words: string; url: string; small?: true };

const MOST_OF_A_CAPTION = 120;

/** To an address that somebody gave. Nothing in it is of their choosing: it may be anybody's. */
export function writeConfirmation(links: { origin: string; confirm: string }, hours: number): Letter {
  return letter("Confirm your e-mail address for TrendPot", [
    { is: "heading", words: "Is this your e-mail address?" },
    { is: "words", words: `Somebody asked TrendPot at ${links.origin} to send notifications to this address.` },
    { is: "words", words: "If that was you, open this page and confirm it." },
    { is: "link", words: "Confirm this address", url: links.confirm },
    {
      is: "small",
      words: `The link is good for ${hours} hours. If it was not you, do nothing: no letters will come.`,
    },
  ]);
}

/**
 * What somebody was told on the site, the latest first. `hasMore`: there was more than these; `unsubscribe` ends all
 * further letters.
 */
export function writeNotifications(
  told: readonly Told[],
  links: { origin: string; unsubscribe: string },
  hasMore = false,
): Letter {
  const [first] = told;
  if (!first) throw new Error("a letter without anything to tell");
  const subject =
    told.length === 1 ? `${kindWords[first.kind]}: ${first.challenge.title}` : `${told.length} notifications`;
  const more: Part[] = hasMore ? [{ is: "words", words: "There is more than fits into this letter." }] : [];
  return letter(hasMore ? `More than ${subject}` : subject, [
    ...told.flatMap((one) => partsOf(one, links.origin)),
    ...more,
    { is: "link", words: "All your notifications", url: `${links.origin}/notifications` },
    { is: "small", words: "You get this letter because you asked TrendPot for notifications by e-mail." },
    { is: "link", words: "Choose how often", url: `${links.origin}/account`, small: true },
    { is: "link", words: "Unsubscribe", url: links.unsubscribe, small: true },
  ]);
}

function partsOf(told: Told, origin: string): Part[] {
  const { kind, at, challenge, video, reason, message, absence, next } = told;
  const quoted: Part[] = message ? [{ is: "quote", words: message }] : [];
  const because: Part[] = reason ? [{ is: "words", words: `Reason: ${reasonWords(reason)}.` }] : [];
  const missing: Part[] = absence
    ? [
        {
          is: "words",
          words: `It was found missing on ${timeOf(absence.since)}.${absence.until ? ` Make it public before ${timeOf(absence.until)}, or the entry is disqualified.` : ""}`,
        },
      ]
    : [];
  return [
    { is: "heading", words: kindWords[kind] },
    {
      is: "words",
      words: `“${shortened(video.caption) || "No caption"}” in ${challenge.title}, ${timeOf(at)}.`,
    },
    ...quoted,
    ...because,
    ...missing,
    { is: "words", words: next.words },
    { is: "link", words: next.link, url: `${origin}${next.to}` },
  ];
}

const timeWords = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

function timeOf(at: string): string {
  return `${timeWords.format(new Date(at))} UTC`;
}

function shortened(caption: string): string {
  const line = caption.replace(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length > MOST_OF_A_CAPTION ? `${characters.slice(0, MOST_OF_A_CAPTION).join("")}…` : line;
}

function letter(subject: string, parts: readonly Part[]): Letter {
  const body = parts.map(htmlOf).join("\n");
  return {
    subject,
    text: `${parts.map(textOf).join("\n\n")}\n`,
    html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${xmlText(subject)}</title></head>
<body style="margin:0 auto;padding:24px;max-width:560px;font:16px/1.5 sans-serif">
${body}
</body></html>
`,
  };
}

function textOf(part: Part): string {
  switch (part.is) {
    case "link":
      return `${part.words}:\n${part.url}`;
    case "quote":
      return part.words.replace(/^/gm, "> ");
    case "heading":
    case "words":
    case "small":
      return part.words;
  }
}

function htmlOf(part: Part): string {
  const words = xmlText(part.words).replaceAll("\n", "<br>");
  switch (part.is) {
    case "heading":
      return `<h2 style="margin:24px 0 8px;font-size:18px">${words}</h2>`;
    case "words":
      return `<p style="margin:8px 0" dir="auto">${words}</p>`;
    case "quote":
      return `<blockquote style="margin:8px 0;padding-left:12px;border-left:3px solid" dir="auto">${words}</blockquote>`;
    case "small":
      return `<p style="margin:24px 0 0;font-size:13px">${words}</p>`;
    case "link":
      return `<p style="margin:8px 0${part.small ? ";font-size:13px" : ""}"><a href="${xmlText(part.url)}">${words}</a></p>`;
  }
}
