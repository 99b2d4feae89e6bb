/**
 * Ours, the bare floor, and the floor once more as a control, measured side by side in rounds. Each round runs all
 * three, in another order than the last, so that whatever else the machine does meets all of them alike.
 */
export interface Contenders<Sample> {
  ours: () => Promise<Sample>;
  floor: () => Promise<Sample>;
  control: () => Promise<Sample>;
}

export type Round<Sample> = Record<keyof Contenders<Sample>, Sample>;

/** Every order of three, so that nobody profits from its place. */
const orders: readonly (readonly (keyof Contenders<unknown>)[])[] = [
  ["ours", "floor", "control"],
  ["control", "floor", "ours"],
  ["floor", "ours", "control"],
  ["control", "ours", "floor"],
  ["ours", "control", "floor"],
  ["floor", "control", "ours"],
];

/** Twice through every order. */
export const ROUNDS = 2 * orders.length;

/** Runs `warmUps` rounds that do not count, then `rounds` that do. */
export async function measureRounds<Sample>(
  contenders: Contenders<Sample>,
  { rounds, warmUps }: { rounds: number; warmUps: number },
): Promise<Round<Sample>[]> {
  const measured: Round<Sample>[] = [];
  for (let number = -warmUps; number < rounds; number += 1) {
    const order = orders[Math.abs(number) % orders.length] ?? [];
    const samples: Partial<Round<Sample>> = {};
    for (const name of order) samples[name] = await contenders[name]();
    if (number >= 0) measured.push(samples as Round<Sample>);
  }
  return measured;
}

export interface Ratio {
  /** Of the medians. */
  ratio: number;
  /** Of the ratios within each round: lower and upper quartile, least and greatest. */
  quartiles: [number, number];
  range: [number, number];
}

export interface Comparison {
  rounds: number;
  /** Medians. */
  ours: number;
  floor: number;
  oursToFloor: Ratio;
  /** A/A: the floor against itself; how far it is from 1 is what the machine's noise makes of equal things. */
  control: Ratio;
}

/** Compares one measure of what the rounds gave. */
export function compare<Sample>(rounds: readonly Round<Sample>[], measure: (sample: Sample) => number): Comparison {
  const of = (name: keyof Round<Sample>) => rounds.map((round) => measure(round[name]));
  return {
    rounds: rounds.length,
    ours: quantile(of("ours"), 0.5),
    floor: quantile(of("floor"), 0.5),
    oursToFloor: ratioOf(of("ours"), of("floor")),
    control: ratioOf(of("control"), of("floor")),
  };
}

function ratioOf(these: readonly number[], those: readonly number[]): Ratio {
  const within = these.map((value, index) => value / (those[index] ?? Number.NaN));
  return {
    ratio: quantile(these, 0.5) / quantile(those, 0.5),
    quartiles: [quantile(within, 0.25), quantile(within, 0.75)],
    range: [Math.min(...within), Math.max(...within)],
  };
}

/** Between the two nearest values, by distance. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** `0.83 (middle half 0.81–0.85, all 0.78–0.90; floor against itself 1.00, 0.99–1.02)` */
export function inWords({ oursToFloor, control }: Comparison): string {
  const span = ([from, to]: [number, number]) => `${from.toFixed(2)}–${to.toFixed(2)}`;
  const { ratio, quartiles, range } = oursToFloor;
  return (
    `${ratio.toFixed(2)} (middle half ${span(quartiles)}, all ${span(range)}; ` +
    `floor against itself ${control.ratio.toFixed(2)}, ${span(control.quartiles)})`
  );
}
