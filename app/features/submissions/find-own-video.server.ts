import { eq } from "drizzle-orm";
import { videos } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { endOfLink } from "~/features/accounts/link-health";
import { requireLink } from "~/features/accounts/require-link.server";
import { DomainError } from "~/features/domain-error";
import { lookUpVideos } from "~/features/videos/look-up-videos.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { log } from "~/infra/log.server";
import { resolveShortLink } from "~/infra/tiktok/resolve-short-link.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { parseVideoReference } from "~/infra/tiktok/video-reference";
import { VaultError } from "~/infra/vault.server";

export type VideoRow = typeof videos.$inferSelect;

interface HowFresh {
  /** Milliseconds; what TikTok gave before that is asked for anew. */
  maxAgeMs: number;
  /** Rather an older one than none, while TikTok cannot be asked. */
  orOlder?: boolean;
}

/**
 * The viewer's video that a picked id or a pasted URL means: the stored row if it is fresh enough and not known to be
 * gone, else looked up at TikTok and stored. Throws VIDEO_REFERENCE_INVALID and what readOwnVideo throws.
 */
export async function findOwnVideo(reference: string, viewer: Viewer, fresh: HowFresh): Promise<VideoRow> {
  const tiktokVideoId = await resolveReference(reference);
  const stored = await findStored(tiktokVideoId, viewer);
  const usable = stored !== null && stored.availability !== "unavailable";
  const ageMs = stored === null ? 0 : Math.max(0, now().getTime() - stored.readAt.getTime());
  if (usable && ageMs < fresh.maxAgeMs) return stored;
  try {
    return await readOwnVideo(tiktokVideoId, viewer);
  } catch (error) {
    if (usable && fresh.orOlder && saysNothingOfVideo(error)) return stored;
    throw error;
  }
}

/** TikTok was not asked, or did not answer: what is stored is as true as before. */
function saysNothingOfVideo(error: unknown): boolean {
  return error instanceof DomainError && error.code !== "VIDEO_UNAVAILABLE" && error.code !== "VIDEO_NOT_OWNED";
}

async function resolveReference(pasted: string): Promise<string> {
  const reference = parseVideoReference(pasted, env.TIKTOK_WEB_BASE_URL);
  if (!reference) throw new DomainError("VIDEO_REFERENCE_INVALID");
  if (reference.kind === "id") return reference.id;
  const id = await asDomainErrors(() => resolveShortLink(reference.url));
  if (!id) throw new DomainError("VIDEO_UNAVAILABLE");
  return id;
}

async function findStored(tiktokVideoId: string, viewer: Viewer): Promise<VideoRow | null> {
  const [video] = await db.select().from(videos).where(eq(videos.tiktokVideoId, tiktokVideoId));
  if (video && video.accountId !== viewer.accountId) throw new DomainError("VIDEO_NOT_OWNED");
  return video ?? null;
}

/**
 * Reads one of the viewer's videos anew from TikTok, stores it and returns its row. Throws VIDEO_UNAVAILABLE,
 * VIDEO_NOT_OWNED, KEYS_UNAVAILABLE and the TIKTOK_* refusals.
 */
export async function readOwnVideo(tiktokVideoId: string, viewer: Viewer): Promise<VideoRow> {
  const link = await requireLink(viewer.accountId);
  if (link.health === "scope_missing") throw new DomainError("TIKTOK_SCOPE_MISSING");
  const ended = endOfLink(link.health);
  if (ended) throw new DomainError(ended);
  const stored = await asDomainErrors(() => lookUpVideos(viewer.accountId, [tiktokVideoId], "person"));
  const video = await findStored(tiktokVideoId, viewer);
  // Absent from the answer: private, deleted or another account's; one wording for all three.
  if (!video || !stored.has(tiktokVideoId)) throw new DomainError("VIDEO_UNAVAILABLE");
  return video;
}

/** What TikTok's and the key provider's failures mean to the person who waits. */
async function asDomainErrors<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof VaultError) throw new DomainError("KEYS_UNAVAILABLE");
    if (!(error instanceof TikTokError)) throw error;
    switch (error.kind) {
      case "rate_limited":
        throw new DomainError("TIKTOK_RATE_LIMITED");
      case "scope_missing":
        throw new DomainError("TIKTOK_SCOPE_MISSING");
      case "token_invalid":
        throw new DomainError("TIKTOK_EXPIRED");
      case "misconfigured":
        log.error({ setting: "TIKTOK_VIDEO_LOOKUP_PATH", code: error.code }, "TikTok does not know the look-up path");
        throw new DomainError("TIKTOK_DOWN");
      case "unavailable":
      case "refused":
        throw new DomainError("TIKTOK_DOWN");
    }
  }
}
