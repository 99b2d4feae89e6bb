import { and, eq, isNull } from "drizzle-orm";
import { notifications } from "#drizzle/schema";
import { db } from "~/infra/db.server";

/** How many of a person's own notifications they have not read. */
export async function countUnread(userId: string): Promise<number> {
  return db.$count(notifications, and(eq(notifications.userId, userId), isNull(notifications.readAt)));
}
