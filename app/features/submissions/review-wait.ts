/** How long a review takes, in words. */

/** Fewer decisions than this say nothing about how long the next one takes. */
export const WAIT_NEEDS_DECISIONS = 10;

/** Where an entry stands among those of its challenge that wait for a moderator. */
export interface QueuePlace {
  /** 1 = the next. */
  place: number;
  of: number;
}

const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
const suffixes: Record<Intl.LDMLPluralRule, string> = {
  zero: "th",
  one: "st",
  two: "nd",
  few: "rd",
  many: "th",
  other: "th",
};

/** `3rd of 12`. */
export function placeWords({ place, of }: QueuePlace): string {
  const format = (count: number) => count.toLocaleString("en");
  return `${format(place)}${suffixes[ordinals.select(place)]} of ${format(of)}`;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Rounded to one unit that people think in: `about 4 hours`. */
export function waitWords(seconds: number): string {
  if (seconds < 1.5 * MINUTE) return "about a minute";
  return `about ${spanWords(seconds)}`;
}

/** The same where it is measured: `4 hours`. */
export function spanWords(seconds: number): string {
  if (seconds < 1.5 * MINUTE) return new Intl.NumberFormat("en", unitOf("second")).format(Math.round(seconds));
  const [unit, size] =
    seconds < 90 * MINUTE
      ? (["minute", MINUTE] as const)
      : seconds < 36 * HOUR
        ? (["hour", HOUR] as const)
        : (["day", DAY] as const);
  const count = Math.round(seconds / size);
  return new Intl.NumberFormat("en", unitOf(unit)).format(count);
}

const unitOf = (unit: string) => ({ style: "unit", unit, unitDisplay: "long" }) as const;
