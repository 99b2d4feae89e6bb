import type { ShownChallenge } from "~/features/challenges/challenge";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { showChallenge } from "~/features/challenges/show-challenge.server";
import { type GalleryCursor, type GalleryShow, type GalleryView, gallerySearch } from "~/features/submissions/gallery";
import { countEntries, type GalleryEntry, listGallery } from "~/features/submissions/list-gallery.server";
import { listGalleryCovers } from "~/features/submissions/list-gallery-covers.server";
import { env } from "~/infra/env.server";
import { listResults } from "./list-results.server";
import { listStandings } from "./list-standings.server";
import type { ResultVersion } from "./result";
import type { Standing } from "./standing";

export interface ChallengePage {
  challenge: ShownChallenge;
  counts: { approved: number; entries: number };
  covers: string[];
  /** The results as they stand; null before they are published. */
  result: ResultVersion | null;
  /** The top of the board. */
  leaders: Standing[];
  entries: GalleryEntry[];
  nextBefore: GalleryCursor | null;
  /** What else than all entries a visitor may want to see. */
  shows: GalleryShow[];
  /** Where the player lives. */
  playerOrigin: string;
}

const WALL_COVERS = 12;
const LEADERS = 5;

/** Everything the public challenge page shows at `at`, or null when there is no such published challenge. */
export async function showChallengePage(
  slug: string,
  options: { view: GalleryView; at: Date },
): Promise<ChallengePage | null> {
  const challenge = await findChallenge(slug);
  if (!challenge) return null;
  const [counts, gallery, board, [result = null]] = await Promise.all([
    countEntries([challenge.id], options.at),
    listGallery(challenge, options),
    listStandings(challenge, { at: options.at, offset: 0, limit: LEADERS }),
    listResults(challenge, options.at),
  ]);
  const shown = showChallenge(challenge, options.at);
  return {
    challenge: shown,
    shows: showsIn(shown),
    counts: counts.get(challenge.id) ?? { approved: 0, entries: 0 },
    result,
    leaders: board.standings,
    covers: await findWall(challenge.id, gallery, options),
    ...gallery,
    playerOrigin: env.TIKTOK_WEB_BASE_URL,
  };
}

/** Where nobody may enter any more, nothing is new; labels are known only where TikTok is asked for them. */
function showsIn({ phase, rules }: ShownChallenge): GalleryShow[] {
  const shows: GalleryShow[] = phase === "open" || phase === "paused" ? ["day", "week"] : [];
  if (env.TIKTOK_AIGC_FIELD && rules.aiPolicy !== "not_allowed") shows.push("ai");
  return shows;
}

/** The newest entries' covers: the gallery's first page has them, unless too many of its covers are dead. */
async function findWall(
  challengeId: string,
  { entries, nextBefore }: Pick<ChallengePage, "entries" | "nextBefore">,
  { view, at }: { view: GalleryView; at: Date },
): Promise<string[]> {
  if (gallerySearch(view) === "") {
    const live = entries.flatMap(({ video }) => video.coverUrl ?? []);
    if (live.length >= WALL_COVERS || nextBefore === null) return live.slice(0, WALL_COVERS);
  }
  return (await listGalleryCovers([challengeId], WALL_COVERS, at)).get(challengeId) ?? [];
}
