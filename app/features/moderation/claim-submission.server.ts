import { and, eq, gt, lte, ne, or, sql } from "drizzle-orm";
import { claims, submissions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { db } from "~/infra/db.server";

/** Long enough to watch a video twice and think; whoever walks away is out of the others' way after it. */
const LEASE_SECONDS = 300;

/** For a where clause: leases go by the database's clock. */
export const isHeld = gt(claims.until, sql`clock_timestamp()`);

/**
 * Takes or renews the moderator's lease on one entry for five minutes, and ends any other lease of theirs. `takeOver`:
 * also from whoever holds it. Throws CLAIMED (somebody else holds it), OWN_ENTRY, or CONFLICT when there is no such entry.
 */
export async function claimSubmission(
  submissionId: string,
  moderator: Viewer,
  { takeOver = false }: { takeOver?: boolean } = {},
): Promise<void> {
  const [entry] = await db
    .select({ creatorId: submissions.creatorId })
    .from(submissions)
    .where(eq(submissions.id, submissionId));
  if (!entry) throw new DomainError("CONFLICT");
  if (entry.creatorId === moderator.userId) throw new DomainError("OWN_ENTRY");
  // By itself, so that nobody ever waits for one lease while holding another.
  await db.delete(claims).where(and(eq(claims.moderatorId, moderator.userId), ne(claims.submissionId, submissionId)));
  const until = sql`clock_timestamp() + ${LEASE_SECONDS} * interval '1 second'`;
  const mayTake = or(eq(claims.moderatorId, moderator.userId), lte(claims.until, sql`clock_timestamp()`));
  const taken = await db
    .insert(claims)
    .values({ submissionId, moderatorId: moderator.userId, until })
    .onConflictDoUpdate({
      target: claims.submissionId,
      set: { moderatorId: moderator.userId, until },
      setWhere: takeOver ? undefined : mayTake,
    })
    .returning({ until: claims.until });
  if (taken.length === 0) throw new DomainError("CLAIMED");
}
