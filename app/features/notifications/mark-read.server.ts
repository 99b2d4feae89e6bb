import { and, eq, isNull, lte } from "drizzle-orm";
import { notifications } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";

/** Marks a person's own notifications as read, as far as they were there at `seenAt`, when the page was drawn. */
export async function markRead(userId: string, seenAt: Date): Promise<void> {
  await db
    .update(notifications)
    .set({ readAt: now() })
    .where(and(eq(notifications.userId, userId), isNull(notifications.readAt), lte(notifications.createdAt, seenAt)));
}
