import postgres from "postgres";
import type { actOnChallenge } from "~/features/challenges/act-on-challenge.server";
import type { decideSubmission } from "~/features/moderation/decide-submission.server";
import type { holdSubmission } from "~/features/moderation/hold-submission.server";
import type { reportEntry } from "~/features/moderation/report-entry.server";
import type { undoDecision } from "~/features/moderation/undo-decision.server";
import type { disconnectTikTok } from "~/features/personal-data/disconnect-tiktok.server";
import type { freezeChallenge } from "~/features/results/freeze-challenge.server";
import type { publishResults } from "~/features/results/publish-results.server";
import type { submitVideo } from "~/features/submissions/submit-video.server";
import type { withdrawSubmission } from "~/features/submissions/withdraw-submission.server";
import type { requestSync } from "~/features/videos/request-sync.server";
import type { SeamsOrder } from "../obey-orders";
import { findFreePort, type ProductProcess, startWeb } from "../product-process";
import { type StandIns, startStandIns } from "../stand-ins";
import { takeOutSchedules } from "../take-out-schedules";
import { createTestDatabase } from "../test-database";
import type { makeChallenge } from "../world/challenges";
import type { signIn, sync } from "../world/people";
import { ADMIN } from "../world/staff";
import { emptyDatabase } from "./kept-rows";

/** The product's own verbs, working on this stack's database from the test's process. */
export interface People {
  signIn: typeof signIn;
  sync: typeof sync;
  requestSync: typeof requestSync;
  disconnectTikTok: typeof disconnectTikTok;
}

/** Likewise for challenges and entries. */
export interface Challenges {
  makeChallenge: typeof makeChallenge;
  actOnChallenge: typeof actOnChallenge;
  freezeChallenge: typeof freezeChallenge;
  publishResults: typeof publishResults;
}
export interface Submissions {
  submitVideo: typeof submitVideo;
  decideSubmission: typeof decideSubmission;
  holdSubmission: typeof holdSubmission;
  reportEntry: typeof reportEntry;
  undoDecision: typeof undoDecision;
  withdrawSubmission: typeof withdrawSubmission;
}

/** One whole TrendPot for one test process: database, simulators, web process with its worker inside. */
export interface Stack extends Pick<StandIns, "tiktok" | "kms" | "smtp" | "environment"> {
  origin: string;
  people: People;
  challenges: Challenges;
  submissions: Submissions;
  /** The last lines that the web process said. */
  output(): string;
  /** Empties the database and brings the simulators back to their start. */
  reset(): Promise<void>;
  /** Kills the web process and the worker in it, as a crash would, and starts it again; it goes by real time then. */
  crash(): Promise<void>;
  /** Does what the queue's schedule would do at its next time: schedules are off here, so that no flow meets them by chance. */
  runSchedule(queue: string): Promise<void>;
  /** Moves the web process's clock or ids. */
  order(order: Omit<SeamsOrder, "id">): Promise<void>;
  sql: postgres.Sql;
  stop(): Promise<void>;
}

export async function startStack(contract: "mission" | "public"): Promise<Stack> {
  const database = await createTestDatabase();
  const origin = `http://127.0.0.1:${await findFreePort()}`;
  const standIns = await startStandIns({ appOrigin: origin, contract, rateLimitPerMinute: 0, admins: [ADMIN] });
  const environment = {
    ...standIns.environment,
    DATABASE_URL: database.url,
    LOG_LEVEL: "info",
    TIKTOK_ACCOUNT_PAGES_PER_MIN: "0",
    TIKTOK_INGESTION_RATE_LIMIT_PER_MIN: "100000",
  };
  // Read once, when a feature is first imported in this process; so the import comes after.
  Object.assign(process.env, environment, { LOG_LEVEL: "error" });
  await import("../product-seams");
  const people: People = {
    ...(await import("../world/people")),
    ...(await import("~/features/videos/request-sync.server")),
    ...(await import("~/features/personal-data/disconnect-tiktok.server")),
  };
  const challenges: Challenges = {
    ...(await import("../world/challenges")),
    ...(await import("~/features/challenges/act-on-challenge.server")),
    ...(await import("~/features/results/freeze-challenge.server")),
    ...(await import("~/features/results/publish-results.server")),
  };
  const submissions: Submissions = {
    ...(await import("~/features/submissions/submit-video.server")),
    ...(await import("~/features/moderation/hold-submission.server")),
    ...(await import("~/features/moderation/decide-submission.server")),
    ...(await import("~/features/moderation/report-entry.server")),
    ...(await import("~/features/moderation/undo-decision.server")),
    ...(await import("~/features/submissions/withdraw-submission.server")),
  };
  const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
  const schedules = new Set<string>();
  const start = async () => {
    const web = await startWeb({ environment, arranged: true });
    for (const { name } of await takeOutSchedules(sql)) schedules.add(name);
    return web;
  };
  let web: ProductProcess = await start();
  // So that verbs of this process can send jobs; the web process takes them.
  const { sendJob, startJobs, stopJobs } = await import("~/infra/jobs.server");
  const { db, closeDatabase } = await import("~/infra/db.server");
  await startJobs([], { work: false });
  return {
    origin,
    tiktok: standIns.tiktok,
    kms: standIns.kms,
    smtp: standIns.smtp,
    environment,
    people,
    challenges,
    submissions,
    sql,
    output: () => web.output(),
    reset: async () => {
      standIns.smtp.clear();
      await Promise.all([
        emptyDatabase(sql),
        standIns.tiktok.reset(),
        standIns.kms.clearFaults().then(() => standIns.kms.clearLedger()),
      ]);
    },
    crash: async () => {
      await web.kill();
      web = await start();
    },
    runSchedule: async (name) => {
      if (!schedules.has(name)) throw new Error(`${name} has no schedule; these have: ${[...schedules].join(", ")}`);
      await db.transaction((tx) => sendJob(tx, { name }, {}));
    },
    order: (order) => web.order(order),
    stop: async () => {
      await web.stop();
      await stopJobs();
      await sql.end({ timeout: 5 });
      await closeDatabase();
      await standIns.stop();
      await database.drop();
    },
  };
}
