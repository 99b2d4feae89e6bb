import { and, eq } from "drizzle-orm";
import { claims } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { db } from "~/infra/db.server";

/** Ends the moderator's lease on an entry, if they hold it. */
export async function releaseClaim(submissionId: string, moderator: Viewer): Promise<void> {
  await db.delete(claims).where(and(eq(claims.submissionId, submissionId), eq(claims.moderatorId, moderator.userId)));
}
