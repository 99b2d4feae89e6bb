import type { DecisionState } from "~/features/submissions/submission";

/** What a creator is told, once it counts, and in which words. */

export type NotificationKind =
  | "approved"
  | "rejected"
  | "changes_requested"
  | "disqualified"
  | "removed"
  | "reopened"
  | "appeal_dismissed"
  | "video_unavailable";

/** The kind of a decision. Null: nothing that the creator has to hear of. A flag is the desk's own affair, and what creators did they know. */
export function kindOf(from: DecisionState | null, to: DecisionState): NotificationKind | null {
  switch (to) {
    case "approved":
      return from === "rejected" || from === "disqualified" ? "reopened" : "approved";
    case "rejected":
    case "changes_requested":
    case "disqualified":
    case "removed":
      return to;
    case "pending":
    case "flagged":
    case "withdrawn":
      return null;
  }
}

/** What happened, for the time at which it did: the entry may have moved on since. */
export const kindWords: Record<NotificationKind, string> = {
  approved: "Your entry was approved",
  rejected: "Your entry was not accepted",
  changes_requested: "A change was requested",
  disqualified: "Your entry was disqualified",
  removed: "Your entry was removed",
  reopened: "Your entry was approved after a second look",
  appeal_dismissed: "Your appeal was dismissed",
  video_unavailable: "Your video is not public on TikTok any more",
};

export interface NextStep {
  words: string;
  link: string;
  to: string;
}

/** How what was told of stands for its creator now. */
interface ToldEntry {
  submissionId: string;
  state: DecisionState;
  /** Its video is not public now, so nobody sees it. */
  absent: boolean;
}

/** What can be done now about what was told. */
export function nextStep(kind: NotificationKind, { state, absent, submissionId }: ToldEntry): NextStep {
  const entries = { link: "Open my entries", to: "/studio/entries" };
  if (kind === "changes_requested" && state === "changes_requested") {
    return { words: "Change it on TikTok, then resubmit it before the challenge closes.", ...entries };
  }
  if ((kind === "approved" || kind === "reopened") && state === "approved" && !absent) {
    return { words: "Everybody can see it now.", link: "Open the entry", to: `/entries/${submissionId}` };
  }
  if (kind === "video_unavailable" && state === "approved" && absent) {
    return { words: "Once TikTok shows it to everybody again, it is back by itself.", ...entries };
  }
  return { words: "Every step of it is with your entries.", ...entries };
}
