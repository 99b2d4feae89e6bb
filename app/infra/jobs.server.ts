import { sql as sqlTag } from "drizzle-orm";
import { fromDrizzle, type Job, PgBoss, type SendOptions } from "pg-boss";
import { z } from "zod";
import { databaseUrl, type Transaction } from "~/infra/db.server";
import { log, withLogFields } from "~/infra/log.server";
import { countJob } from "~/infra/metrics.server";
import { once } from "~/infra/once.server";

/** Background work in PostgreSQL (pg-boss). A queue is declared by the feature that owns its work. */
export interface JobQueue<Data extends object> {
  name: string;
  /** Jobs of this queue at work at once in one process. */
  concurrency: number;
  retryLimit: number;
  /** Seconds after which a job counts as lost although its process still beats. */
  expireInSeconds: number;
  /** One job per singleton key may wait or run. */
  onePerKey: boolean;
  /** A cron line (UTC) by which the queue is also sent an empty job, once however many processes there are. */
  schedule?: string;
  handle: (job: Job<Data>) => Promise<void>;
  /** Called once when every attempt has failed; the work is then in the dead-letter queue. */
  onDead: (data: Data) => Promise<void>;
}

/** Seconds without a sign of life after which a job is given to another process. */
const HEARTBEAT_SECONDS = 10;
const STOP_MS = 8_000;

/** pg-boss declares its answer without fields; this one is what tells a late writer from the holder. */
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

const deadLetters = (name: string) => `${name}-dead`;

/** Starts the queue engine; with `work` this process also takes jobs. Queues are made if missing. */
export async function startJobs(queues: readonly JobQueue<never>[], options: { work: boolean }): Promise<void> {
  await boss.start();
  for (const queue of queues as readonly JobQueue<object>[]) {
    await boss.createQueue(deadLetters(queue.name), { retryLimit: 3, retryBackoff: true, notify: true });
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
    if (queue.schedule) await boss.schedule(queue.name, queue.schedule, {});
    if (!options.work) continue;
    const polling = { notifyPollingIntervalSeconds: 2, pollingIntervalSeconds: 2 };
    await boss.work<object>(
      queue.name,
      { ...polling, localConcurrency: queue.concurrency },
      async ([job]: Job<object>[]) => {
        if (job) await runLogged(queue, job);
      },
    );
    await boss.work<object>(deadLetters(queue.name), polling, async ([job]: Job<object>[]) => {
      if (!job) return;
      countJob(queue.name, "dead");
      await withLogFields({ queue: queue.name, jobId: job.id }, () => queue.onDead(job.data));
    });
  }
}

/** Lets running jobs finish for a few seconds, then gives them back. */
export async function stopJobs(): Promise<void> {
  await boss.stop({ graceful: true, timeout: STOP_MS });
}

/** Queues a job inside the caller's transaction: it exists exactly if the transaction commits. */
export async function sendJob<Data extends object>(
  tx: Transaction,
  queue: Pick<JobQueue<Data>, "name">,
  data: Data,
  options: Pick<SendOptions, "singletonKey" | "startAfter"> = {},
): Promise<void> {
  const id = await boss.send(queue.name, data, { ...options, db: fromDrizzle(tx, sqlTag) });
  if (id === null) throw new Error(`a job of ${queue.name} for this key is already waiting`);
}

/** Completes `job` inside the caller's transaction. Throws when this attempt no longer holds the job (late writer). */
export async function completeJob(tx: Transaction, job: Job<object>): Promise<void> {
  const done = await boss.complete(job.name, { id: job.id, retryCount: job.retryCount }, null, {
    db: fromDrizzle(tx, sqlTag),
  });
  if (completionSchema.parse(done).affected !== 1) throw new Error(`job ${job.id} is no longer held by this process`);
}

async function runLogged(queue: JobQueue<object>, job: Job<object>): Promise<void> {
  const started = performance.now();
  await withLogFields({ queue: queue.name, jobId: job.id, attempt: job.retryCount }, async () => {
    try {
      await queue.handle(job);
      countJob(queue.name, "completed");
      log.debug({ ms: Math.round(performance.now() - started) }, "job done");
    } catch (error) {
      countJob(queue.name, "failed");
      log.error({ err: error }, "job failed");
      throw error;
    }
  });
}
