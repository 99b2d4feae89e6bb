import autocannon from "autocannon";
import { findFreePort } from "../support/product-process";
import { ENTRIES } from "./challenge-world";
import { startChild } from "./child";
import { type Comparison, compare, measureRounds, ROUNDS } from "./compare";

const CONNECTIONS = 16;
const SECONDS = 3;
const MAX_SIZE_DIFFERENCE = 0.05;

interface Server {
  url: string;
  stop(): Promise<void>;
}

/**
 * Requests a second of a public challenge page, uncompressed, against the same build and stack with a constant in place
 * of the page's loader.
 */
export async function compareChallengePage(
  page: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ requestsPerSecond: Comparison; bytes: { ours: number; floor: number } }> {
  const started: Server[] = [];
  const start = async (mode: "product" | "constant") => {
    const server = await serve(mode, page, environment);
    started.push(server);
    return server.url;
  };
  try {
    const [ours, floor, control] = [await start("product"), await start("constant"), await start("constant")];
    const bytes = await checkSamePage(ours, floor);
    const contenders = { ours: () => load(ours), floor: () => load(floor), control: () => load(control) };
    const rounds = await measureRounds(contenders, { rounds: ROUNDS, warmUps: 2 });
    return { requestsPerSecond: compare(rounds, (perSecond) => perSecond), bytes };
  } finally {
    await Promise.all(started.map((server) => server.stop()));
  }
}

async function serve(mode: string, page: string, environment: Readonly<Record<string, string>>): Promise<Server> {
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = await startChild("tests/bench/serve-challenge-page.ts", [mode, page], {
    ...environment,
    PORT: String(port),
    APP_ORIGIN: origin,
    LOG_LEVEL: "warn", // a line an answer would weigh on both alike
  });
  return { url: origin + page, stop: child.stop };
}

/** Two pages that differ must not be compared: the same entries in the same order, and the same size within 5 %. */
async function checkSamePage(ours: string, floor: string): Promise<{ ours: number; floor: number }> {
  const [one, other] = await Promise.all([read(ours), read(floor)]);
  const entries = one.entries.split(" ");
  if (entries.length !== ENTRIES || one.entries !== other.entries) {
    throw new Error(`the pages differ: ${entries.length} entries are not the constant page's`);
  }
  if (Math.abs(one.bytes - other.bytes) > other.bytes * MAX_SIZE_DIFFERENCE) {
    throw new Error(`the pages differ: ${one.bytes} and ${other.bytes} bytes`);
  }
  return { ours: one.bytes, floor: other.bytes };
}

async function read(url: string): Promise<{ bytes: number; entries: string }> {
  const response = await fetch(url);
  const html = await response.text();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  const entries = Array.from(html.matchAll(/data-testid="entry-card" data-video-id="(\d+)"/g), ([, id]) => id);
  return { bytes: Buffer.byteLength(html), entries: entries.join(" ") };
}

async function load(url: string): Promise<number> {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS });
  const { start, finish, non2xx, errors, timeouts } = result;
  if (non2xx + errors + timeouts > 0) {
    throw new Error(`${url}: ${non2xx} answers were not 200, ${errors} failed, ${timeouts} timed out`);
  }
  return (result["2xx"] * 1000) / (finish.getTime() - start.getTime());
}
