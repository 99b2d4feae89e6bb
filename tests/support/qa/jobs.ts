import { setTimeout as delay } from "node:timers/promises";
import type { Stack } from "./stack";

const IDLE_MS = 60_000;
const POLL_MS = 25;

/** The product's background work, as QA waits for it. Its own workers do it; nothing is run here. */
export class QaJobs {
  private readonly stack: Pick<Stack, "sql" | "runSchedule">;

  constructor(stack: Pick<Stack, "sql" | "runSchedule">) {
    this.stack = stack;
  }

  /** Waits until no job is at work or due. Jobs that wait for a later time stay. */
  async idle(): Promise<void> {
    const deadline = Date.now() + IDLE_MS;
    for (;;) {
      const busy = await this.stack.sql`
        select name, state from pgboss.job
        where state = 'active' or (state in ('created', 'retry') and start_after <= clock_timestamp()) limit 5`;
      if (busy.length === 0) return;
      if (Date.now() > deadline) throw new Error(`jobs are still busy: ${JSON.stringify(busy)}`);
      await delay(POLL_MS);
    }
  }

  /** Does what the queue's schedule would do at its next time, and waits until all work is done. */
  async runSchedule(queue: string): Promise<void> {
    await this.stack.runSchedule(queue);
    await this.idle();
  }

  /** Makes what waits in a queue for a later time due now, and waits until all work is done. How many were made due. */
  async run(queue: string): Promise<number> {
    const due = await this.stack.sql`
      update pgboss.job set start_after = clock_timestamp()
      where name = ${queue} and state in ('created', 'retry') and start_after > clock_timestamp()`;
    await this.idle();
    return due.count;
  }
}
