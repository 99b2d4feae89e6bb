import { isNotNull, isNull, min, sql } from "drizzle-orm";
import { z } from "zod";
import { syncRuns, videos } from "#drizzle/schema";
import { db } from "~/infra/db.server";

/** `quantile` of all videos that have numbers: the age of theirs is this much or less. */
export interface NumbersAge {
  quantile: "0.5" | "0.95" | "1";
  seconds: number;
}

/** The age of the oldest sync that has not ended (0: none), and how old the videos' numbers are (empty: there are none). */
export async function measureFreshness(at: Date): Promise<{ syncLagSeconds: number; numbers: NumbersAge[] }> {
  const [[oldest], [age]] = await Promise.all([
    db
      .select({ requestedAt: min(syncRuns.requestedAt) })
      .from(syncRuns)
      .where(isNull(syncRuns.endedAt)),
    db
      .select({
        ages: sql<unknown>`to_json(percentile_disc(array[0.5, 0.95, 1]) within group
          (order by extract(epoch from ${at.toISOString()}::timestamptz - ${videos.metricsAt})))`,
      })
      .from(videos)
      .where(isNotNull(videos.metricsAt)),
  ]);
  const ages =
    z
      .array(z.coerce.number())
      .nullable()
      .parse(age?.ages ?? null) ?? [];
  return {
    syncLagSeconds: oldest?.requestedAt ? (at.getTime() - oldest.requestedAt.getTime()) / 1000 : 0,
    numbers: (["0.5", "0.95", "1"] as const).flatMap((quantile, index) => {
      const seconds = ages[index];
      return seconds === undefined ? [] : [{ quantile, seconds }];
    }),
  };
}
