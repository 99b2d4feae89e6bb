/** Senders remembered at once; past it the longest known are forgotten, so that many addresses cost no more memory. */
const MOST_SENDERS = 10_000;

/**
 * A limit per sender in this process's memory (GCRA), for what must be turned away before it costs a query: a burst of
 * `burst`, then `perMinute`. `count` what a sender did, and `waitSeconds` says how long it has to wait by now; 0 = not at all.
 */
export function limitSenders({ perMinute, burst }: { perMinute: number; burst: number }) {
  const everyMs = 60_000 / perMinute;
  const freeAt = new Map<string, number>();
  return {
    count(sender: string): void {
      const at = performance.now();
      const next = Math.max(freeAt.get(sender) ?? 0, at) + everyMs;
      freeAt.delete(sender);
      freeAt.set(sender, next);
      for (const longest of freeAt.keys()) {
        if (freeAt.size <= MOST_SENDERS) break;
        freeAt.delete(longest);
      }
    },
    waitSeconds(sender: string): number {
      const aheadMs = (freeAt.get(sender) ?? 0) - performance.now();
      return Math.max(0, Math.ceil((aheadMs - (burst - 1) * everyMs) / 1000));
    },
  };
}
