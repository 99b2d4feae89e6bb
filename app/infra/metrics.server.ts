import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { once } from "./once.server";

/**
 * What this process counts. Every label is from a closed set or is bounded here: a path of TikTok's API, a queue, a kind;
 * never a URL, an account or anything else that a visitor or TikTok chooses.
 */
const kept = once("metrics", () => {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    answers: new Histogram({
      name: "trendpot_http_request_seconds",
      help: "Requests by route, method and class of the answer (cut: the visitor hung up), and how long they took",
      labelNames: ["route", "method", "status"],
      buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    jobs: new Counter({
      name: "trendpot_jobs_total",
      help: "Attempts at jobs, by queue and outcome; dead: every attempt failed",
      labelNames: ["queue", "outcome"],
      registers,
    }),
    tiktokCalls: new Counter({
      name: "trendpot_tiktok_calls_total",
      help: "Answers of TikTok by path and TikTok's own code, or what came instead of an answer",
      labelNames: ["endpoint", "code"],
      registers,
    }),
    limiterWaits: new Histogram({
      name: "trendpot_limiter_wait_seconds",
      help: "How long calls were held back by the shared limiter",
      labelNames: ["limit"],
      buckets: [0, 0.1, 0.5, 1, 3, 10, 30],
      registers,
    }),
    limiterRefusals: new Counter({
      name: "trendpot_limiter_refusals_total",
      help: "Calls that would have had to wait too long, and were not made",
      labelNames: ["limit"],
      registers,
    }),
    tokenRefreshes: new Counter({
      name: "trendpot_token_refreshes_total",
      help: "Token refreshes by outcome",
      labelNames: ["outcome"],
      registers,
    }),
    kmsErrors: new Counter({
      name: "trendpot_kms_errors_total",
      help: "Failed calls to KMS by operation and kind",
      labelNames: ["operation", "kind"],
      registers,
    }),
    webhooks: new Counter({
      name: "trendpot_webhooks_total",
      help: "Webhooks at the door: taken, or why not",
      labelNames: ["outcome"],
      registers,
    }),
    letters: new Counter({
      name: "trendpot_letters_total",
      help: "E-mail letters: sent, refused for good, to be tried again, given up after many tries",
      labelNames: ["outcome"],
      registers,
    }),
  };
});

export const { registry } = kept;

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** `route` is a route's id, a door's path or `none`: never a URL. `status` null: the visitor hung up. */
export function countAnswer(route: string, method: string, status: number | null, ms: number): void {
  const labels = {
    route,
    method: methods.has(method) ? method : "other",
    status: status === null ? "cut" : `${Math.floor(status / 100)}xx`,
  };
  kept.answers.observe(labels, ms / 1000);
}

export function countJob(queue: string, outcome: "completed" | "failed" | "dead"): void {
  kept.jobs.inc({ queue, outcome });
}

/** `code` is TikTok's word, so its length and number of forms are bounded. */
export function countTikTokCall(endpoint: string, code: string): void {
  kept.tiktokCalls.inc({ endpoint, code: /^[a-z0-9_]{1,40}$/.test(code) ? code : "other" });
}

/** `waitMs` null: the call was not made. Limits of single accounts are one, and so are those of single people. */
export function countLimiterWait(key: string, waitMs: number | null): void {
  const limit = /^(account|mail):/.exec(key)?.[1] ?? key;
  if (waitMs === null) kept.limiterRefusals.inc({ limit });
  else kept.limiterWaits.observe({ limit }, waitMs / 1000);
}

export function countTokenRefresh(outcome: "refreshed" | "superseded" | "refused" | "failed"): void {
  kept.tokenRefreshes.inc({ outcome });
}

export function countKmsError(operation: "GenerateDataKey" | "Decrypt", kind: string): void {
  kept.kmsErrors.inc({ operation, kind });
}

export function countWebhook(outcome: string): void {
  kept.webhooks.inc({ outcome });
}

export function countLetter(outcome: "sent" | "refused" | "deferred" | "given_up"): void {
  kept.letters.inc({ outcome });
}

/** Gauges that are read from the database for one answer: they are of the whole installation, not of a process. */
export function makeGauges(gauges: readonly GaugeReading[]): Registry {
  const own = new Registry();
  for (const { name, help, labels, values } of gauges) {
    const gauge = new Gauge({ name, help, labelNames: [...labels], registers: [own] });
    for (const { value, ...rest } of values) gauge.set(rest, value);
  }
  return own;
}

export interface GaugeReading {
  name: string;
  help: string;
  labels: readonly string[];
  values: readonly ({ value: number } & Record<string, string | number>)[];
}
