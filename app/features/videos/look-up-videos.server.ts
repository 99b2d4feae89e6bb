import { and, asc, eq, inArray, lt, sql } from "drizzle-orm";
import { videos } from "#drizzle/schema";
import { recordScopeRefusal } from "~/features/accounts/record-scope-refusal.server";
import { withTikTokToken } from "~/features/accounts/with-tiktok-token.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { lookUpVideoIds, type Patience } from "~/infra/tiktok/display-api.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { describeVideos } from "./describe-video.server";
import { storeVideos } from "./store-videos.server";
import { CONFIRM_ABSENCE_MS } from "./video";

/** TikTok: at most 20 ids a look-up. */
export const LOOKUP_BATCH = 20;

/**
 * Asks TikTok for known ids of one account and stores what it returns: the one look-up, used when a video is entered
 * and when numbers and covers are renewed. A stored video that TikTok does not return is marked `unconfirmed`, and
 * `unavailable` when it is missing again some time later. Returns the stored rows' ids by TikTok id; what TikTok does
 * not return (unknown, private, deleted or another account's) or another account holds is missing. Throws what
 * withTikTokToken throws, and TikTokError; a call that failed says nothing about any video.
 */
export async function lookUpVideos(
  accountId: string,
  tiktokVideoIds: readonly string[],
  patience: Patience,
): Promise<Map<string, string>> {
  if (tiktokVideoIds.length > LOOKUP_BATCH) throw new RangeError(`at most ${LOOKUP_BATCH} ids a look-up`);
  const askedAt = now();
  const answered = await withTikTokToken(accountId, (token) => lookUpVideoIds(token, tiktokVideoIds, patience)).catch(
    async (error: unknown) => {
      if (error instanceof TikTokError && error.kind === "scope_missing") {
        await recordScopeRefusal(accountId, "lookup", askedAt);
      }
      throw error;
    },
  );
  // Matched by id, never by position; what we did not ask for is not ours to store.
  const asked = answered.filter((video) => tiktokVideoIds.includes(video.id));
  const readAt = now();
  const described = await describeVideos(asked, readAt);
  const { ids } = await db.transaction((tx) => storeVideos(tx, accountId, described, null));
  const given = new Set(asked.map(({ id }) => id));
  const absent = tiktokVideoIds.filter((id) => !given.has(id));
  if (absent.length > 0) await markAbsent(accountId, absent, readAt);
  return ids;
}

/**
 * A transaction of its own: its rows are not those that were stored, and two of both kinds would otherwise wait for each
 * other. A video that was seen meanwhile is left alone.
 */
async function markAbsent(accountId: string, tiktokVideoIds: readonly string[], at: Date): Promise<void> {
  const confirmedIf = new Date(at.getTime() - CONFIRM_ABSENCE_MS);
  const locked = db
    .select({ id: videos.id })
    .from(videos)
    .where(
      and(
        eq(videos.accountId, accountId),
        inArray(videos.tiktokVideoId, [...tiktokVideoIds]),
        lt(videos.checkedAt, at),
      ),
    )
    .orderBy(asc(videos.tiktokVideoId))
    .for("update");
  await db
    .update(videos)
    .set({
      availability: sql`case when ${lt(videos.missingSince, confirmedIf)} then 'unavailable'
        when ${videos.availability} = 'unavailable' then 'unavailable' else 'unconfirmed' end`,
      missingSince: sql`coalesce(${videos.missingSince}, ${sql.param(at, videos.missingSince)})`,
      checkedAt: at,
    })
    .where(inArray(videos.id, locked));
}
