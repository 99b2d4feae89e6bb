import { setTimeout as delay } from "node:timers/promises";
import type postgres from "postgres";
import type { TikTokControl } from "#tests/simulators/tiktok/control";

const POLL_MS = 20;
const WAIT_MS = 30_000;

export interface Run {
  id: string;
  state: string;
  pages: number;
  videosStored: number;
  failure: string | null;
  ended: boolean;
}

/** What came of syncs, seen from outside: the database's rows against the simulator's own list. */
export function watchSyncs(sql: postgres.Sql, tiktok: TikTokControl) {
  const watch = {
    /** TikTok's public posts of an account, newest id first. */
    async listedIds(openId: string): Promise<string[]> {
      const videos = await tiktok.videos(openId);
      return videos
        .filter(({ privacy, deleted }) => privacy === "public" && !deleted)
        .map(({ id }) => id)
        .sort();
    },

    /** Every stored row of an account: a video that is stored twice is here twice. */
    async storedIds(openId: string): Promise<string[]> {
      const rows = await sql<{ id: string }[]>`
        select v.tiktok_video_id as id from videos v join tiktok_accounts a on a.id = v.account_id
        where a.open_id = ${openId}`;
      return rows.map(({ id }) => id).sort();
    },

    /** Videos whose numbers were written more often than `times`: a page that was stored again. */
    async doubledSnapshots(openId: string, times = 1): Promise<string[]> {
      const rows = await sql<{ id: string }[]>`
        select v.tiktok_video_id as id from video_metric_snapshots s
        join videos v on v.id = s.video_id join tiktok_accounts a on a.id = v.account_id
        where a.open_id = ${openId} group by 1 having count(*) > ${times}`;
      return rows.map(({ id }) => id);
    },

    async runs(openId: string): Promise<Run[]> {
      return sql<Run[]>`
        select r.id, r.state, r.pages, r.videos_stored as "videosStored", r.failure, r.ended_at is not null as ended
        from sync_runs r join tiktok_accounts a on a.id = r.account_id
        where a.open_id = ${openId} order by r.id desc`;
    },

    async latestRun(openId: string): Promise<Run> {
      const [run] = await watch.runs(openId);
      if (!run) throw new Error(`${openId} has no run`);
      return run;
    },

    /** Waits for a state of the world; throws when it does not come. */
    async until(holds: () => Promise<boolean>, waitMs = WAIT_MS): Promise<void> {
      const deadline = Date.now() + waitMs;
      while (!(await holds())) {
        if (Date.now() > deadline) throw new Error(`it did not come to this in ${waitMs} ms: ${holds}`);
        await delay(POLL_MS);
      }
    },
  };
  return watch;
}
