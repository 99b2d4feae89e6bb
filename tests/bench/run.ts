import { type Comparison, inWords } from "./compare";
import { startMeasuredWorker } from "./measured-worker";
import { bootProduct, note, prepare, runBench } from "./prepare";

/**
 * `npm run bench`: four figures, each ours against a bare floor, as four lines and in test-results/bench.json. It
 * starts what it needs and puts it away.
 */
interface Figure {
  name: string;
  /** What the ratio, or the difference in the figure's unit, may be at least or at most. */
  aim: { ratio: number; at: "least" | "most" } | { difference: number; at: "most" };
  unit: string;
  comparison: Comparison;
  /** What else was measured, for the file, and how it is said. */
  besides?: { words: string; values: object };
}

await runBench("bench", measureAll, describe);

async function measureAll(): Promise<Figure[]> {
  const environment = await prepare({ tiktokPerMinute: 0, productPerMinute: 1_000_000 });
  await bootProduct(environment);

  note("opening tokens");
  const { compareOpenToken } = await import("./open-token");
  const opening = await compareOpenToken();

  note("guarding requests");
  const { compareGuard } = await import("./guard-requests");
  const guarding = await compareGuard();

  note("syncing 500 videos, over and over");
  const { compareFullSync } = await import("./full-sync");
  const worker = await startMeasuredWorker(environment);
  const { elapsed, cpu } = await compareFullSync(worker);

  note("making a challenge, and asking for its page");
  const { makeChallenge } = await import("./challenge-world");
  const page = await makeChallenge();
  await worker.stop();
  const { compareChallengePage } = await import("./challenge-page");
  const { requestsPerSecond, bytes } = await compareChallengePage(page, environment);

  return [
    {
      name: "challenge page",
      aim: { ratio: 0.8, at: "least" },
      unit: "requests/s",
      comparison: requestsPerSecond,
      besides: { words: `${bytes.ours} and ${bytes.floor} bytes`, values: { bytes } },
    },
    {
      name: "full sync of 500 videos",
      aim: { ratio: 1.25, at: "most" },
      unit: "ms",
      comparison: elapsed,
      besides: {
        words: `CPU ${(cpu.ours / 1000).toFixed(2)} against ${(cpu.floor / 1000).toFixed(2)} s, ratio ${inWords(cpu)}`,
        values: { cpuMs: cpu },
      },
    },
    { name: "opening a stored token", aim: { ratio: 1.5, at: "most" }, unit: "µs", comparison: opening },
    { name: "guard and headers", aim: { difference: 50, at: "most" }, unit: "µs of CPU", comparison: guarding },
  ];
}

function describe({ name, aim, unit, comparison, besides }: Figure): string {
  const { ours, floor } = comparison;
  const digits = ours < 100 ? 1 : 0;
  const [reached, wanted, words] =
    "ratio" in aim
      ? [comparison.oursToFloor.ratio, aim.ratio, `at ${aim.at} ${aim.ratio}`]
      : [ours - floor, aim.difference, `at most ${aim.difference} ${unit} more, is ${(ours - floor).toFixed(1)}`];
  const met = aim.at === "least" ? reached >= wanted : reached <= wanted;
  return (
    `${name}: ${ours.toFixed(digits)} against ${floor.toFixed(digits)} ${unit}, ratio ${inWords(comparison)}, ` +
    `aim ${words}: ${met ? "met" : "missed"}${besides ? `; ${besides.words}` : ""}`
  );
}
