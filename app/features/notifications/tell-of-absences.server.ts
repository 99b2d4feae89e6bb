import { and, asc, eq, isNull } from "drizzle-orm";
import { challenges, notifications, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import { absenceDeadline } from "~/features/submissions/absence";
import { absentEntries } from "~/features/submissions/absent-entries.server";
import type { Transaction } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { holdAccounts } from "./hold-accounts.server";
import { queueLetters } from "./queue-letters.server";

/**
 * Tells of at most `limit` approved entries whose video is not public any more, each once for each time that it went, and
 * until when it has to be back: there is no deadline that its creator was not told of. Returns how many were told.
 */
export async function tellOfAbsences(tx: Transaction, at: Date, limit: number): Promise<number> {
  const absent = await tx
    .select({
      submissionId: submissions.id,
      missingSince: videos.missingSince,
      userId: submissions.creatorId,
      accountId: tiktokAccounts.id,
    })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .leftJoin(
      notifications,
      and(eq(notifications.submissionId, submissions.id), eq(notifications.missingSince, videos.missingSince)),
    )
    .where(and(absentEntries(at), isNull(notifications.id)))
    .orderBy(asc(videos.missingSince), asc(submissions.id))
    .limit(limit);
  const here = await holdAccounts(
    tx,
    absent.map(({ accountId }) => accountId),
  );
  const told = absent
    .filter(({ accountId }) => here.has(accountId))
    .map(({ submissionId, userId, missingSince }) => ({
      id: newId(),
      userId,
      submissionId,
      kind: "video_unavailable" as const,
      missingSince,
      dueAt: absenceDeadline(at),
      createdAt: at,
    }));
  const rows = await queueLetters(tx, told, at);
  if (rows.length > 0) await tx.insert(notifications).values(rows).onConflictDoNothing();
  return told.length;
}
