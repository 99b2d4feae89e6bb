import { asc, eq } from "drizzle-orm";
import { users } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import type { Viewer } from "./account";
import { changeRole } from "./change-role.server";
import type { GiveRole } from "./person";

/**
 * Gives somebody a role, as an admin, and ends their sessions when it changes. Throws OWN_ROLE, FORBIDDEN when the giver
 * is no admin any more, and CONFLICT when the person has another role than was seen, or is gone.
 */
export async function giveRole({ userId, role, seenRole }: GiveRole, admin: Viewer, requestId: string): Promise<void> {
  if (userId === admin.userId) throw new DomainError("OWN_ROLE");
  await db.transaction(async (tx) => {
    // One after the other: of two admins who end each other's role, the second is no admin any more. So the giver stays
    // one, and there is always somebody who can give roles.
    const admins = await tx
      .select({ id: users.id })
      .from(users)
      .where(eq(users.role, "admin"))
      .orderBy(asc(users.id))
      .for("update");
    if (!admins.some(({ id }) => id === admin.userId)) throw new DomainError("FORBIDDEN");
    const [user] = await tx
      .select({ id: users.id, role: users.role })
      .from(users)
      .where(eq(users.id, userId))
      .for("update");
    if (user?.role !== seenRole) throw new DomainError("CONFLICT");
    if (user.role === role) return;
    await changeRole(tx, user, role, { at: now(), actor: { kind: "user", id: admin.userId }, requestId });
  });
}
