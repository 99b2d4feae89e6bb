import { and, eq, gt, isNull, ne, or } from "drizzle-orm";
import { decisions, submissions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { db } from "~/infra/db.server";
import type { DeskTab, ReviewEntry } from "./decision";
import { findReviewEntries } from "./list-review-entries.server";

/** Longer than a desk without its stream waits before it reads anew. */
const LATELY_MS = 120_000;
/** More than one page can have shown, even after a press that decided on a hundred. */
const MOST = 200;

/**
 * Entries of a challenge outside `tab` on which somebody else, or the system, has decided last and within two minutes: a
 * desk that still shows one of them says who it was.
 */
export async function listDecidedElsewhere(
  challengeId: string,
  { tab, at, viewer }: { tab: DeskTab; at: Date; viewer: Viewer },
): Promise<ReviewEntry[]> {
  const decided = await db
    .select({ id: submissions.id })
    .from(decisions)
    .innerJoin(
      submissions,
      and(eq(submissions.id, decisions.submissionId), eq(submissions.version, decisions.sequence)),
    )
    .where(
      and(
        gt(decisions.decidedAt, new Date(at.getTime() - LATELY_MS)),
        eq(submissions.challengeId, challengeId),
        ne(submissions.state, tab === "held" ? "approved" : tab),
        or(isNull(decisions.actorId), ne(decisions.actorId, viewer.userId)),
      ),
    )
    .limit(MOST);
  return [
    ...(
      await findReviewEntries(
        decided.map(({ id }) => id),
        { at, viewer },
      )
    ).values(),
  ];
}
