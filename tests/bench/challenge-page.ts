import { setTimeout as delay } from "node:timers/promises";
import autocannon from "autocannon";
import { decideSubmission } from "~/features/moderation/decide-submission.server";
import { UNDO_WINDOW_MS } from "~/features/moderation/decision";
import type { World } from "./challenge-world";
import { type Comparison, compare, measureRounds, ROUNDS } from "./compare";
import { BY_HEART } from "./product-server";

const CONNECTIONS = 16;
const SECONDS = 3;
const MAX_SIZE_DIFFERENCE = 0.05;
const DECISION_EVERY_MS = 1_000;
const ASK_EVERY_MS = 10;

/** Requests a second of a public challenge page by 16 visitors, against the same bytes from the same process's memory. */
export async function compareChallengePage(
  page: string,
): Promise<{ requestsPerSecond: Comparison; bytes: { ours: number; floor: number } }> {
  const memory = byHeart(page);
  const [ours, floor] = [await sizeOf(page), await sizeOf(memory)];
  if (Math.abs(ours - floor) > floor * MAX_SIZE_DIFFERENCE) {
    throw new Error(`the pages differ: ${ours} and ${floor} bytes`);
  }
  const contenders = { ours: () => load(page), floor: () => load(memory), control: () => load(memory) };
  const rounds = await measureRounds(contenders, { rounds: ROUNDS, warmUps: 2 });
  return { requestsPerSecond: compare(rounds, (perSecond) => perSecond), bytes: { ours, floor } };
}

/**
 * Approves the entries that still wait, one a second, while 16 visitors ask for the page all the time. Returns for each
 * how many ms after it took effect the page was first seen to show it.
 */
export async function watchDecisions(page: string, { waiting, admin }: World): Promise<number[]> {
  const seconds = Math.ceil((waiting.length * DECISION_EVERY_MS + UNDO_WINDOW_MS) / 1000) + 2;
  const crowd = load(page, seconds);
  const lags = await Promise.all(
    waiting.map(async (submissionId, turn) => {
      await delay(turn * DECISION_EVERY_MS);
      const before = Date.now();
      await decideSubmission({ intent: "approve", submissionId, seenVersion: 1 }, admin.viewer, crypto.randomUUID());
      // Between the two stands the moment that counts: the lag is at most this.
      const effective = before + UNDO_WINDOW_MS;
      await delay(effective - Date.now());
      for (;;) {
        const html = await (await fetch(page)).text();
        if (html.includes(`data-submission-id="${submissionId}"`)) return Date.now() - effective;
        if (Date.now() - effective > UNDO_WINDOW_MS) throw new Error("a decision was not seen for ten seconds");
        await delay(ASK_EVERY_MS);
      }
    }),
  );
  await crowd;
  return lags.toSorted((a, b) => a - b);
}

const byHeart = (page: string) => {
  const { origin, pathname } = new URL(page);
  return origin + BY_HEART + pathname;
};

async function sizeOf(url: string): Promise<number> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  return (await response.arrayBuffer()).byteLength;
}

async function load(url: string, seconds = SECONDS): Promise<number> {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds });
  const { start, finish, non2xx, errors, timeouts } = result;
  if (non2xx + errors + timeouts > 0) {
    throw new Error(`${url}: ${non2xx} answers were not 200, ${errors} failed, ${timeouts} timed out`);
  }
  return (result["2xx"] * 1000) / (finish.getTime() - start.getTime());
}
