import { sql } from "drizzle-orm";
import { challenges, decisions, submissions } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import type { Figures } from "./figures";

/** What a row is about: one of them is set, or none, for all together. */
export interface FiguresRow extends Figures {
  challengeId: string | null;
  moderatorId: string | null;
  /** In UTC. */
  day: string | null;
}

type Raw = Omit<Figures, "changesRequested" | "takenOut"> & {
  challenge_id: string | null;
  actor_id: string | null;
  day: string | null;
  changes_requested: number;
  taken_out: number;
};

/**
 * Figures of what moderators decided from `from` on, as they stand at `at`: of all together, of each challenge, of each
 * moderator and of each day. One statement; it reads the decisions of the period by their index and looks up what
 * belongs to each.
 */
export async function listFigures(options: { challenge?: string; from: Date; at: Date }): Promise<FiguresRow[]> {
  const moment = (at: Date) => sql`${sql.param(at, decisions.decidedAt)}::timestamptz`;
  const { challenge, from, at } = options;
  const rows = await db.execute<Raw>(sql`
    with made as materialized (
      select ${submissions.challengeId} as challenge_id, ${decisions.actorId} as actor_id, ${decisions.toState} as to_state,
        to_char(${decisions.decidedAt} at time zone 'UTC', 'YYYY-MM-DD') as day,
        undo.undone, not undo.undone and ${decisions.effectiveAt} <= ${moment(at)} as counts,
        extract(epoch from ${decisions.decidedAt} - handed_in.at)::float8 as wait,
        ${decisions.toState} in ('rejected', 'disqualified') and exists (
          select from ${decisions} as turn
          where turn.submission_id = ${decisions.submissionId} and turn.sequence > ${decisions.sequence}
            and turn.from_state in ('rejected', 'disqualified') and turn.to_state = 'approved'
            and turn.undo_of is null and turn.effective_at <= ${moment(at)}
            and not exists (select from ${decisions} as back where back.undo_of = turn.id)
        ) as overturned
      from ${decisions}
      join ${submissions} on ${submissions.id} = ${decisions.submissionId}
      join ${challenges} on ${challenges.id} = ${submissions.challengeId}
      cross join lateral (
        select exists (select from ${decisions} as back where back.undo_of = ${decisions.id}) as undone
      ) as undo
      left join lateral (
        select entered.decided_at as at from ${decisions} as entered
        where entered.submission_id = ${decisions.submissionId} and entered.sequence < ${decisions.sequence}
          and entered.actor_kind = 'creator'
        order by entered.sequence desc limit 1
      ) as handed_in on ${decisions.fromState} in ('pending', 'flagged')
        and ${decisions.toState} in ('approved', 'rejected', 'changes_requested')
      where ${decisions.actorKind} = 'moderator' and ${decisions.undoOf} is null
        and ${decisions.decidedAt} >= ${moment(from)} and ${decisions.decidedAt} <= ${moment(at)}
        ${challenge === undefined ? sql`` : sql`and ${challenges.slug} = ${challenge}`}
    )
    select challenge_id, actor_id, day,
      count(*) filter (where counts)::int as decided,
      count(*) filter (where counts and to_state = 'approved')::int as approved,
      count(*) filter (where counts and to_state = 'rejected')::int as rejected,
      count(*) filter (where counts and to_state = 'changes_requested')::int as changes_requested,
      count(*) filter (where counts and to_state = 'flagged')::int as flagged,
      count(*) filter (where counts and to_state in ('disqualified', 'removed'))::int as taken_out,
      count(*) filter (where undone)::int as undone,
      count(*) filter (where counts and overturned)::int as overturned,
      percentile_cont(0.5) within group (order by wait) filter (where counts) as median,
      percentile_cont(0.9) within group (order by wait) filter (where counts) as p90
    from made
    group by grouping sets ((), (challenge_id), (actor_id), (day))`);
  return rows.map(({ challenge_id, actor_id, day, changes_requested, taken_out, ...figures }) => ({
    ...figures,
    challengeId: challenge_id,
    moderatorId: actor_id,
    day,
    changesRequested: changes_requested,
    takenOut: taken_out,
  }));
}
