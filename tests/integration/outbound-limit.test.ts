import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { awaitSpareCall, holdBack, type Limit, reserveCall, waitFor } from "~/infra/outbound-limit.server";

/** The one limiter of all processes, on a real database: every process here has a pool of its own. */
const child = fileURLToPath(new URL("children/reserve-calls.ts", import.meta.url));
const MINUTE = 60_000;
/** Between the database's clock and the moment a process knows of its turn. */
const SLACK_MS = 1_000;

interface Order {
  limit: Limit;
  calls: number;
  maxWaitMs: number;
  /** As work that nobody waits for. */
  spare?: boolean;
}

/** Processes that reserve calls side by side; `reserve` gives when each call may start, in ms since 1970. */
async function startProcesses(count: number) {
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ["--import", "tsx", child], { stdio: ["pipe", "pipe", "inherit"] }),
  );
  const lines = children.map((one) => createInterface({ input: one.stdout })[Symbol.asyncIterator]());
  const answers = () => Promise.all(lines.map(async (line) => String((await line.next()).value)));
  await answers();
  return {
    async reserve(order: Order): Promise<(number | null)[]> {
      for (const { stdin } of children) stdin.write(`${JSON.stringify(order)}\n`);
      return (await answers()).flatMap((answer) => JSON.parse(answer) as (number | null)[]);
    },
    async stop(): Promise<void> {
      await Promise.all(
        children.map((one) => {
          one.stdin.end();
          return once(one, "exit");
        }),
      );
    },
  };
}

test("several processes together start at most perMinute + burst calls in any minute", async () => {
  const processes = await startProcesses(3);
  const limit = { key: "tiktok:/together/", perMinute: 540, burst: 20 };
  const startsAt = await processes.reserve({ limit, calls: 300, maxWaitMs: 10 * MINUTE });
  await processes.stop();
  const starts = startsAt.filter((at) => at !== null).sort((a, b) => a - b);
  expect(starts).toHaveLength(900);
  const most = limit.perMinute + limit.burst;
  const tightest = Math.min(...starts.slice(most).map((at, index) => at - (starts[index] ?? at)));
  expect(tightest).toBeGreaterThan(MINUTE - SLACK_MS);
  // Nor is the limit kept by standing still: after the burst, calls follow one another at the pace.
  const last = (starts.at(-1) ?? 0) - (starts[0] ?? 0);
  expect(last).toBeLessThan(((900 - limit.burst) * MINUTE) / limit.perMinute + 5 * SLACK_MS);
});

test("a burst starts at once, and what comes after waits its turn", async () => {
  const limit = { key: "tiktok:/burst/", perMinute: 60, burst: 5 };
  const waits: (number | null)[] = [];
  for (let call = 0; call < 8; call += 1) waits.push(await reserveCall(limit, MINUTE));
  expect(waits.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
  for (const [index, wait] of waits.slice(5).entries()) {
    expect(wait).toBeGreaterThan(index * 1_000);
    expect(wait).toBeLessThanOrEqual((index + 1) * 1_000);
  }
});

test("a wait that is too long is refused, and a refusal takes nobody's turn", async () => {
  const limit = { key: "tiktok:/patience/", perMinute: 6, burst: 1 };
  expect(await reserveCall(limit, 0)).toBe(0);
  for (let call = 0; call < 50; call += 1) expect(await reserveCall(limit, 1_000)).toBeNull();
  const wait = await reserveCall(limit, 60_000);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(10_000);
});

test("holding back pauses every process for that long, and only that endpoint", async () => {
  const processes = await startProcesses(2);
  const limit = { key: "tiktok:/held/", perMinute: 600, burst: 10 };
  const before = Date.now();
  await holdBack(limit, 30_000);
  const held = await processes.reserve({ limit, calls: 5, maxWaitMs: MINUTE });
  expect(held).toHaveLength(10);
  for (const at of held) expect(at).toBeGreaterThanOrEqual(before + 30_000);
  expect(await processes.reserve({ limit, calls: 1, maxWaitMs: 20_000 })).toEqual([null, null]);
  expect(await waitFor(limit)).toBeGreaterThan(25_000);
  const other = await processes.reserve({ limit: { ...limit, key: "tiktok:/other/" }, calls: 5, maxWaitMs: 0 });
  expect(other.filter((at) => at === null)).toEqual([]);
  await processes.stop();
});

test("a shorter hold-back does not shorten a longer one", async () => {
  const limit = { key: "tiktok:/longer/", perMinute: 600, burst: 10 };
  await holdBack(limit, 60_000);
  await holdBack(limit, 1_000);
  expect(await reserveCall(limit, 50_000)).toBeNull();
});

test("calls that were on their way when a pause began are part of it, and make it no longer", async () => {
  const limit = { key: "tiktok:/on-their-way/", perMinute: 600, burst: 10 };
  const pause = await holdBack(limit);
  const others = await Promise.all(Array.from({ length: 10 }, () => holdBack(limit)));
  for (const other of others) expect(other).toBeLessThanOrEqual(pause);
  expect(await waitFor(limit)).toBeLessThanOrEqual(pause);
});

test("work that nobody waits for keeps the pace, and a person's call goes before all of it", async () => {
  const processes = await startProcesses(2);
  const limit = { key: "tiktok:/people/", perMinute: 600, burst: 20 };
  const began = Date.now();
  const working = processes.reserve({ limit, calls: 30, maxWaitMs: MINUTE, spare: true });
  // All that such work may have at once is taken, and fifty more calls stand in line for five seconds.
  await vi.waitFor(async () => expect(await waitFor({ ...limit, burst: 10 })).toBeGreaterThan(0), { timeout: 10_000 });
  const waits = await Promise.all(Array.from({ length: 8 }, () => reserveCall(limit, 0)));
  expect(waits).toEqual(Array.from({ length: 8 }, () => 0));
  const starts = (await working).filter((at) => at !== null).sort((a, b) => a - b);
  await processes.stop();
  expect(starts).toHaveLength(60);
  // 68 calls, of which ten could start at once: the rest at ten a second, and hardly slower.
  const took = (starts.at(-1) ?? 0) - began;
  expect(took).toBeGreaterThan(5_800 - SLACK_MS);
  expect(took).toBeLessThan(5_800 + 4 * SLACK_MS);
});

test("work that nobody waits for gives up in time, and takes nothing", async () => {
  const limit = { key: "tiktok:/spare/", perMinute: 6, burst: 11 };
  expect(await awaitSpareCall(limit, 0)).toBe(true);
  expect(await Promise.all([1, 2, 3].map(() => awaitSpareCall(limit, 50)))).toEqual([false, false, false]);
  expect(await reserveCall(limit, 0)).toBe(0);
});
