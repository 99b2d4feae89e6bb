import { bootProduct, prepare, runBench, UNRAISED } from "./prepare";

/**
 * `npm run bench:ingestion [-- creators times]`: how much of TikTok's limit two workers use, as lines and in
 * test-results/bench-ingestion.json. By default 1,000 creators of 200 videos each, with our limit and the simulator's
 * ten `times` as high, so that it ends in minutes; where that is more than the machine can serve, a smaller number shows
 * what becomes of a limit that it can.
 */
const creators = Number(process.argv[2] ?? 1_000);
const times = Number(process.argv[3] ?? 10);

interface Figure {
  name: string;
  value: number;
  aim: { value: number; at: "least" | "most" };
  words: string;
  /** For the file. */
  measured: object;
}

await runBench("bench-ingestion", measure, describe);

async function measure(): Promise<Figure[]> {
  const perMinute = UNRAISED * times;
  const environment = await prepare({ productPerMinute: perMinute, tiktokPerMinute: 600 * times });
  await bootProduct(environment);
  const { ingest } = await import("./ingest");
  const { syncs, refresh, residentMb } = await ingest(creators, environment);
  const ofLimit = (calls: number, ms: number) => calls / ((ms / 60_000) * perMinute);
  const warm = ofLimit(syncs.calls * 0.9, syncs.warmMs).toFixed(3);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return [
    {
      name: "list calls against the limit",
      value: ofLimit(syncs.calls, syncs.callingMs),
      aim: { value: 0.95, at: "least" },
      words: `${syncs.calls} in ${seconds(syncs.callingMs)} at ${perMinute} a minute, ${warm} after the first tenth; CPU ${seconds(syncs.cpuMs)}`,
      measured: { perMinute, ...syncs },
    },
    {
      name: "calls that TikTok refused",
      value: syncs.refused + refresh.refused,
      aim: { value: 0, at: "most" },
      words: `${syncs.refused} lists, ${refresh.refused} look-ups`,
      measured: {},
    },
    {
      name: "elapsed against the least that the limit allows",
      value: syncs.tookMs / syncs.quotaMs,
      aim: { value: 1.05, at: "most" },
      words: `${seconds(syncs.tookMs)} against ${seconds(syncs.quotaMs)}`,
      measured: {},
    },
    {
      name: "95th percentile age of numbers against the least that the limit allows",
      value: refresh.ageMs / refresh.quotaMs,
      aim: { value: 1.3, at: "most" },
      words: `${seconds(refresh.ageMs)} against ${seconds(refresh.quotaMs)}, ${refresh.calls} look-ups; CPU ${seconds(refresh.cpuMs)}`,
      measured: { perMinute, ...refresh },
    },
    {
      name: "resident memory at the end against after the first tenth",
      value: residentMb.end / residentMb.early,
      aim: { value: 1.1, at: "most" },
      words: `${residentMb.end.toFixed(0)} against ${residentMb.early.toFixed(0)} MB, of the worker that grew most`,
      measured: { residentMb },
    },
  ];
}

function describe({ name, value, aim, words }: Figure): string {
  const met = aim.at === "least" ? value >= aim.value : value <= aim.value;
  const digits = Number.isInteger(value) ? 0 : 3;
  return `${name}: ${value.toFixed(digits)}, aim at ${aim.at} ${aim.value}: ${met ? "met" : "missed"}; ${words}`;
}
