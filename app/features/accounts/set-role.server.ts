import { eq } from "drizzle-orm";
import { tiktokAccounts, users } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { closeSessionsOf } from "~/infra/session.server";
import type { Role } from "./account";

/**
 * Gives the account of `openId` a role, as the operator, and ends its sessions when the role changes.
 * Returns the role it had, or null when nobody with this open_id has signed in yet.
 */
export async function setRole(openId: string, role: Role): Promise<Role | null> {
  return db.transaction(async (tx) => {
    const [user] = await tx
      .select({ id: users.id, role: users.role })
      .from(users)
      .innerJoin(tiktokAccounts, eq(tiktokAccounts.userId, users.id))
      .where(eq(tiktokAccounts.openId, openId))
      .for("update");
    if (!user) return null;
    if (user.role === role) return user.role;
    await tx.update(users).set({ role }).where(eq(users.id, user.id));
    const sessionsEnded = await closeSessionsOf(tx, user.id);
    await audit(tx, {
      at: now(),
      actor: { kind: "operator" },
      action: "role.changed",
      target: { kind: "user", id: user.id },
      before: { role: user.role },
      after: { role, sessionsEnded },
    });
    return user.role;
  });
}
