import { sql as sqlTag } from "drizzle-orm";
import { fromDrizzle, type Job, PgBoss, type SendOptions } from "pg-boss";
import { z } from "zod";
import { type AuditEvent, audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { type Database, databaseUrl, db, type Transaction } from "~/infra/db.server";
import { errorWords, log, withLogFields } from "~/infra/log.server";
import { countJob } from "~/infra/metrics.server";
import { once } from "~/infra/once.server";

/** Background work in PostgreSQL (pg-boss). A queue is declared by the feature that owns its work. */
export interface JobQueue<Data extends object> {
  name: string;
  /** A cron line (UTC): a job without data comes at these minutes, once however many processes there are. */
  schedule?: string;
  /** Jobs of this queue at work at once in one process. */
  concurrency: number;
  retryLimit: number;
  /** Seconds after which a job counts as lost although its process still beats. */
  expireInSeconds: number;
  /** One job per singleton key may wait or run. */
  onePerKey: boolean;
  handle: (job: Job<Data>) => Promise<void>;
  /** Called once when every attempt has failed; the work is then in the dead-letter queue. */
  onDead: (data: Data) => Promise<void>;
  /** Gives dead work another life (`npm run jobs:retry`), if it still makes sense. */
  revive: (tx: Transaction, data: Data) => Promise<void>;
}

/** Seconds without a sign of life after which a job is given to another process. */
const HEARTBEAT_SECONDS = 10;
const STOP_MS = 8_000;
/** Seconds that a dead job is kept for `npm run jobs:retry`. */
const DEAD_KEPT_SECONDS = 30 * 86_400;

/** pg-boss declares its answers without fields; this one is what tells whoever came too late. */
const completionSchema = z.object({ affected: z.number() });

const boss = once("jobs", () => {
  const instance = new PgBoss({
    connectionString: databaseUrl,
    application_name: "trendpot-jobs",
    max: 6,
    useListenNotify: true,
    monitorIntervalSeconds: 5,
    superviseIntervalSeconds: 5,
  });
  instance.on("error", (error) => log.error({ err: error }, "job queue error"));
  return instance;
});

/** Aborted when this process begins to stop: long jobs hand the rest to another process then. */
let stopping = new AbortController();

/** Where a queue's dead work is kept. */
export const deadLetters = (name: string) => `${name}-dead`;

/** Starts the queue engine; with `work` this process also takes jobs. Queues are made if missing. */
export async function startJobs(queues: readonly JobQueue<never>[], options: { work: boolean }): Promise<void> {
  stopping = new AbortController();
  await boss.start();
  for (const queue of queues as readonly JobQueue<object>[]) {
    await boss.createQueue(deadLetters(queue.name), {
      retryLimit: 3,
      retryBackoff: true,
      notify: true,
      deleteAfterSeconds: DEAD_KEPT_SECONDS,
    });
    await boss.createQueue(queue.name, {
      policy: queue.onePerKey ? "exclusive" : "standard",
      retryLimit: queue.retryLimit,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      expireInSeconds: queue.expireInSeconds,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      deadLetter: deadLetters(queue.name),
      notify: true,
    });
    if (queue.schedule) await boss.schedule(queue.name, queue.schedule);
    if (!options.work) continue;
    const polling = { notifyPollingIntervalSeconds: 2, pollingIntervalSeconds: 2 };
    for (let hand = 0; hand < queue.concurrency; hand += 1) {
      const id: string = await boss.work<object>(queue.name, polling, async ([job]: Job<object>[]) => {
        // The next one at once: after a job shorter than the interval pg-boss would wait out the rest of it.
        boss.notifyWorker(id);
        if (job) await runLogged(queue, job);
      });
    }
    await boss.work<object>(deadLetters(queue.name), polling, async ([job]: Job<object>[]) => {
      if (!job) return;
      countJob(queue.name, "dead");
      await withLogFields({ queue: queue.name, jobId: job.id }, () => queue.onDead(job.data));
    });
  }
}

/** Takes no new jobs, tells the running ones (`job.signal`), waits some seconds for them, then gives them back. */
export async function stopJobs(): Promise<void> {
  stopping.abort();
  await boss.stop({ graceful: true, timeout: STOP_MS });
}

export interface SendJobOptions extends Pick<SendOptions, "singletonKey" | "priority"> {
  /** Seconds from now on the database's clock, which is the queue's: product time may stand elsewhere. */
  inSeconds?: number;
}

/** Queues a job inside the caller's transaction: it exists exactly if the transaction commits. */
export async function sendJob<Data extends object>(
  tx: Transaction,
  queue: Pick<JobQueue<Data>, "name">,
  data: Data,
  options: SendJobOptions = {},
): Promise<void> {
  const sent = await offerJob(tx, queue, data, options);
  if (!sent) throw new Error(`a job of ${queue.name} for this key is already waiting`);
}

/** The same where a job that waits already will do: returns whether there was none. */
export async function offerJob<Data extends object>(
  executor: Transaction | Database,
  queue: Pick<JobQueue<Data>, "name">,
  data: Data,
  { inSeconds, ...options }: SendJobOptions = {},
): Promise<boolean> {
  const startAfter = inSeconds === undefined ? {} : { startAfter: inSeconds };
  const id = await boss.send(queue.name, data, { ...options, ...startAfter, db: fromDrizzle(executor, sqlTag) });
  return id !== null;
}

/** Completes `job` inside the caller's transaction. Throws when this attempt no longer holds the job (late writer). */
export async function completeJob(tx: Transaction, job: Job<object>): Promise<void> {
  const done = await boss.complete(job.name, { id: job.id, retryCount: job.retryCount }, null, {
    db: fromDrizzle(tx, sqlTag),
  });
  if (completionSchema.parse(done).affected !== 1) throw new Error(`job ${job.id} is no longer held by this process`);
}

/**
 * Revives dead work of one queue: the job with this id, or the `most` oldest; each with its removal from the dead letters
 * and its line of history in one transaction, so that it is revived once however many ask. Returns how many were.
 */
export async function retryDeadJobs(
  queue: JobQueue<never>,
  which: { id: string } | { most: number },
  by: Pick<AuditEvent, "actor" | "requestId">,
): Promise<number> {
  const name = deadLetters(queue.name);
  const letters = await boss.findJobs<object>(name, "id" in which ? which : { limit: which.most });
  // Those still to be told of (onDead) come into it when that is done.
  const told = letters.filter(({ state }) => state === "completed" || state === "failed");
  let retried = 0;
  for (const { id, data } of told) {
    if (await retryDeadJob(queue as JobQueue<object>, { id, data }, by)) retried += 1;
  }
  return retried;
}

function retryDeadJob(
  queue: JobQueue<object>,
  { id, data }: { id: string; data: object },
  by: Pick<AuditEvent, "actor" | "requestId">,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    // First: whoever comes second waits here, and finds it gone.
    const removed = await boss.deleteJob(deadLetters(queue.name), id, { db: fromDrizzle(tx, sqlTag) });
    if (completionSchema.parse(removed).affected !== 1) return false;
    await queue.revive(tx, data);
    const target = { kind: "job", id };
    await audit(tx, { ...by, at: now(), action: "job.retried", target, after: { queue: queue.name } });
    return true;
  });
}

async function runLogged(queue: JobQueue<object>, job: Job<object>): Promise<void> {
  const started = performance.now();
  await withLogFields({ queue: queue.name, jobId: job.id, attempt: job.retryCount }, async () => {
    try {
      await queue.handle({ ...job, signal: AbortSignal.any([job.signal, stopping.signal]) });
      countJob(queue.name, "completed");
      log.debug({ ms: Math.round(performance.now() - started) }, "job done");
    } catch (error) {
      countJob(queue.name, "failed");
      log.error({ err: error }, "job failed");
      // The engine keeps what a job ends with, for weeks: a failed query's own words carry its parameters.
      throw new Error(errorWords(error));
    }
  });
}
