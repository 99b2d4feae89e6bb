import { listMyEntries, type MyEntry } from "~/features/submissions/list-my-entries.server";
import { listOwnStandings } from "./list-own-standings.server";
import { listOwnViews } from "./list-own-views.server";
import type { OwnPlace } from "./own-place";

export type ShownEntry = MyEntry & {
  /** Null for an entry that is not among the ranked ones of its challenge, or not any more. */
  place: OwnPlace | null;
};

/** The creator's own entries, newest first, as of `at`; each approved one with its place and its views over time. */
export async function showMyEntries(
  creatorId: string,
  options: { at: Date; before: string | null },
): Promise<{ entries: ShownEntry[]; nextBefore: string | null }> {
  const { entries, nextBefore } = await listMyEntries(creatorId, options);
  const approved = entries.filter(({ state }) => state === "approved").map(({ submissionId }) => submissionId);
  const [standings, views] = await Promise.all([
    listOwnStandings(approved, options.at),
    listOwnViews(approved, options.at),
  ]);
  const placeOf = ({ submissionId, state, video, timeline }: MyEntry): OwnPlace | null => {
    const standing = standings.get(submissionId) ?? null;
    const isAbsent = timeline.some(({ kind }) => kind === "unavailable");
    // Its timeline says why there is none.
    if (state !== "approved" || (!standing && (isAbsent || video.metrics.views !== null))) return null;
    return { standing, isFinal: standing?.isFinal ?? false, views: views.get(submissionId) ?? [] };
  };
  return { entries: entries.map((entry) => ({ ...entry, place: placeOf(entry) })), nextBefore };
}
