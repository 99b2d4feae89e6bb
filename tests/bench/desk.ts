import { setTimeout as delay } from "node:timers/promises";
import { type Browser, chromium } from "playwright";
import { putSession } from "../support/qa/put-session";
import type { Person } from "../support/world/people";
import { quantile } from "./compare";
import { startMeasuredWorker } from "./measured-worker";
import { bootProduct, note, prepare, runBench, undo } from "./prepare";
import { startProductServer } from "./product-server";

/**
 * `npm run bench:desk`: 60 entries of one queue decided by keyboard alone in Chromium, and how long each press took until
 * the next card was painted, by the browser's own event timing; the same once more on queues that are equal (A/A), as a
 * line and in test-results/bench-desk.json.
 */
const ENTRIES = 60;
/** Of each, in turn. */
const QUEUES = 3;
/** What the browser reports at least; what took less is counted as this long. */
const THRESHOLD_MS = 16;
/** A fast moderator looks this long. */
const LOOK_MS = 250;
const AIM_MS = 100;

interface Figure {
  presses: number;
  p95: number;
  median: number;
  longest: number;
  controlP95: number;
  all: { ours: number[]; control: number[] };
}

await runBench("bench-desk", measure, describe);

async function measure(): Promise<Figure[]> {
  const environment = await prepare({ tiktokPerMinute: 0, productPerMinute: 1_000_000 });
  await bootProduct(environment);
  note("making queues");
  const worker = await startMeasuredWorker(environment);
  const { makeChallenge } = await import("./challenge-world");
  const queues: { slug: string; admin: Person }[] = [];
  for (let number = 0; number <= 2 * QUEUES; number += 1) {
    queues.push(await makeChallenge(`Queue ${number}`, { entries: 0, waiting: ENTRIES, each: 20 }));
  }
  await worker.stop();
  const origin = await startProductServer(environment);
  const browser = await chromium.launch({
    executablePath: process.env.TEST_CHROMIUM,
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu"],
  });
  undo.push(() => browser.close());
  const all: Figure["all"] = { ours: [], control: [] };
  for (const [turn, { slug, admin }] of queues.entries()) {
    note(turn === 0 ? "deciding, to warm up" : `deciding, ${turn} of ${2 * QUEUES}`);
    const took = await decideAll(browser, admin, origin, slug);
    // In the order ours, control, control, ours …
    if (turn > 0) all[turn % 4 < 2 ? "ours" : "control"].push(...took);
  }
  const { ours, control } = all;
  return [
    {
      presses: ours.length,
      p95: quantile(ours, 0.95),
      median: quantile(ours, 0.5),
      longest: Math.max(...ours),
      controlP95: quantile(control, 0.95),
      all,
    },
  ];
}

/** Approves a whole queue with one key, and gives how long each press took, in ms. */
async function decideAll(browser: Browser, person: Person, origin: string, slug: string): Promise<number[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await putSession(context, person, origin);
  const page = await context.newPage();
  await page.goto(`${origin}/review/${slug}`);
  await page.locator("[data-testid='review-card'] [data-key='r']:enabled").first().waitFor();
  await page.locator("[data-testid='review-card']").first().focus();
  await page.evaluate((durationThreshold) => {
    const taken: number[] = [];
    Object.assign(window, { taken });
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === "keydown") taken.push(duration);
    }).observe({ type: "event", durationThreshold } as PerformanceObserverInit);
  }, THRESHOLD_MS);
  for (let left = ENTRIES; left > 0; left -= 1) {
    await delay(LOOK_MS);
    const id = await page.evaluate(() => document.activeElement?.getAttribute("data-submission-id"));
    if (!id) throw new Error(`with ${left} entries left none has the focus`);
    await page.keyboard.press("a");
    await page.waitForFunction((before) => document.activeElement?.getAttribute("data-submission-id") !== before, id);
  }
  await page.getByText("Every entry has a decision.").waitFor();
  const taken = await page.evaluate(() => (window as unknown as { taken: number[] }).taken);
  await context.close();
  if (taken.length > ENTRIES) throw new Error(`${taken.length} presses were timed, and ${ENTRIES} were made`);
  return [...taken, ...Array<number>(ENTRIES - taken.length).fill(THRESHOLD_MS)];
}

function describe({ presses, p95, median, longest, controlP95 }: Figure): string {
  return (
    `key press to the next card painted: ${p95} ms at the 95th percentile of ${presses} presses (median ${median}, ` +
    `longest ${longest}; the same once more: ${controlP95} ms, ratio ${(p95 / controlP95).toFixed(2)}), aim at most ` +
    `${AIM_MS} ms: ${p95 <= AIM_MS ? "met" : "missed"}`
  );
}
