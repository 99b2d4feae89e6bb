import { eq } from "drizzle-orm";
import { tiktokAccounts, users } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import type { Role } from "./account";
import { changeRole } from "./change-role.server";

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
    await changeRole(tx, user, role, { at: now(), actor: { kind: "operator" } });
    return user.role;
  });
}
