import { and, asc, eq, isNotNull, or } from "drizzle-orm";
import { decisions, holds } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { db } from "~/infra/db.server";
import type { BulkReport } from "./decision";
import { reportEach } from "./report-each.server";
import { undoDecision } from "./undo-decision.server";
import { undoRuleHold } from "./undo-rule-hold.server";

/**
 * Takes back what one press decided, the moderator's own or a rule's, inside its window: a compensating row for each entry, or
 * the end of the hold that a rule asked for, in a transaction of its own. Whatever was decided since stays, and the report
 * says so.
 */
export async function undoDecisions(bulkId: string, moderator: Viewer, requestId: string): Promise<BulkReport> {
  const decided = await db
    .select({ submissionId: decisions.submissionId, seenVersion: decisions.sequence })
    .from(decisions)
    .where(
      and(eq(decisions.bulkId, bulkId), or(eq(decisions.actorId, moderator.userId), isNotNull(decisions.reviewRuleId))),
    )
    .orderBy(asc(decisions.id));
  const held = await db.select({ submissionId: holds.submissionId }).from(holds).where(eq(holds.bulkId, bulkId));
  const reports = [
    await reportEach(decided, moderator, (entry) => undoDecision(entry, moderator, requestId)),
    await reportEach(held, moderator, ({ submissionId }) =>
      undoRuleHold({ submissionId, bulkId }, moderator, requestId),
    ),
  ];
  const done = reports.reduce((sum, report) => sum + report.done, 0);
  return { bulkId, to: null, done, skipped: reports.flatMap(({ skipped }) => skipped), undoableUntil: null };
}
