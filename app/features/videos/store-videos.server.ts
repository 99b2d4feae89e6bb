import { and, count, DrizzleQueryError, eq, inArray, sql } from "drizzle-orm";
import postgres from "postgres";
import { videoMetricSnapshots, videos } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import type { Transaction } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import type { describeVideo } from "./describe-video.server";

export type DescribedVideo = Awaited<ReturnType<typeof describeVideo>>;

export interface StoredVideos {
  /** Stored rows of this account, by TikTok id. */
  ids: Map<string, string>;
  /** How many of them `listedInRun` had not stored before. */
  newInRun: number;
}

/**
 * Stores videos of one account, each once (unique TikTok id), and a snapshot of their numbers. A video that is held
 * by another account is left alone and missing from the result. `listedInRun`: the walk that listed them, if any. Throws
 * TIKTOK_DISCONNECTED when the account is gone: its person has deleted their data meanwhile.
 */
export async function storeVideos(
  tx: Transaction,
  accountId: string,
  described: readonly DescribedVideo[],
  listedInRun: string | null,
): Promise<StoredVideos> {
  // One statement cannot touch a row twice: TikTok may list a video twice on a page.
  const unique = [...new Map(described.map((video) => [video.tiktokVideoId, video])).values()];
  // In one order for everybody: two transactions that store the same videos would otherwise wait for each other.
  const rows = unique.sort((a, b) => (a.tiktokVideoId < b.tiktokVideoId ? -1 : 1));
  if (rows.length === 0) return { ids: new Map(), newInRun: 0 };
  const seenInRun = listedInRun === null ? 0 : await countSeen(tx, rows, listedInRun);
  // Named, here and below: one page is like the next, and a statement of 500 parameters takes longer to plan than to run.
  const stored = await tx
    .insert(videos)
    .values(rows.map((row) => ({ ...row, id: newId(), accountId, listedInRun, firstSeenAt: row.readAt })))
    .onConflictDoUpdate({
      target: videos.tiktokVideoId,
      set: renewed,
      setWhere: sql`${videos.accountId} = excluded.account_id`,
    })
    .returning({ id: videos.id, tiktokVideoId: videos.tiktokVideoId })
    .prepare("store_videos")
    .execute()
    .catch((error: unknown) => {
      throw isAccountGone(error) ? new DomainError("TIKTOK_DISCONNECTED") : error;
    });
  const ids = new Map(stored.map((row) => [row.tiktokVideoId, row.id]));
  await storeSnapshots(tx, rows, ids);
  return { ids, newInRun: stored.length - seenInRun };
}

/** The foreign key tells, so that nobody has to ask before each page. */
function isAccountGone(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof postgres.PostgresError && cause.code === "23503";
}

async function countSeen(tx: Transaction, rows: readonly DescribedVideo[], run: string): Promise<number> {
  const tiktokIds = rows.map((row) => row.tiktokVideoId);
  const [counted] = await tx
    .select({ seen: count() })
    .from(videos)
    .where(and(inArray(videos.tiktokVideoId, tiktokIds), eq(videos.listedInRun, run)))
    .prepare("count_seen")
    .execute();
  return counted?.seen ?? 0;
}

async function storeSnapshots(tx: Transaction, rows: readonly DescribedVideo[], ids: Map<string, string>) {
  const snapshots = rows.flatMap((row) => {
    const videoId = ids.get(row.tiktokVideoId);
    if (!videoId || !row.metricsAt) return [];
    const { viewCount, likeCount, commentCount, shareCount } = row;
    return [{ videoId, takenAt: row.metricsAt, viewCount, likeCount, commentCount, shareCount }];
  });
  if (snapshots.length === 0) return;
  const insert = tx.insert(videoMetricSnapshots).values(snapshots).onConflictDoNothing();
  await insert.prepare("store_snapshots").execute();
}

const excluded = (column: string) => sql.raw(`excluded.${column}`);
/** A value that this answer lacks keeps the one we had. */
const kept = (column: string) => sql.raw(`coalesce(excluded.${column}, videos.${column})`);

const renewed = {
  postedAt: kept("posted_at"),
  caption: excluded("caption"),
  durationSeconds: kept("duration_seconds"),
  width: kept("width"),
  height: kept("height"),
  shareUrl: kept("share_url"),
  coverUrl: kept("cover_url"),
  coverExpiresAt: kept("cover_expires_at"),
  embedHtmlRaw: kept("embed_html_raw"),
  embedHtml: kept("embed_html"),
  embedSanitizerVersion: kept("embed_sanitizer_version"),
  viewCount: kept("view_count"),
  likeCount: kept("like_count"),
  commentCount: kept("comment_count"),
  shareCount: kept("share_count"),
  metricsAt: kept("metrics_at"),
  isAigc: kept("is_aigc"),
  availability: excluded("availability"),
  missingSince: excluded("missing_since"),
  listedInRun: kept("listed_in_run"),
  readAt: excluded("read_at"),
  checkedAt: excluded("checked_at"),
};
