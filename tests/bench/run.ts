import { type Comparison, inWords, quantile } from "./compare";
import { startMeasuredWorker } from "./measured-worker";
import { bootProduct, note, prepare, runBench } from "./prepare";

/**
 * `npm run bench`: each figure ours against a bare floor, or against ourselves where it should cost the same, as lines
 * and in test-results/bench.json. It starts what it needs and puts it away.
 */
interface Figure {
  name: string;
  unit: string;
  /** What the ratio, the difference or the value itself, in the figure's unit, may be at least or at most. */
  aim: { of: "ratio" | "difference" | "value"; is: number; at: "least" | "most" };
  measured: Comparison | { value: number };
  /** What else was measured, for the file, and how it is said. */
  besides?: { words: string; values: object };
}

const CROWD = 100_000;
const PAGE = 24;

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

  note("making challenges");
  const { makeChallenge } = await import("./challenge-world");
  const home = await makeChallenge("A Minute of Home");
  const small = await makeChallenge("Small", { entries: 1, waiting: 2 });
  const large = await makeChallenge("Large", { entries: 1, waiting: 1 });
  await worker.stop();

  note("deciding, over and over");
  const { compareDecision } = await import("./decide");
  const [again = "", waits = ""] = small.waiting;
  const deciding = await compareDecision(again, small.admin, environment.DATABASE_URL ?? "");

  note("asking for a challenge's page, and approving meanwhile");
  const { startProductServer } = await import("./product-server");
  const origin = await startProductServer(environment);
  const { compareChallengePage, watchDecisions } = await import("./challenge-page");
  const page = await compareChallengePage(`${origin}/challenges/${home.slug}`);
  const lags = await watchDecisions(`${origin}/challenges/${home.slug}`, home);

  note(`making ${CROWD} entries and as many that wait`);
  const { copyEntry } = await import("../support/copy-entry");
  const [approved = ""] = large.approved;
  const [waiting = ""] = large.waiting;
  await copyEntry(approved, CROWD);
  await copyEntry(waiting, CROWD);
  await copyEntry(waits, 99);
  const { comparePages, pageOfGallery } = await import("./deep-pages");
  const gallery = await comparePages(
    await pageOfGallery(origin, large.slug, 1_000 * PAGE),
    await pageOfGallery(origin, large.slug, 0),
    large.admin,
  );
  const queue = await comparePages(`${origin}/review/${large.slug}`, `${origin}/review/${small.slug}`, large.admin);

  return [
    {
      name: "challenge page",
      unit: "requests/s",
      aim: { of: "ratio", is: 0.5, at: "least" },
      measured: page.requestsPerSecond,
      besides: { words: `${page.bytes.ours} and ${page.bytes.floor} bytes`, values: page.bytes },
    },
    {
      name: "an approval that counts to its showing, with 16 visitors asking all the time",
      unit: "ms",
      aim: { of: "value", is: 1_000, at: "most" },
      measured: { value: quantile(lags, 1) },
      besides: { words: `the slowest of ${lags.length}, median ${quantile(lags, 0.5)} ms`, values: { lags } },
    },
    {
      name: `page 1,000 of ${CROWD} entries against page 1`,
      unit: "ms",
      aim: { of: "ratio", is: 1.2, at: "most" },
      measured: gallery,
    },
    {
      name: `queue with ${CROWD} that wait against 100`,
      unit: "ms",
      aim: { of: "ratio", is: 1.2, at: "most" },
      measured: queue,
    },
    {
      name: "95th percentile of a decision",
      unit: "ms",
      aim: { of: "ratio", is: 5, at: "most" },
      measured: deciding,
    },
    {
      name: "full sync of 500 videos",
      unit: "ms",
      aim: { of: "ratio", is: 1.25, at: "most" },
      measured: elapsed,
      besides: {
        words: `CPU ${(cpu.ours / 1000).toFixed(2)} against ${(cpu.floor / 1000).toFixed(2)} s, ratio ${inWords(cpu)}`,
        values: { cpuMs: cpu },
      },
    },
    {
      name: "opening a stored token",
      unit: "µs",
      aim: { of: "ratio", is: 1.5, at: "most" },
      measured: opening,
    },
    {
      name: "guard and headers",
      unit: "µs of CPU",
      aim: { of: "difference", is: 50, at: "most" },
      measured: guarding,
    },
  ];
}

function describe({ name, unit, aim, measured, besides }: Figure): string {
  const [reached, words] =
    "value" in measured ? [measured.value, `${inUnit(measured.value)} ${unit}`] : compared(measured);
  const met = aim.at === "least" ? reached >= aim.is : reached <= aim.is;
  const said = aim.of === "ratio" ? `ratio ${aim.is}` : `${aim.is} ${unit}`;
  return `${name}: ${words}, aim at ${aim.at} ${said}: ${met ? "met" : "missed"}${besides ? `; ${besides.words}` : ""}`;

  function compared(comparison: Comparison): [number, string] {
    const { ours, floor, oursToFloor } = comparison;
    const more = aim.of === "difference" ? ` (${inUnit(ours - floor)} more)` : "";
    return [
      aim.of === "difference" ? ours - floor : oursToFloor.ratio,
      `${inUnit(ours)} against ${inUnit(floor)} ${unit}${more}, ratio ${inWords(comparison)}`,
    ];
  }
}

function inUnit(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}
