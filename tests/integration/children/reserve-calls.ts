import { createInterface } from "node:readline";
import { closeDatabase } from "~/infra/db.server";
import { awaitSpareCall, type Limit, reserveCall } from "~/infra/outbound-limit.server";

/**
 * A process of its own for outbound-limit.test.ts: says `ready`, then answers each order on stdin with the times (ms
 * since 1970, null = refused) at which its calls may start, all reserved at once. Ends with its stdin.
 */
interface Order {
  limit: Limit;
  calls: number;
  maxWaitMs: number;
  /** As work that nobody waits for. */
  spare?: boolean;
}

process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const { limit, calls, maxWaitMs, spare } = JSON.parse(line) as Order;
  const startsAt = await Promise.all(
    Array.from({ length: calls }, async () => {
      if (spare) return (await awaitSpareCall(limit, maxWaitMs)) ? Date.now() : null;
      const waitMs = await reserveCall(limit, maxWaitMs);
      return waitMs === null ? null : Date.now() + waitMs;
    }),
  );
  process.stdout.write(`${JSON.stringify(startsAt)}\n`);
}
await closeDatabase();
