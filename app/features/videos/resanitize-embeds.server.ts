import { setImmediate } from "node:timers/promises";
import { and, asc, eq, lt, sql } from "drizzle-orm";
import { videos } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import type { JobQueue } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { SANITIZER_VERSION, sanitizeEmbed } from "~/infra/sanitize-html.server";

/** Read at once, and how often in one run: what is left comes with the next. One embed takes about a millisecond. */
const BATCH = 24;
const BATCHES = 500;

/** After an update of the sanitiser, within ten minutes of the start; otherwise a look into an index that finds nothing. */
export const embedQueue: JobQueue<object> = {
  name: "resanitize-embeds",
  schedule: "*/10 * * * *",
  concurrency: 1,
  retryLimit: 0,
  expireInSeconds: 300,
  onePerKey: true,
  handle: ({ signal }) => resanitizeEmbeds(signal),
  onDead: async () => log.error("embeds could not be sanitised anew; the next run tries again"),
  revive: () => Promise.resolve(),
};

/**
 * Sanitises anew what an older version of the sanitiser made, from the markup as TikTok gave it. What somebody stores
 * meanwhile stays, so it may run beside syncs, beside itself, and as often as it likes.
 */
export async function resanitizeEmbeds(stop?: AbortSignal): Promise<void> {
  for (let batch = 0; batch < BATCHES && !stop?.aborted; batch += 1) {
    const old = await db
      .select({ id: videos.id, raw: videos.embedHtmlRaw })
      .from(videos)
      .where(lt(videos.embedSanitizerVersion, SANITIZER_VERSION))
      .orderBy(asc(videos.embedSanitizerVersion))
      .limit(BATCH);
    for (const video of old) {
      await setImmediate();
      await resanitize(video);
    }
    if (old.length < BATCH) return;
  }
}

async function resanitize(video: { id: string; raw: string | null }): Promise<void> {
  const embedHtml = video.raw === null ? null : await sanitizeEmbed(video.raw);
  await db
    .update(videos)
    .set({ embedHtml, embedSanitizerVersion: embedHtml === null ? null : SANITIZER_VERSION })
    .where(
      and(
        eq(videos.id, video.id),
        sql`${videos.embedHtmlRaw} is not distinct from ${video.raw}`,
        lt(videos.embedSanitizerVersion, SANITIZER_VERSION),
      ),
    );
}
