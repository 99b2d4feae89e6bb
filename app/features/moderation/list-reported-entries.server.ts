import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { challenges, reports, submissions, tiktokAccounts, videos } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { reasonWords } from "~/features/submissions/reason";
import { db } from "~/infra/db.server";
import type { ReportedEntry } from "./report";

/** What is dismissed makes room for the rest. */
const ENTRIES = 50;
const REMARKS = 5;

/** Entries with reports that nobody has dismissed, those with most reports first, whatever has become of them since. */
export async function listReportedEntries(viewer: Viewer): Promise<ReportedEntry[]> {
  const count = sql<number>`count(*)::int`;
  const entries = await db
    .select({
      submissionId: submissions.id,
      challenge: { slug: challenges.slug, title: challenges.title },
      creatorName: tiktokAccounts.displayName,
      caption: videos.caption,
      state: submissions.state,
      own: eq(submissions.creatorId, viewer.userId).mapWith(Boolean),
      count,
      lastReportId: sql<string>`(array_agg(${reports.id} order by ${reports.id} desc))[1]`,
    })
    .from(reports)
    .innerJoin(submissions, eq(submissions.id, reports.submissionId))
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .where(isNull(reports.dismissedAt))
    .groupBy(submissions.id, challenges.id, tiktokAccounts.id, videos.id)
    .orderBy(desc(count), asc(submissions.id))
    .limit(ENTRIES);
  const ids = entries.map(({ submissionId }) => submissionId);
  const [reasons, remarks] = await Promise.all([listReasons(ids), listRemarks(ids)]);
  return entries.map((entry) => ({
    ...entry,
    reasons: reasons
      .filter((row) => row.submissionId === entry.submissionId)
      .map(({ reasonCode, given }) => ({ words: reasonWords(reasonCode), count: given })),
    remarks: remarks
      .filter((row) => row.submissionId === entry.submissionId)
      .map(({ reportedAt, words }) => ({ at: reportedAt.toISOString(), text: words ?? "" })),
  }));
}

const open = (ids: readonly string[]) => and(inArray(reports.submissionId, [...ids]), isNull(reports.dismissedAt));

function listReasons(ids: readonly string[]) {
  const given = sql<number>`count(*)::int`;
  return db
    .select({ submissionId: reports.submissionId, reasonCode: reports.reasonCode, given })
    .from(reports)
    .where(open(ids))
    .groupBy(reports.submissionId, reports.reasonCode)
    .orderBy(desc(given), asc(reports.reasonCode));
}

function listRemarks(ids: readonly string[]) {
  const place = sql<number>`row_number() over (partition by ${reports.submissionId} order by ${reports.id} desc)`;
  const ranked = db
    .select({
      id: reports.id,
      submissionId: reports.submissionId,
      reportedAt: reports.reportedAt,
      words: reports.words,
      place: place.as("place"),
    })
    .from(reports)
    .where(and(open(ids), isNotNull(reports.words)))
    .as("ranked");
  return db.select().from(ranked).where(sql`${ranked.place} <= ${REMARKS}`).orderBy(desc(ranked.id));
}
