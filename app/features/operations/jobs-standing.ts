import { z } from "zod";
import type { DeadJob, FailureCount } from "~/infra/inspect-jobs.server";

/** How the background work stands, as /admin/jobs shows it, and what can be done there. */
export interface JobsStanding {
  /** Age of the oldest sync that has not ended; null: none waits. */
  syncLagSeconds: number | null;
  /** Half of the videos' numbers, and 95 in a hundred, are this old or less, and the oldest; null: there are none. */
  numbers: { half: number; most: number; oldest: number } | null;
  queues: readonly QueueStanding[];
  failures: { shown: readonly Failure[]; more: number };
  dead: readonly DeadLetters[];
}

export interface QueueStanding {
  name: string;
  waiting: number;
  active: number;
  /** Those that failed and wait for their next attempt. */
  retrying: number;
  /** Those that had their last attempt within the week that they are kept. */
  failed: number;
  /** null: it works when something asks for it. */
  schedule: { cron: string /** ISO; null: not within a week. */; lastAt: string | null } | null;
}

/** Of a queue; null: syncs that ended so, whose job was done. */
export type Failure = Omit<FailureCount, "queue"> & { queue: string | null };

export interface DeadLetters {
  queue: string;
  /** With those that are not shown. */
  count: number;
  shown: readonly DeadJob[];
}

export const retrySchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("retry_one"), queue: z.string().max(80), id: z.uuid() }),
  z.object({ intent: z.literal("retry_all"), queue: z.string().max(80) }),
]);
export type Retry = z.infer<typeof retrySchema>;
