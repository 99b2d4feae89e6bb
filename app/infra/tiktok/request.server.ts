import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  retry,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from "cockatiel";
import { env } from "~/infra/env.server";
import { countTikTokCall } from "~/infra/metrics.server";
import type { Limit } from "~/infra/outbound-limit.server";
import { envelopeSchema, oauthErrorSchema } from "./answers";
import { TikTokError } from "./tiktok-error";

/** How TikTok is spoken to over HTTP: bounded in time, size and number, redirects never followed. */

const TRY_MS = 10_000;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** TikTok counts in a sliding minute: 540 a minute + 20 at once stays under its 600. */
const BURST = 20;

/** What all processes together may ask of one endpoint. */
export const limitOf = (path: string): Limit => ({
  key: `tiktok:${path}`,
  perMinute: env.TIKTOK_INGESTION_RATE_LIMIT_PER_MIN,
  burst: BURST,
});

const passing = (error: unknown) => error instanceof TikTokError && error.kind === "unavailable";

/** For reads that may be repeated: three tries, ten seconds each; five failures in a row open the breaker for 10 s. */
export const readPolicy: IPolicy = wrap(
  bulkhead(16, 200),
  circuitBreaker(handleWhen(passing), { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) }),
  retry(handleWhen(passing), {
    maxAttempts: 2,
    backoff: new ExponentialBackoff({ initialDelay: 250, maxDelay: 2_000 }),
  }),
  timeout(TRY_MS, TimeoutStrategy.Aggressive),
);

/** For calls that must not be repeated (code exchange, token refresh): one try. */
export const oncePolicy: IPolicy = wrap(bulkhead(16, 200), timeout(TRY_MS, TimeoutStrategy.Aggressive));

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON; null when the body is empty or is not JSON (TikTok sends HTML at times). */
  body: unknown;
}

/** Runs `attempt` under a policy and turns everything that is not an answer into a TikTokError. */
export async function underPolicy<T>(policy: IPolicy, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await policy.execute(({ signal }) => attempt(signal));
  } catch (error) {
    if (error instanceof TikTokError) throw error;
    if (error instanceof BrokenCircuitError) throw new TikTokError("unavailable", "breaker_open");
    if (error instanceof BulkheadRejectedError) throw new TikTokError("unavailable", "busy");
    if (error instanceof TaskCancelledError) throw new TikTokError("unavailable", "timeout");
    throw error;
  }
}

/** One exchange with TikTok. Network trouble is `unavailable`; any status is an answer. */
export async function exchange(url: URL, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, redirect: "manual" });
    const text = await readBounded(response);
    const body = parseJson(text);
    countTikTokCall(url.pathname, codeOf(response.status, body));
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    const aborted = error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
    // The cause is left out: a fetch error can carry the URL, and its query may carry a credential.
    const failure =
      error instanceof TikTokError ? error : new TikTokError("unavailable", aborted ? "timeout" : "network");
    countTikTokCall(url.pathname, failure.code);
    throw failure;
  }
}

/** TikTok's own code: an object's in the Display API, a string in OAuth's answers; else the status. */
function codeOf(status: number, body: unknown): string {
  const envelope = envelopeSchema.safeParse(body);
  if (envelope.success) return envelope.data.error.code;
  const refused = oauthErrorSchema.safeParse(body);
  if (refused.success) return refused.data.error;
  return status === 200 ? "ok" : `http_${status}`;
}

async function readBounded(response: Response): Promise<string> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw new TikTokError("unavailable", "answer_too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
