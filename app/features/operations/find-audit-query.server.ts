import { eq, ilike, or } from "drizzle-orm";
import { z } from "zod";
import { tiktokAccounts } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import type { AuditQuery } from "~/infra/list-audit-lines.server";
import type { AuditFilter } from "./audit-filter";

const DAY_MS = 24 * 3600_000;
/** A name that more people have says too little. */
const MOST_PEOPLE = 50;

/**
 * A filter in the log's own terms, which knows people by their ids alone: `person` is an open_id, a part of a display
 * name, or the id that stays when somebody has deleted their data. Null when nobody has that name.
 */
export async function findAuditQuery(filter: AuditFilter): Promise<AuditQuery | null> {
  const { person, action, target, request, from, until } = filter;
  const by = person === undefined ? undefined : await findPeople(person);
  if (by?.actorIds.length === 0) return null;
  return {
    by,
    action,
    targetId: target,
    requestId: request,
    from: from === undefined ? undefined : new Date(from),
    until: until === undefined ? undefined : new Date(Date.parse(until) + DAY_MS),
  };
}

async function findPeople(person: string): Promise<NonNullable<AuditQuery["by"]>> {
  const id = z.uuid().safeParse(person);
  const people = await db
    .select({ userId: tiktokAccounts.userId, accountId: tiktokAccounts.id })
    .from(tiktokAccounts)
    .where(
      id.success
        ? eq(tiktokAccounts.userId, id.data)
        : or(
            eq(tiktokAccounts.openId, person),
            ilike(tiktokAccounts.displayName, `%${person.replace(/[\\%_]/g, "\\$&")}%`),
          ),
    )
    .orderBy(tiktokAccounts.displayName)
    .limit(MOST_PEOPLE);
  const userIds = new Set([...people.map(({ userId }) => userId), ...(id.success ? [id.data] : [])]);
  return { actorIds: [...userIds], orTargetIds: [...userIds, ...people.map(({ accountId }) => accountId)] };
}
