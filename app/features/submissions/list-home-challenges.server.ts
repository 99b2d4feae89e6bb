import { type ListedChallenge, listChallenges } from "~/features/challenges/list-challenges.server";
import { countEntries } from "./list-gallery.server";
import { listGalleryCovers } from "./list-gallery-covers.server";

export interface HomeChallenge extends Omit<ListedChallenge, "id"> {
  approvedCount: number;
  entryCount: number;
  /** A few covers of approved entries, newest first. */
  covers: string[];
}

const COVERS = 4;

/** What the home page shows: published challenges, open ones first, with counts and a few covers each. */
export async function listHomeChallenges(at: Date): Promise<HomeChallenge[]> {
  const challenges = await listChallenges(at);
  const ids = challenges.map((challenge) => challenge.id);
  const [counts, covers] = await Promise.all([countEntries(ids, at), listGalleryCovers(ids, COVERS, at)]);
  return challenges.map(({ id, ...challenge }) => ({
    ...challenge,
    approvedCount: counts.get(id)?.approved ?? 0,
    entryCount: counts.get(id)?.entries ?? 0,
    covers: covers.get(id) ?? [],
  }));
}
