import { runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import type { startProduct } from "./product-in-process";
import type { watchSyncs } from "./watch-syncs";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface Stored {
  id: string;
  views: number;
  metricsAt: string;
  coverEnds: string;
  availability: string;
  snapshots: number;
}

/**
 * What came of refreshes, seen from outside. Time moves by the product's and TikTok's clock, always forward; what a
 * minute's plan would do is asked for at once.
 */
export function watchRefreshes(
  { sql, tiktok, people, verbs }: Awaited<ReturnType<typeof startProduct>>,
  watch: ReturnType<typeof watchSyncs>,
) {
  let passed = 0;
  const refreshes = {
    /** The product's time, in ms. */
    at: () => Date.now() + passed,

    /** Lets `ms` pass for the product and for TikTok. */
    async pass(ms: number): Promise<void> {
      passed += ms;
      runClock(passed);
      await tiktok.settings({ clockOffsetMs: passed });
    },

    async stored(openId: string): Promise<Stored[]> {
      return sql<Stored[]>`
        select v.tiktok_video_id as id, v.view_count::int as views, v.metrics_at::text as "metricsAt",
          v.cover_expires_at::text as "coverEnds", v.availability,
          (select count(*)::int from video_metric_snapshots s where s.video_id = v.id) as snapshots
        from videos v join tiktok_accounts a on a.id = v.account_id where a.open_id = ${openId} order by v.tiktok_video_id`;
    },

    /** Ids that TikTok was asked for, per answered call. */
    async asked(openId: string): Promise<string[][]> {
      const calls = await tiktok.ledger({ endpoint: "video_lookup", openId });
      return calls.filter(({ code }) => code === "ok").map(({ videoIds }) => [...(videoIds ?? [])]);
    },

    waiting: () => sql`select id from pgboss.job where name = 'refresh-videos' and state < 'completed'`,

    /** Plans a refresh and waits until nothing of it is left to do. */
    async refresh(): Promise<void> {
      await verbs.planRefresh();
      await watch.until(async () => (await refreshes.waiting()).length === 0);
    },

    /** An account of its own with so many stored videos, and their ids, newest first. */
    async creator(openId: string, videos: number): Promise<Person & { ids: string[] }> {
      await tiktok.addAccount({ openId, displayName: openId, videos });
      const person = await people.signIn(openId);
      const status = await people.sync(person);
      if (status.count !== videos) throw new Error(`${status.count} of ${videos} videos were synced`);
      return { ...person, ids: (await tiktok.videos(openId)).map(({ id }) => id) };
    },
  };
  return refreshes;
}
