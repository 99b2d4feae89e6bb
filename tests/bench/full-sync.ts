import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { listMyVideos } from "~/features/submissions/list-my-videos.server";
import { everyVideo } from "~/features/submissions/my-videos";
import { findSyncStatus } from "~/features/videos/find-sync-status.server";
import { requestSync } from "~/features/videos/request-sync.server";
import { sql } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { TikTokControl } from "../simulators/tiktok/control";
import { signIn } from "../support/world/people";
import { type Child, startChild } from "./child";
import { type Comparison, compare, measureRounds, ROUNDS } from "./compare";
import type { MeasuredWorker } from "./measured-worker";

const VIDEOS = 500;
const LATENCY_MS = 20;
/** On average half of it is counted against us. */
const POLL_MS = 10;
const SYNC_MS = 60_000;

const tookSchema = z.object({ elapsedMs: z.number(), cpuMs: z.number(), videos: z.number() });
type Took = Omit<z.infer<typeof tookSchema>, "videos">;

/**
 * A full sync of 500 videos by a worker of the product, from the request to its recorded end, against a loop that
 * fetches the same pages and stores nothing. Every sync is of an account that nothing is stored of yet.
 */
export async function compareFullSync(worker: MeasuredWorker): Promise<{ elapsed: Comparison; cpu: Comparison }> {
  const tiktok = new TikTokControl(env.TIKTOK_DISPLAY_API_BASE_URL);
  await tiktok.settings({ latencyMs: LATENCY_MS });
  const loops: Child[] = [];
  try {
    for (let made = 0; made < 2; made += 1) loops.push(await startChild("tests/bench/fetch-pages.ts", [], {}));
    const [floor, control] = loops.map((loop) => async () => fetchPages(loop, await asked(tiktok)));
    if (!floor || !control) throw new Error("no loop was started");
    const nextAccount = accounts(tiktok);
    await syncAll(worker, await nextAccount()); // what the loops fetch is read off the first one
    const contenders = { ours: async () => syncAll(worker, await nextAccount()), floor, control };
    const rounds = await measureRounds(contenders, { rounds: ROUNDS, warmUps: 2 });
    return { elapsed: compare(rounds, ({ elapsedMs }) => elapsedMs), cpu: compare(rounds, ({ cpuMs }) => cpuMs) };
  } finally {
    await tiktok.settings({ latencyMs: 0 });
    await Promise.all(loops.map((loop) => loop.stop()));
  }
}

const FIRST = `sim-${VIDEOS}`;

/** The simulator's own account of 500 videos, then one after another like it. */
function accounts(tiktok: TikTokControl): () => Promise<string> {
  let made = 0;
  return async () => {
    made += 1;
    if (made === 1) return FIRST;
    const openId = `${FIRST}-${made}`;
    await tiktok.addAccount({ openId, displayName: `${VIDEOS} Videos, ${made}`, videos: VIDEOS });
    return openId;
  };
}

async function syncAll(worker: MeasuredWorker, openId: string): Promise<Took> {
  const { viewer } = await signIn(openId);
  const before = await worker.usage();
  const started = performance.now();
  const runId = await requestSync(viewer.accountId);
  while (!(await hasEnded(runId))) {
    if (performance.now() - started > SYNC_MS) throw new Error("the sync did not end");
    await delay(POLL_MS);
  }
  const elapsedMs = performance.now() - started;
  const cpuMs = (await worker.usage()).cpuMs - before.cpuMs;
  const status = await findSyncStatus(viewer.accountId);
  const { total } = await listMyVideos(viewer.accountId, { view: everyVideo, at: new Date(), limit: 1 });
  if (status.state !== "succeeded" || status.count !== VIDEOS || total !== VIDEOS) {
    throw new Error(`${total} of ${VIDEOS} videos were stored: ${JSON.stringify(status)}`);
  }
  return { elapsedMs, cpuMs };
}

/** As light as it can be: it is asked while the sync is measured. */
async function hasEnded(runId: string): Promise<boolean> {
  const [row] = await sql<
    { ended: boolean }[]
  >`select ended_at is not null as ended from sync_runs where id = ${runId}`;
  return row?.ended === true;
}

interface Asked {
  url: string;
  accessToken: string;
  maxCount: number;
}

/** The request for a page of the first account, exactly as the product made it. */
async function asked(tiktok: TikTokControl): Promise<Asked> {
  const [first] = await tiktok.ledger({ endpoint: "video_list", openId: FIRST });
  if (!first?.fields || first.maxCount === undefined) throw new Error("the product asked for no page");
  const { accessToken } = await tiktok.grant(FIRST, ["user.info.basic", "video.list"]);
  const url = `${tiktok.origin}${first.path}?fields=${first.fields.join(",")}`;
  return { url, accessToken, maxCount: first.maxCount };
}

async function fetchPages(loop: Child, pages: Asked): Promise<Took> {
  const { videos, ...took } = tookSchema.parse(await loop.ask(pages));
  if (videos !== VIDEOS) throw new Error(`the loop fetched ${videos} of ${VIDEOS} videos`);
  return took;
}
