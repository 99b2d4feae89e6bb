import { auditLog } from "#drizzle/schema";
import type { Database, Transaction } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { requestIdHere } from "~/infra/log.server";

export interface AuditEvent {
  at: Date;
  actor: { kind: "user"; id: string } | { kind: "operator" } | { kind: "system" };
  action: string;
  target: { kind: string; id: string };
  before?: unknown;
  after?: unknown;
  reason?: string;
  /** Where it is not given, the request on whose account this runs. */
  requestId?: string;
}

/** Writes one line of history, in the transaction of the act itself. No secret and no person's name belongs in it. */
export async function audit(tx: Transaction | Database, event: AuditEvent): Promise<void> {
  const insert = tx.insert(auditLog).values({
    id: newId(),
    at: event.at,
    actorKind: event.actor.kind,
    actorId: event.actor.kind === "user" ? event.actor.id : null,
    action: event.action,
    targetKind: event.target.kind,
    targetId: event.target.id,
    before: event.before ?? null,
    after: event.after ?? null,
    reason: event.reason ?? null,
    requestId: event.requestId ?? requestIdHere() ?? null,
  });
  await insert.prepare("insert_audit_line").execute();
}
