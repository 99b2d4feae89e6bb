import type { ShownChallenge } from "~/features/challenges/challenge";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { showChallenge } from "~/features/challenges/show-challenge.server";
import { findApprovedEntry } from "~/features/submissions/find-approved-entry.server";
import type { GalleryEntry } from "~/features/submissions/list-gallery.server";
import { env } from "~/infra/env.server";
import { findStanding } from "./list-standings.server";

export interface EntryPage {
  challenge: ShownChallenge;
  entry: GalleryEntry;
  /** Null while its numbers are unknown. `score` in thousandths of a point. */
  standing: { rank: number; score: number; ranked: number } | null;
  /** Where the player lives. */
  playerOrigin: string;
}

/** What everybody may see of an entry at `at`, or null: it is not approved, or is known to be unavailable. */
export async function showEntryPage(submissionId: string, at: Date): Promise<EntryPage | null> {
  const found = await findApprovedEntry(submissionId, at);
  const challenge = found && (await findChallenge(found.slug));
  if (!challenge) return null;
  return {
    challenge: showChallenge(challenge, at),
    entry: found.entry,
    standing: await findStanding(challenge, submissionId, at),
    playerOrigin: env.TIKTOK_WEB_BASE_URL,
  };
}
