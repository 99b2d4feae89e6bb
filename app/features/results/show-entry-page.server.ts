import type { ShownChallenge } from "~/features/challenges/challenge";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { showChallenge } from "~/features/challenges/show-challenge.server";
import { findApprovedEntry } from "~/features/submissions/find-approved-entry.server";
import type { GalleryEntry } from "~/features/submissions/list-gallery.server";
import { env } from "~/infra/env.server";
import { listResults } from "./list-results.server";
import { findStanding } from "./list-standings.server";
import type { Standing } from "./standing";

export interface EntryPage {
  challenge: ShownChallenge;
  entry: GalleryEntry;
  /** Its numbers are being checked. */
  held: boolean;
  /** Where it stands, and among how many; null while no numbers of it count, and when the board was frozen without it. */
  place: { standing: Standing; ranked: number } | null;
  /** The results are published, and it wins. */
  wins: boolean;
  /** Where the player lives. */
  playerOrigin: string;
}

/** What everybody may see of an entry at `at`, or null: it is not approved, or is known to be unavailable. */
export async function showEntryPage(submissionId: string, at: Date): Promise<EntryPage | null> {
  const found = await findApprovedEntry(submissionId, at);
  const challenge = found && (await findChallenge(found.slug));
  if (!challenge) return null;
  const [place, [result]] = await Promise.all([findStanding(challenge, submissionId, at), listResults(challenge, at)]);
  return {
    challenge: showChallenge(challenge, at),
    entry: found.entry,
    held: found.held,
    place,
    wins: result?.winners.some((winner) => winner.submissionId === submissionId) ?? false,
    playerOrigin: env.TIKTOK_WEB_BASE_URL,
  };
}
