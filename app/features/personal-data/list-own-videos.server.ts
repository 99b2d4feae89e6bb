import { and, asc, eq, getTableColumns, gt, inArray } from "drizzle-orm";
import { videoMetricSnapshots, videos } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { inPages } from "~/infra/in-pages";

/** Videos read at once: each comes with every number that was ever read of it. */
const PAGE = 20;

// The raw markup is TikTok's, as it came: unsafe to open, and it carries this site's client key. embedHtml is what is kept of it.
const { accountId: _owner, embedHtmlRaw: _raw, ...ofVideo } = getTableColumns(videos);

/** Every stored video of an account, oldest here first, with its numbers over time. */
export async function* listOwnVideos(accountId: string) {
  const read = (after: string | null) =>
    db
      .select(ofVideo)
      .from(videos)
      .where(and(eq(videos.accountId, accountId), after === null ? undefined : gt(videos.id, after)))
      .orderBy(asc(videos.id))
      .limit(PAGE);
  for await (const page of inPages(PAGE, read, ({ id }) => id)) {
    const snapshots = await db
      .select()
      .from(videoMetricSnapshots)
      .where(
        inArray(
          videoMetricSnapshots.videoId,
          page.map(({ id }) => id),
        ),
      )
      .orderBy(asc(videoMetricSnapshots.videoId), asc(videoMetricSnapshots.takenAt));
    const byVideo = Map.groupBy(snapshots, ({ videoId }) => videoId);
    for (const video of page) {
      const numbers = (byVideo.get(video.id) ?? []).map(({ videoId: _video, ...taken }) => taken);
      yield { ...video, numbers };
    }
  }
}
