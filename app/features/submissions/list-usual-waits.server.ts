import { sql } from "drizzle-orm";
import { decisions, submissions } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { WAIT_NEEDS_DECISIONS } from "./review-wait";

/** Of a challenge's newest entries as many as this; what it was like weeks ago says little. */
const SAMPLE = 100;

/**
 * Per challenge the usual wait, in seconds: the median from entering to the first decision that its creator read, over
 * the newest entries that have one by `at`. A challenge with fewer than ten of them is left out.
 */
export async function listUsualWaits(challengeIds: readonly string[], at: Date): Promise<Map<string, number>> {
  if (challengeIds.length === 0) return new Map();
  const rows = await db.execute<{ challenge_id: string; median: number }>(sql`
    select challenge.id as challenge_id, percentile_cont(0.5) within group (order by recent.wait) as median
    from unnest(${`{${challengeIds.join()}}`}::uuid[]) as challenge(id)
    cross join lateral (
      select extract(epoch from first.effective_at - ${submissions.submittedAt})::float8 as wait
      from ${submissions}
      cross join lateral (
        select ${decisions.effectiveAt} from ${decisions}
        where ${decisions.submissionId} = ${submissions.id} and ${decisions.actorKind} = 'moderator'
          and ${decisions.toState} in ('approved', 'rejected', 'changes_requested')
          and ${decisions.undoOf} is null and ${decisions.effectiveAt} <= ${sql.param(at, decisions.effectiveAt)}
          and not exists (select from ${decisions} undo where undo.undo_of = ${decisions.id})
        order by ${decisions.sequence} limit 1
      ) first
      where ${submissions.challengeId} = challenge.id and ${submissions.version} > 1
      order by ${submissions.id} desc limit ${SAMPLE}
    ) recent
    group by challenge.id
    having count(*) >= ${WAIT_NEEDS_DECISIONS}`);
  return new Map(rows.map(({ challenge_id, median }) => [challenge_id, median]));
}
