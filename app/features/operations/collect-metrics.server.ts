import { count, gt, inArray } from "drizzle-orm";
import { AggregatorRegistry } from "prom-client";
import { z } from "zod";
import { letters, processMetrics, syncRuns, tiktokAccounts } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { countJobs } from "~/infra/inspect-jobs.server";
import { type GaugeReading, makeGauges, registry } from "~/infra/metrics.server";
import { measureFreshness } from "./measure-freshness.server";

/** A process that has not said anything for this long is taken to be gone. */
const FRESH_MS = 60_000;

/**
 * Everything for one scrape, in Prometheus' text form: what this process counted, what the workers counted last (they
 * serve nothing, so they leave it in the database), and how the whole installation stands.
 */
export async function collectMetrics(): Promise<{ contentType: string; text: string }> {
  const at = now();
  const [workers, gauges] = await Promise.all([readWorkers(at), readGauges(at)]);
  const own: unknown = await registry.getMetricsAsJSON();
  const counted = AggregatorRegistry.aggregate([own, ...workers].map((metrics) => metrics as object[]));
  const installation = makeGauges(gauges);
  const text = `${await counted.metrics()}\n${await installation.metrics()}`;
  return { contentType: installation.contentType, text };
}

async function readWorkers(at: Date): Promise<object[][]> {
  const rows = await db
    .select({ metrics: processMetrics.metrics })
    .from(processMetrics)
    .where(gt(processMetrics.at, new Date(at.getTime() - FRESH_MS)));
  return rows.map(({ metrics }) => z.array(z.record(z.string(), z.unknown())).parse(metrics));
}

async function readGauges(at: Date): Promise<GaugeReading[]> {
  const [jobs, links, runs, waitingLetters, { syncLagSeconds, numbers }] = await Promise.all([
    countJobs(),
    db
      .select({ health: tiktokAccounts.linkHealth, value: count() })
      .from(tiktokAccounts)
      .groupBy(tiktokAccounts.linkHealth),
    db.select({ state: syncRuns.state, value: count() }).from(syncRuns).groupBy(syncRuns.state),
    db.$count(letters, inArray(letters.state, ["queued", "sending"])),
    measureFreshness(at),
  ]);
  return [
    {
      name: "trendpot_jobs",
      help: "Jobs that wait, run or have failed",
      labels: ["queue", "state"],
      values: jobs,
    },
    { name: "trendpot_links", help: "TikTok links by health", labels: ["health"], values: links },
    { name: "trendpot_syncs", help: "Sync runs by state", labels: ["state"], values: runs },
    {
      name: "trendpot_letters_waiting",
      help: "E-mail letters that are still to be sent",
      labels: [],
      values: [{ value: waitingLetters }],
    },
    {
      name: "trendpot_sync_lag_seconds",
      help: "Age of the oldest sync that has not ended",
      labels: [],
      values: [{ value: syncLagSeconds }],
    },
    {
      name: "trendpot_numbers_age_seconds",
      help: "Age of the videos' numbers",
      labels: ["quantile"],
      values: numbers.map(({ quantile, seconds }) => ({ quantile, value: seconds })),
    },
  ];
}
