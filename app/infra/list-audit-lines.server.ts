import { and, desc, eq, gte, inArray, lt, or, sql } from "drizzle-orm";
import { auditLog } from "#drizzle/schema";
import { db } from "~/infra/db.server";

/** What is asked for; all of it must hold. */
export interface AuditQuery {
  /** Done by one of these people, or to one of these things. */
  by?: { actorIds: readonly string[]; orTargetIds: readonly string[] };
  action?: string;
  targetId?: string;
  requestId?: string;
  from?: Date;
  /** Not included. */
  until?: Date;
}

export type AuditLine = typeof auditLog.$inferSelect;

/**
 * Up to `limit` lines of the audit log, newest first; what was done in one moment, latest id first. `before`: the id of the
 * line that ended the page before.
 */
export async function listAuditLines(
  query: AuditQuery,
  { before, limit }: { before: string | null; limit: number },
): Promise<AuditLine[]> {
  const { by, action, targetId, requestId, from, until } = query;
  return db
    .select()
    .from(auditLog)
    .where(
      and(
        by && or(inArray(auditLog.actorId, [...by.actorIds]), inArray(auditLog.targetId, [...by.orTargetIds])),
        action === undefined ? undefined : eq(auditLog.action, action),
        targetId === undefined ? undefined : eq(auditLog.targetId, targetId),
        requestId === undefined ? undefined : eq(auditLog.requestId, requestId),
        from && gte(auditLog.at, from),
        until && lt(auditLog.at, until),
        // The database compares its own microseconds: a Date has none.
        before === null
          ? undefined
          : sql`(${auditLog.at}, ${auditLog.id}) < (select l.at, l.id from audit_log l where l.id = ${before}::uuid)`,
      ),
    )
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(limit);
}
