import { and, desc, eq, lt, or, sql } from "drizzle-orm";
import { tiktokAccounts, users } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import type { PeopleView, Person } from "./person";

const PAGE = 50;

/** A page of everybody who has signed in and is still here, who came last first. For admins. */
export async function listPeople(view: PeopleView): Promise<{ people: Person[]; nextAfter: string | null }> {
  const { query, role, after } = view;
  const name = sql`lower(${tiktokAccounts.displayName} || ' @' || coalesce(${tiktokAccounts.username}, ''))`;
  const isFound = or(sql`strpos(${name}, lower(${query})) > 0`, eq(tiktokAccounts.openId, query));
  const rows = await db
    .select({
      userId: users.id,
      role: users.role,
      lastSignedInAt: users.lastSignedInAt,
      displayName: tiktokAccounts.displayName,
      avatarUrl: tiktokAccounts.avatarUrl,
      username: tiktokAccounts.username,
      openId: tiktokAccounts.openId,
    })
    .from(users)
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.userId, users.id))
    .where(
      and(
        query === "" ? undefined : isFound,
        role === null ? undefined : eq(users.role, role),
        after === null ? undefined : lt(users.id, after),
      ),
    )
    .orderBy(desc(users.id))
    .limit(PAGE + 1);
  const people = rows.slice(0, PAGE).map(({ openId, lastSignedInAt, ...person }) => ({
    ...person,
    lastSignedInAt: lastSignedInAt.toISOString(),
    isAdminByConfiguration: env.ADMIN_OPEN_IDS.includes(openId),
  }));
  return { people, nextAfter: rows.length > PAGE ? (people.at(-1)?.userId ?? null) : null };
}
