const MAX_MS = 15 * 60_000;

/** Retry-After in ms: seconds or an HTTP date, at most 15 minutes; undefined when absent or senseless. */
export function retryAfterMs(value: string | null, now: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), MAX_MS) : undefined;
}
