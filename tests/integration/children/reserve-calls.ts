import { createInterface } from "node:readline";
import { closeDatabase } from "~/infra/db.server";
import { type Limit, reserveCall } from "~/infra/outbound-limit.server";

/**
 * A process of its own for outbound-limit.test.ts: says `ready`, then answers each order on stdin with the times (ms
 * since 1970, null = refused) at which its calls may start, all reserved at once. Ends with its stdin.
 */
process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const { limit, calls, maxWaitMs } = JSON.parse(line) as { limit: Limit; calls: number; maxWaitMs: number };
  const startsAt = await Promise.all(
    Array.from({ length: calls }, async () => {
      const waitMs = await reserveCall(limit, maxWaitMs);
      return waitMs === null ? null : Date.now() + waitMs;
    }),
  );
  process.stdout.write(`${JSON.stringify(startsAt)}\n`);
}
await closeDatabase();
