import { withTikTokToken } from "~/features/accounts/with-tiktok-token.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { lookUpVideoIds, type Patience } from "~/infra/tiktok/display-api.server";
import { describeVideos } from "./describe-video.server";
import { storeVideos } from "./store-videos.server";

/** TikTok: at most 20 ids a look-up. */
const LOOKUP_BATCH = 20;

/**
 * Asks TikTok for known ids of one account and stores what it returns: the one look-up, used when a video is entered
 * and when numbers and covers are renewed. Returns the stored rows' ids by TikTok id; what TikTok does not return
 * (unknown, private, deleted or another account's) or another account holds is missing. Throws what
 * withTikTokToken throws, and TikTokError.
 */
export async function lookUpVideos(
  accountId: string,
  tiktokVideoIds: readonly string[],
  patience: Patience,
): Promise<Map<string, string>> {
  if (tiktokVideoIds.length > LOOKUP_BATCH) throw new RangeError(`at most ${LOOKUP_BATCH} ids a look-up`);
  const answered = await withTikTokToken(accountId, (token) => lookUpVideoIds(token, tiktokVideoIds, patience));
  // Matched by id, never by position; what we did not ask for is not ours to store.
  const asked = answered.filter((video) => tiktokVideoIds.includes(video.id));
  const readAt = now();
  const described = await describeVideos(asked, readAt);
  const { ids } = await db.transaction((tx) => storeVideos(tx, accountId, described, null));
  return ids;
}
