import { lt } from "drizzle-orm";
import { processMetrics } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { log } from "~/infra/log.server";
import { registry } from "~/infra/metrics.server";

const EVERY_MS = 15_000;
const KEEP_MS = 3600_000;

/**
 * Leaves this process's counters in the database, now and every 15 seconds, under a label of its own, for whichever web process
 * is scraped. Returns what ends it.
 */
export function shareMetrics(): () => void {
  const id = newId();
  registry.setDefaultLabels({ process: `worker-${id.slice(-12)}` });
  const shareNow = () => {
    share(id).catch((error: unknown) => log.warn({ err: error }, "metrics could not be shared"));
  };
  shareNow();
  const timer = setInterval(shareNow, EVERY_MS).unref();
  return () => clearInterval(timer);
}

async function share(id: string): Promise<void> {
  const at = now();
  const metrics: unknown = await registry.getMetricsAsJSON();
  await db
    .insert(processMetrics)
    .values({ id, at, metrics })
    .onConflictDoUpdate({ target: processMetrics.id, set: { at, metrics } });
  await db.delete(processMetrics).where(lt(processMetrics.at, new Date(at.getTime() - KEEP_MS)));
}
