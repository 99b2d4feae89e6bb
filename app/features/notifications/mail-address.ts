import { z } from "zod";

/** Where a person's letters go, and how often: what /account asks and shows. */

export const mailChoices = ["each", "daily", "none"] as const;
export type MailChoice = (typeof mailChoices)[number];

/** How the history tells of what a letter's link did: whoever pressed it may be anybody. */
export const BY_LINK = "the link of a letter";

/** When the letter of a day is due; UTC, since nobody's time zone is known. */
const DIGEST_HOUR = 7;

export const choiceLabels: Record<MailChoice, string> = {
  each: "Each notification at once",
  daily: `One letter a day, at 0${DIGEST_HOUR}:00 UTC`,
  none: "No letters",
};

export const mailAddressSchema = z
  .string()
  .trim()
  .max(254, "That is too long for an e-mail address.")
  .pipe(z.email("Write an e-mail address, such as name@example.org."));

/** When the next letter of a day is due after `at`. What is told in the 24 hours before is in it. */
export function nextDigestAt(at: Date): Date {
  const due = new Date(at);
  due.setUTCHours(DIGEST_HOUR, 0, 0, 0);
  if (due <= at) due.setUTCDate(due.getUTCDate() + 1);
  return due;
}

export type MailAddress = {
  address: string;
  choice: MailChoice;
} & (
  | { state: "waiting" /** ISO: how long the link in the letter is good. */; until: string }
  | { state: "confirmed" }
  | { state: "unreachable" /** ISO */; since: string }
);
