import type { Viewer } from "~/features/accounts/account";
import type { ContextAction } from "./entry-context";
import { holdSubmission } from "./hold-submission.server";
import { releaseHold } from "./release-hold.server";
import { writeNote } from "./write-note.server";

/** What a button beside an entry does. Throws what the verb behind the button throws. */
export async function actBesideEntry(
  action: ContextAction,
  submissionId: string,
  viewer: Viewer,
  requestId: string,
): Promise<void> {
  const actor = { kind: "moderator", id: viewer.userId } as const;
  switch (action.intent) {
    case "note":
      return writeNote({ submissionId, words: action.words }, viewer, requestId);
    case "hold":
      return holdSubmission({ submissionId, reason: action.reason, note: action.note }, actor, requestId);
    case "release":
      return releaseHold({ submissionId, note: action.note }, actor, requestId);
  }
}
