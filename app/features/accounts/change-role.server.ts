import { eq } from "drizzle-orm";
import { users } from "#drizzle/schema";
import { type AuditEvent, audit } from "~/infra/audit.server";
import type { Transaction } from "~/infra/db.server";
import { closeSessionsOf } from "~/infra/session.server";
import type { Role } from "./account";

/** Gives somebody whose row is locked another role, and ends their sessions: no page that is open shows more than they may see. */
export async function changeRole(
  tx: Transaction,
  user: { id: string; role: Role },
  role: Role,
  by: Pick<AuditEvent, "at" | "actor" | "requestId">,
): Promise<void> {
  await tx.update(users).set({ role }).where(eq(users.id, user.id));
  const sessionsEnded = await closeSessionsOf(tx, user.id);
  await audit(tx, {
    ...by,
    action: "role.changed",
    target: { kind: "user", id: user.id },
    before: { role: user.role },
    after: { role, sessionsEnded },
  });
}
