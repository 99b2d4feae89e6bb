import { decisionStateLabels } from "~/features/submissions/submission";
import type { ReviewEntry } from "./decision";

/** An entry in view. `left`: how it stands since somebody else has decided on it; it goes with the viewer's next act. */
export interface ShownEntry {
  entry: ReviewEntry;
  left: ReviewEntry | null;
}

/** What is in view once the desk has been read anew: what somebody else decided in the meantime keeps its place. */
export function mergeShown(
  before: readonly ShownEntry[],
  entries: readonly ReviewEntry[],
  elsewhere: readonly ReviewEntry[],
): ShownEntry[] {
  const there = new Set(entries.map(({ submissionId }) => submissionId));
  const standing = new Map(elsewhere.map((entry) => [entry.submissionId, entry]));
  const shown = entries.map((entry): ShownEntry => ({ entry, left: null }));
  let behind = 0;
  for (const { entry, left } of before) {
    const id = entry.submissionId;
    if (there.has(id)) {
      behind = shown.findIndex((one) => one.entry.submissionId === id) + 1;
      continue;
    }
    const now = standing.get(id) ?? left;
    if (!now) continue;
    shown.splice(behind, 0, { entry, left: now });
    behind += 1;
  }
  return shown;
}

export function leftWords({ state, lastDecision }: ReviewEntry): string {
  const by = lastDecision?.by ?? "its creator";
  return state === "pending" ? `Taken back by ${by}` : `${decisionStateLabels[state]} by ${by}`;
}

/** Said aloud: what others decided since `before` was shown, and what was entered after `since` (ISO). */
export function newsWords(before: readonly ShownEntry[], shown: readonly ShownEntry[], since: string): string {
  const was = new Map(before.map((one) => [one.entry.submissionId, one]));
  const decided = shown.flatMap(({ entry, left }) =>
    left && !was.get(entry.submissionId)?.left ? [`${leftWords(left)}: the entry of ${entry.creatorName}.`] : [],
  );
  const arrived = shown.filter(({ entry }) => !was.has(entry.submissionId) && entry.submittedAt > since).length;
  const many = decided.length > 2 ? [`${decided.length} entries were decided by others.`] : decided;
  return [...many, ...(arrived > 0 ? [arrived === 1 ? "1 new entry." : `${arrived} new entries.`] : [])].join(" ");
}
