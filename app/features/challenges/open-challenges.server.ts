import { and, gt, isNotNull, isNull, lte, type SQLWrapper } from "drizzle-orm";
import { challenges } from "#drizzle/schema";

/** For a where clause over challenges: those whose phase (see challenge.ts) is `open` at `at`. */
export function openChallenges(at: Date | SQLWrapper) {
  return and(
    isNotNull(challenges.publishedAt),
    lte(challenges.opensAt, at),
    gt(challenges.closesAt, at),
    isNull(challenges.pausedAt),
    isNull(challenges.frozenAt),
    isNull(challenges.finalisedAt),
    isNull(challenges.cancelledAt),
    isNull(challenges.archivedAt),
  );
}
