import type { Viewer } from "~/features/accounts/account";
import { now } from "~/infra/clock.server";
import { newId } from "~/infra/ids.server";
import { decideSubmission } from "./decide-submission.server";
import {
  type BulkReport,
  type BulkVerdict,
  bulkVerdicts,
  UNDO_WINDOW_MS,
  type Verdict,
  verdictMoves,
} from "./decision";
import { reportEach } from "./report-each.server";

/**
 * One verdict on several entries, each on the version that the moderator saw and in a transaction of its own: what fails
 * for one spoils nothing for the others, and the report says why. All are decided at one moment, so that one window
 * takes them back.
 */
export async function decideSubmissions(bulk: BulkVerdict, moderator: Viewer, requestId: string): Promise<BulkReport> {
  const press = { id: newId(), at: now() };
  const { done, skipped } = await reportEach(bulk.selected, moderator, (entry) =>
    decideSubmission(verdictOn(bulk, entry), moderator, requestId, press),
  );
  return {
    bulkId: press.id,
    to: verdictMoves[bulkVerdicts[bulk.intent]].to,
    done,
    skipped,
    undoableUntil: done > 0 ? new Date(press.at.getTime() + UNDO_WINDOW_MS).toISOString() : null,
  };
}

function verdictOn(bulk: BulkVerdict, entry: BulkVerdict["selected"][number]): Verdict {
  switch (bulk.intent) {
    case "bulk_approve":
    case "bulk_flag":
      return { intent: bulkVerdicts[bulk.intent], ...entry };
    case "bulk_reject":
      return { intent: "reject", ...entry, reason: bulk.reason, message: bulk.message, note: bulk.note };
  }
}
