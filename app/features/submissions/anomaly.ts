import { z } from "zod";

/**
 * Whether a video's numbers jumped in a way that is not plausible, so that a person should look before they count. A fall
 * is none: TikTok takes back what it finds fake itself, a lower count helps nobody's rank, and a count that fell is a
 * jump when it returns only beyond where it had been.
 */

/** So many readings before a step say what is usual: half a day of an open challenge, so that a take-off in stages passes. */
const USUAL_STEPS = 48;
/** The newest readings are enough to look at: each is, within minutes of its coming. */
export const READINGS = 2 * USUAL_STEPS;
/** Fewer steps before one say nothing of what is usual. */
const LEAST_STEPS = 6;
/** A step is steep from so many times the usual growth an hour. */
export const STEEP_TIMES = 20;
/** When a person has cleared a jump, another is one only where it is so many times as steep. */
const CLEARED_TIMES = 2;
/** Two readings may be seconds apart, and TikTok counts in portions: no step counts as shorter than the usual pace of readings. */
const SHORTEST_STEP_MS = 15 * 60_000;
/** What stood still is taken to gain this much an hour. */
const LEAST_PER_HOUR = 1;
/** Likes are weighed against views over so long: TikTok renews the two at different times. */
const MIX_MS = 3 * 3_600_000;
/** A smaller gain is never one: small entries are left in peace. */
export const LEAST_GAIN = { views: 5_000, likes: 1_000, comments: 500, shares: 500 } as const;

const countedNumberNames = ["views", "likes", "comments", "shares"] as const;
type CountedNumber = (typeof countedNumberNames)[number];

/** What TikTok told of a video at a time; null for what it did not tell. */
export type Reading = { at: Date } & Record<CountedNumber, number | null>;

/** What was found. Times are ISO. */
export const anomalySchema = z.object({
  kind: z.enum(["jump", "mix"]),
  number: z.enum(countedNumberNames),
  from: z.number(),
  to: z.number(),
  fromAt: z.iso.datetime(),
  toAt: z.iso.datetime(),
  /** Of a jump: how often the usual growth that was. Of a mix: how many likes came with each new view. */
  times: z.number(),
  /** Of a jump: the usual growth an hour. Of a mix: how many views came meanwhile. */
  against: z.number(),
});
export type Anomaly = z.infer<typeof anomalySchema>;

export interface FoundAnomaly extends Anomaly {
  /** The first reading that is doubted. */
  doubtedFrom: Date;
}

/**
 * The first anomaly that shows in a reading after `since`: when the entry was made, or when a person last cleared its
 * numbers. `readings`: of one video, oldest first, also those from before that say what is usual. `cleared`: a person did
 * clear them, so that a growth like the one that was cleared is none.
 */
export function findAnomaly(
  readings: readonly Reading[],
  { since, cleared }: { since: Date; cleared: boolean },
): FoundAnomaly | null {
  const found = countedNumberNames
    .flatMap((number) => findJump(readings, number, { since, cleared }) ?? [])
    .concat(findMix(readings, since) ?? []);
  // Of several at the same time, the one that weighs more comes first: in the order of the numbers.
  return found.sort((a, b) => a.toAt.localeCompare(b.toAt))[0] ?? null;
}

interface Step {
  from: { at: Date; count: number };
  to: { at: Date; count: number };
  gain: number;
  perHour: number;
}

function findJump(
  readings: readonly Reading[],
  number: CountedNumber,
  { since, cleared }: { since: Date; cleared: boolean },
): FoundAnomaly | null {
  const steps = stepsOf(readings, number);
  let steepestCleared = 0;
  for (const [index, { from, to, gain, perHour }] of steps.entries()) {
    if (to.at <= since) {
      if (cleared) steepestCleared = Math.max(steepestCleared, perHour);
      continue;
    }
    const before = steps.slice(Math.max(0, index - USUAL_STEPS), index);
    if (before.length < LEAST_STEPS || gain < LEAST_GAIN[number]) continue;
    const usual = Math.max(median(before.map((step) => step.perHour)), LEAST_PER_HOUR);
    if (perHour <= STEEP_TIMES * usual || perHour <= CLEARED_TIMES * steepestCleared) continue;
    return {
      ...described("jump", number, from, to),
      times: rounded(perHour / usual),
      against: rounded(usual),
      doubtedFrom: to.at,
    };
  }
  return null;
}

/** Likes that came without views: nobody likes what they have not seen. */
function findMix(readings: readonly Reading[], since: Date): FoundAnomaly | null {
  const known = readings.flatMap(({ at, views, likes }) =>
    views === null || likes === null || at < since ? [] : [{ at, views, likes }],
  );
  for (const to of known) {
    const before = known.findLastIndex(({ at }) => to.at.getTime() - at.getTime() >= MIX_MS);
    const [from, next] = [known[before], known[before + 1]];
    if (!from || !next) continue;
    const [likes, views] = [to.likes - from.likes, Math.max(0, to.views - from.views)];
    if (likes < LEAST_GAIN.likes || likes <= views) continue;
    return {
      ...described("mix", "likes", { at: from.at, count: from.likes }, { at: to.at, count: to.likes }),
      times: rounded(likes / Math.max(1, views)),
      against: views,
      doubtedFrom: next.at,
    };
  }
  return null;
}

function stepsOf(readings: readonly Reading[], number: CountedNumber): Step[] {
  const known = readings.flatMap((reading) => {
    const count = reading[number];
    return count === null ? [] : [{ at: reading.at, count }];
  });
  let most = 0;
  return known.flatMap((to, index) => {
    const from = known[index - 1];
    most = Math.max(most, from?.count ?? 0);
    if (!from) return [];
    const gain = Math.max(0, to.count - most);
    const hours = Math.max(to.at.getTime() - from.at.getTime(), SHORTEST_STEP_MS) / 3_600_000;
    return [{ from, to, gain, perHour: gain / hours }];
  });
}

function described(
  kind: Anomaly["kind"],
  number: CountedNumber,
  from: { at: Date; count: number },
  to: { at: Date; count: number },
) {
  return { kind, number, from: from.count, to: to.count, fromAt: from.at.toISOString(), toAt: to.at.toISOString() };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = low] = sorted.length % 2 === 0 ? sorted.slice(middle - 1) : sorted.slice(middle);
  return sorted.length % 2 === 0 ? (low + high) / 2 : low;
}

const rounded = (value: number) => Math.round(value * 10) / 10;
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** The anomaly in one line, for the desk. */
export function anomalyWords({ number, from, to }: Anomaly): string {
  return `${number[0]?.toUpperCase()}${number.slice(1)} ${whole.format(from)} → ${whole.format(to)}`;
}

/** Against what it is one. */
export function anomalyMeasure({ kind, times, against }: Anomaly): string {
  return kind === "jump"
    ? `${whole.format(times)} times its usual growth of ${whole.format(against)} an hour`
    : against === 0
      ? "while its views stood still"
      : `with ${whole.format(against)} new views meanwhile`;
}
