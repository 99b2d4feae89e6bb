import { and, eq, isNull, lte, sql } from "drizzle-orm";
import { challenges, submissions, tiktokAccounts, videos } from "#drizzle/schema";

/**
 * For a query over submissions with their videos, challenges and TikTok accounts: approved, in effect at `at`, and known
 * to be unavailable. Only where that is for certain (a link that is not healthy says nothing) and can still lead to
 * something (a frozen board changes no more).
 */
export function absentEntries(at: Date) {
  return and(
    eq(submissions.state, "approved"),
    lte(submissions.effectiveAt, at),
    // In so many words, so that its index is found.
    sql`${videos.availability} = 'unavailable'`,
    eq(tiktokAccounts.linkHealth, "healthy"),
    isNull(challenges.frozenAt),
    isNull(challenges.cancelledAt),
    isNull(challenges.archivedAt),
  );
}
