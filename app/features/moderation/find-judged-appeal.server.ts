import { and, eq, gt } from "drizzle-orm";
import { appeals, submissions, tiktokAccounts } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { db } from "~/infra/db.server";
import type { JudgedAppeal } from "./appeal-judgement";

/** The viewer's own answer to an entry's appeal while it can be taken back; null afterwards, and for anybody else. */
export async function findJudgedAppeal(
  submissionId: string,
  { at, viewer }: { at: Date; viewer: Viewer },
): Promise<JudgedAppeal | null> {
  const [row] = await db
    .select({
      submissionId: submissions.id,
      version: submissions.version,
      state: submissions.state,
      creatorName: tiktokAccounts.displayName,
      effectiveAt: appeals.effectiveAt,
    })
    .from(appeals)
    .innerJoin(submissions, eq(submissions.id, appeals.submissionId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.userId, appeals.creatorId))
    .where(
      and(eq(appeals.submissionId, submissionId), eq(appeals.decidedBy, viewer.userId), gt(appeals.effectiveAt, at)),
    );
  if (!row?.effectiveAt) return null;
  const { effectiveAt, ...shown } = row;
  return { ...shown, undoableUntil: effectiveAt.toISOString() };
}
