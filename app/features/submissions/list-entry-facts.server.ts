import { desc, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { decisions, submissions, tiktokAccounts, users, videos } from "#drizzle/schema";
import type { Database, Transaction } from "~/infra/db.server";
import { type EntryFacts, REFUSED_DAYS } from "./review-rule";
import { type DecisionState, eligibilitySchema } from "./submission";

/** Since when an entry waits for a decision: since it was last handed in. */
export const waitsSince = sql<Date>`coalesce(${submissions.resubmittedAt}, ${submissions.submittedAt})`;

const other = alias(submissions, "other");

/**
 * What rules look at, for entries whose video there still is, the newest first. `asOf`: when the creator's account and
 * earlier entries are looked at; without it, when each entry was handed in. Of decisions only what had taken effect then.
 */
export async function listEntryFacts(
  from: Database | Transaction,
  { where, asOf, limit }: { where: SQL | undefined; asOf?: Date; limit: number },
): Promise<(EntryFacts & { state: DecisionState; version: number })[]> {
  const moment = asOf ? sql`${sql.param(asOf, submissions.submittedAt)}::timestamptz` : waitsSince;
  const rows = await from
    .select({
      submissionId: submissions.id,
      state: submissions.state,
      version: submissions.version,
      eligibility: submissions.eligibility,
      caption: videos.caption,
      durationSeconds: videos.durationSeconds,
      isAigc: videos.isAigc,
      linkedDays: sql<number>`greatest(0, floor(extract(epoch from ${moment} - ${tiktokAccounts.connectedAt}) / 86400))::int`,
      earlier: earlierEntries(moment),
      ofStaff: sql<boolean>`${users.role} <> 'creator'`,
    })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(tiktokAccounts, eq(tiktokAccounts.id, videos.accountId))
    .innerJoin(users, eq(users.id, submissions.creatorId))
    .where(where)
    .orderBy(desc(submissions.id))
    .limit(limit);
  return rows.map(({ eligibility, earlier, ...facts }) => ({
    ...facts,
    approvedBefore: earlier.approved,
    refusedBefore: earlier.refused,
    passesEveryRule: eligibilitySchema.parse(eligibility).every(({ outcome }) => outcome === "pass"),
  }));
}

/** How the creator's other entries stood for everybody at a moment: the last decision of each that counted by then. */
function earlierEntries(moment: SQLWrapper) {
  return sql<{ approved: number; refused: number }>`(
    select json_build_object(
      'approved', count(*) filter (where last.to_state = 'approved'),
      'refused', count(*) filter (where last.to_state in ('rejected', 'disqualified', 'removed')
        and last.actor_kind = 'moderator' and last.effective_at > ${moment} - ${REFUSED_DAYS} * interval '1 day'))
    from ${submissions} as ${other}
    cross join lateral (
      select ${decisions.toState}, ${decisions.actorKind}, ${decisions.effectiveAt} from ${decisions}
      where ${decisions.submissionId} = ${other.id} and ${decisions.effectiveAt} <= ${moment}
      order by ${decisions.sequence} desc limit 1
    ) as last
    where ${other.creatorId} = ${submissions.creatorId} and ${other.id} <> ${submissions.id})`;
}
