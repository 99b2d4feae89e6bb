import type { Viewer } from "~/features/accounts/account";
import { now } from "~/infra/clock.server";
import { claimSubmission } from "./claim-submission.server";
import { decideSubmission } from "./decide-submission.server";
import { decideSubmissions } from "./decide-submissions.server";
import type { DeskAction, DeskDone } from "./decision";
import { keepDeskSettings } from "./keep-desk-settings.server";
import { findReviewEntries } from "./list-review-entries.server";
import { undoDecision } from "./undo-decision.server";
import { undoDecisions } from "./undo-decisions.server";

/** What a button of the desk does, and what came of it. Throws what the verb behind the button throws. */
export async function actAtDesk(action: DeskAction, viewer: Viewer, requestId: string): Promise<DeskDone> {
  switch (action.intent) {
    case "approve":
    case "flag":
    case "request_change":
    case "reopen":
    case "reject":
    case "disqualify":
    case "remove": {
      await decideSubmission(action, viewer, requestId);
      const at = now();
      const standing = await findReviewEntries([action.submissionId], { at, viewer });
      return { kind: "decided", entry: standing.get(action.submissionId) ?? null, at: at.toISOString() };
    }
    case "undo":
      await undoDecision(action, viewer, requestId);
      return { kind: "undone", submissionId: action.submissionId };
    case "take_over":
      await claimSubmission(action.submissionId, viewer, { takeOver: true });
      return { kind: "taken_over", submissionId: action.submissionId };
    case "bulk_approve":
    case "bulk_reject":
    case "bulk_flag": {
      const report = await decideSubmissions(action, viewer, requestId);
      return { kind: "bulk", report, at: now().toISOString() };
    }
    case "settings":
      await keepDeskSettings(action, viewer);
      return { kind: "settings" };
    case "undo_bulk": {
      const report = await undoDecisions(action.bulkId, viewer, requestId);
      return { kind: "bulk", report, at: now().toISOString() };
    }
  }
}
