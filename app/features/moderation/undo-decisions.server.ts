import { and, asc, eq, isNotNull, or } from "drizzle-orm";
import { decisions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { db } from "~/infra/db.server";
import type { BulkReport } from "./decision";
import { reportEach } from "./report-each.server";
import { undoDecision } from "./undo-decision.server";

/**
 * Takes back what one press decided, the moderator's own or a rule's, inside its window: a compensating row for each entry, in a
 * transaction of its own. Whatever was decided since stays, and the report says so.
 */
export async function undoDecisions(bulkId: string, moderator: Viewer, requestId: string): Promise<BulkReport> {
  const decided = await db
    .select({ submissionId: decisions.submissionId, seenVersion: decisions.sequence })
    .from(decisions)
    .where(
      and(eq(decisions.bulkId, bulkId), or(eq(decisions.actorId, moderator.userId), isNotNull(decisions.reviewRuleId))),
    )
    .orderBy(asc(decisions.id));
  const { done, skipped } = await reportEach(decided, moderator, (entry) => undoDecision(entry, moderator, requestId));
  return { bulkId, to: null, done, skipped, undoableUntil: null };
}
