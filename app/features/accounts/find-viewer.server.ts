import { eq } from "drizzle-orm";
import { tiktokAccounts, users } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { findSession } from "~/infra/session.server";
import type { Viewer } from "./account";

/** Who is looking, or null when nobody is signed in. The role is read anew each time, so a change counts at once. */
export async function findViewer(request: Request): Promise<Viewer | null> {
  const session = await findSession(request);
  if (!session) return null;
  const [viewer] = await db
    .select({
      userId: users.id,
      accountId: tiktokAccounts.id,
      role: users.role,
      displayName: tiktokAccounts.displayName,
      avatarUrl: tiktokAccounts.avatarUrl,
    })
    .from(users)
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.userId, users.id))
    .where(eq(users.id, session.userId));
  return viewer ?? null;
}
