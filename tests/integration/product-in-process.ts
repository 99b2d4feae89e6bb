import postgres from "postgres";
import { startStandIns } from "#tests/support/stand-ins";
import { type Schedule, takeOutSchedules } from "#tests/support/take-out-schedules";
import { ADMIN } from "#tests/support/world/staff";

const UNSERVED = "http://127.0.0.1:3000";

export interface ProductOptions {
  /** `send`: jobs can be queued and wait for another process; `work`: this one takes them. */
  jobs?: "none" | "send" | "work";
  /** Where it answers, for a test that serves it (see serve-product.ts). */
  appOrigin?: string;
  /** Settings beside those of the stand-ins. */
  settings?: Readonly<Record<string, string>>;
}

interface Environment extends Readonly<Record<string, string>> {
  APP_ORIGIN: string;
  DATABASE_URL: string;
}

/**
 * The product inside this test process: simulators, its environment with tokens sealed by KMS, its verbs, and on
 * demand its jobs. Call it at the top of a file, before anything of `app/` is imported; `sql` looks from outside.
 */
export async function startProduct(options: ProductOptions = {}) {
  const { jobs = "none", settings = {}, appOrigin = UNSERVED } = options;
  const standIns = await startStandIns({ appOrigin, rateLimitPerMinute: 0, admins: [ADMIN] });
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) throw new Error("DATABASE_URL is unset: see tests/support/use-test-database.ts");
  // Vitest's own settings name a local key; here tokens go the way of production.
  delete process.env.TIKTOK_TOKEN_ENC_KEY;
  const environment: Environment = {
    APP_ORIGIN: appOrigin,
    DATABASE_URL: databaseUrl,
    ...standIns.environment,
    LOG_LEVEL: "silent",
    TIKTOK_ACCOUNT_PAGES_PER_MIN: "0",
    TIKTOK_INGESTION_RATE_LIMIT_PER_MIN: "100000",
    ...settings,
  };
  Object.assign(process.env, environment);
  await import("#tests/support/product-seams");
  const people = await import("#tests/support/world/people");
  const { verbs } = await import("./product-verbs");
  const sql = postgres(databaseUrl, { max: 4, onnotice: () => undefined });
  let schedules: Schedule[] = [];
  if (jobs !== "none") {
    const { boot } = await import("~/processes/boot.server");
    await boot({ work: jobs === "work" });
    schedules = await takeOutSchedules(sql);
  }
  return {
    tiktok: standIns.tiktok,
    kms: standIns.kms,
    smtp: standIns.smtp,
    /** For a process of its own, on the same database and simulators. */
    environment,
    people,
    verbs,
    sql,
    /** What would start by itself. */
    schedules,
    stop: async () => {
      if (jobs !== "none") {
        const { stopJobs } = await import("~/infra/jobs.server");
        await stopJobs();
      }
      await sql.end({ timeout: 5 });
      await standIns.stop();
    },
  };
}
