import type { ShownChallenge } from "~/features/challenges/challenge";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { showChallenge } from "~/features/challenges/show-challenge.server";
import { env } from "~/infra/env.server";
import { countEntries, type GalleryEntry, listGallery } from "./list-gallery.server";
import { listGalleryCovers } from "./list-gallery-covers.server";

export interface ChallengePage {
  challenge: ShownChallenge;
  counts: { approved: number; entries: number };
  covers: string[];
  entries: GalleryEntry[];
  nextBefore: string | null;
  /** Where the player lives. */
  playerOrigin: string;
}

const WALL_COVERS = 12;

/** Everything the public challenge page shows at `at`, or null when there is no such published challenge. */
export async function showChallengePage(
  slug: string,
  options: { before: string | null; at: Date },
): Promise<ChallengePage | null> {
  const challenge = await findChallenge(slug);
  if (!challenge) return null;
  const [counts, covers, gallery] = await Promise.all([
    countEntries([challenge.id], options.at),
    listGalleryCovers([challenge.id], WALL_COVERS, options.at),
    listGallery(challenge.id, options),
  ]);
  return {
    challenge: showChallenge(challenge, options.at),
    counts: counts.get(challenge.id) ?? { approved: 0, entries: 0 },
    covers: covers.get(challenge.id) ?? [],
    ...gallery,
    playerOrigin: env.TIKTOK_WEB_BASE_URL,
  };
}
