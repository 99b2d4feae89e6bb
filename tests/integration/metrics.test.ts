import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import { rawRequest } from "#tests/support/qa/raw-request";
import type { Person } from "#tests/support/world/people";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** What an operator's Prometheus sees, held against what the simulators say that happened. */
const TOKEN = "a-token-for-the-scraper";
const { tiktok, kms, sql, people, verbs, environment, stop } = await startProduct({
  jobs: "work",
  settings: { METRICS_TOKEN: TOKEN },
});
const { serveProduct } = await import("./serve-product");
const { origin, close } = await serveProduct();
const { listVideoPage } = await import("~/infra/tiktok/display-api.server");
const watch = watchSyncs(sql, tiktok);
afterAll(async () => {
  runClock(0);
  await close();
  await stop();
});

const scrape = (headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
  rawRequest(origin, "/metrics", { headers });
const text = async () => (await scrape()).body.toString();
/** The value of one series; labels in the order in which they are written. */
const readSeries = async (series: string) => {
  const line = (await text()).split("\n").find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

let owner: Person;
const read = () =>
  verbs.withTikTokToken(owner.viewer.accountId, (token) => listVideoPage(token, { cursor: null, patience: "person" }));

beforeAll(async () => {
  await tiktok.addAccount({ openId: "measured", displayName: "Measured", videos: 60 });
  owner = await people.signIn("measured");
  await people.sync(owner);
});

test.each([
  ["no token", {}],
  ["another token", { authorization: "Bearer another-token-than-that" }],
  ["the token under another scheme", { authorization: `Basic ${TOKEN}` }],
] satisfies [string, Record<string, string>][])("with %s there is nothing there", async (_what, headers) => {
  expect((await scrape(headers)).status).toBe(404);
});

test("calls are counted by endpoint and TikTok's code, as TikTok's own ledger has them", async () => {
  const { id } = await tiktok.addFault({ endpoint: "video_list", kind: "status", status: 503, times: 1 });
  await read();
  expect(await tiktok.fired(id)).toBe(1);
  const calls = await tiktok.ledger({ endpoint: "video_list" });
  const ok = calls.filter(({ code }) => code === "ok").length;
  expect(ok).toBeGreaterThanOrEqual(3);
  expect(await readSeries('trendpot_tiktok_calls_total{endpoint="/v2/video/list/",code="ok"}')).toBe(ok);
  expect(await readSeries('trendpot_tiktok_calls_total{endpoint="/v2/video/list/",code="http_503"}')).toBe(1);
  expect(await readSeries('trendpot_limiter_wait_seconds_count{limit="tiktok:/v2/video/list/"}')).toBe(calls.length);
});

test("token refreshes by what came of them, and failures of KMS", async () => {
  await tiktok.expireAccessTokens("measured");
  await read();
  expect(await readSeries('trendpot_token_refreshes_total{outcome="refreshed"}')).toBe(1);
  await tiktok.expireAccessTokens("measured");
  await tiktok.addFault({ endpoint: "token", kind: "status", status: 503, times: 1 });
  await expect(read()).rejects.toMatchObject({ kind: "unavailable" });
  expect(await readSeries('trendpot_token_refreshes_total{outcome="failed"}')).toBe(1);
  await kms.setFault({ operation: "GenerateDataKey", kind: "error", code: "AccessDeniedException" });
  await expect(read()).rejects.toMatchObject({ kind: "denied" });
  expect(await readSeries('trendpot_kms_errors_total{operation="GenerateDataKey",kind="denied"}')).toBeGreaterThan(0);
  await kms.clearFaults();
});

test("jobs by queue and outcome, and how far syncs are behind", async () => {
  expect(await readSeries('trendpot_jobs_total{queue="sync-videos",outcome="completed"}')).toBeGreaterThanOrEqual(1);
  expect(await readSeries("trendpot_sync_lag_seconds")).toBe(0);
  expect(await readSeries("trendpot_letters_waiting")).toBe(0);
  await tiktok.addFault({ endpoint: "video_list", kind: "delay", delayMs: 1_500 });
  await verbs.requestSync(owner.viewer.accountId);
  await watch.until(async () => (await watch.latestRun("measured")).state === "running");
  runClock(600_000);
  expect(await readSeries("trendpot_sync_lag_seconds")).toBeGreaterThan(500);
  expect(await readSeries('trendpot_jobs{queue="sync-videos",state="active"}')).toBe(1);
  expect(await readSeries('trendpot_syncs{state="running"}')).toBe(1);
  runClock(0);
  await tiktok.clearFaults();
  await watch.until(async () => (await watch.latestRun("measured")).ended);
});

test("the age of the numbers grows while nobody renews them", async () => {
  expect(await readSeries('trendpot_numbers_age_seconds{quantile="1"}')).toBeLessThan(120);
  runClock(7_200_000);
  expect(await readSeries('trendpot_numbers_age_seconds{quantile="0.5"}')).toBeGreaterThan(7_000);
  runClock(0);
  expect(await readSeries('trendpot_links{health="healthy"}')).toBe(1);
});

test("what a worker counted is there under a name of its own, until it is gone for a minute", async () => {
  const child = fileURLToPath(new URL("children/share-metrics.ts", import.meta.url));
  const worker = spawn(process.execPath, ["--import", "tsx", child, owner.viewer.accountId], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const itsCalls = /^trendpot_tiktok_calls_total\{(?=[^}]*code="ok")(?=[^}]*process="worker-[0-9a-f]+")[^}]*\} 1$/m;
  await watch.until(async () => itsCalls.test(await text()));
  worker.stdin.end();
  runClock(120_000);
  expect(await text()).not.toContain("worker-");
  runClock(0);
});

test("no series names a person, an account, a video or a secret", async () => {
  const all = await text();
  const [video] = await tiktok.videos("measured");
  for (const name of ["measured", owner.viewer.accountId, owner.viewer.userId, video?.id ?? "?", TOKEN]) {
    expect(all).not.toContain(name);
  }
  for (const name of ["TIKTOK_CLIENT_SECRET", "TIKTOK_CLIENT_KEY", "SESSION_SECRET"]) {
    expect(all).not.toContain(environment[name]);
  }
});
