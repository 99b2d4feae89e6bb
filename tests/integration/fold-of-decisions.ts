import type postgres from "postgres";

/** Product invariants 1, 2, 3 and 6 of a challenge's submissions, worked out from the rows alone, not by the product. */

interface Row {
  submission: string;
  video: string;
  creator: string;
  state: string;
  version: number;
  appealOpen: boolean;
  sequence: number;
  actorKind: string;
  actor: string | null;
  from: string | null;
  to: string;
  reason: string | null;
  message: string | null;
  undoOf: string | null;
  id: string;
}

/** product.md, section 3: who may take a submission from where to where. Undoing goes back to where it came from. */
const moves: Record<string, string> = {
  "null>pending": "creator",
  "pending>approved": "moderator",
  "pending>rejected": "moderator",
  "pending>changes_requested": "moderator",
  "pending>flagged": "moderator",
  "flagged>approved": "second moderator",
  "flagged>rejected": "second moderator",
  "flagged>changes_requested": "second moderator",
  "changes_requested>pending": "creator",
  "changes_requested>rejected": "system",
  "approved>disqualified": "moderator or system",
  "pending>withdrawn": "creator",
  "flagged>withdrawn": "creator",
  "changes_requested>withdrawn": "creator",
  "approved>withdrawn": "creator",
  "rejected>approved": "another moderator",
  "disqualified>approved": "another moderator",
};
/** What the system does by a rule that helps, or at the review's deadline. */
const systemMoves = ["pending>approved", "pending>flagged"];
const removable = ["pending", "flagged", "changes_requested", "approved", "rejected", "disqualified"];
for (const from of removable) moves[`${from}>removed`] = "moderator";

/** Every way in which the rows break an invariant, in words; empty when all holds. */
export async function brokenInvariants(sql: postgres.Sql, slug: string): Promise<string[]> {
  const rows = await sql<Row[]>`
    select s.id as submission, s.video_id as video, s.creator_id as creator, s.state, s.version,
      s.appeal_open as "appealOpen", d.sequence, d.actor_kind as "actorKind", d.actor_id as actor, d.from_state as "from",
      d.to_state as "to", d.reason_code as reason, d.message, d.undo_of as "undoOf", d.id
    from submissions s join challenges c on c.id = s.challenge_id left join decisions d on d.submission_id = s.id
    where c.slug = ${slug} order by s.id, d.sequence`;
  const histories = Map.groupBy(rows, ({ submission }) => submission);
  const live = [...histories.values()].flatMap(([row]) => (row && isLive(row) ? [row.video] : []));
  const doubled = live.filter((video, at) => live.indexOf(video) !== at);
  return [
    ...doubled.map((video) => `two live submissions of ${video}`),
    ...[...histories.values()].flatMap(brokenHistory),
    ...(await brokenAppeals(sql, slug)),
  ];
}

/** An appeal is answered by somebody else, and an entry says that one is open when it is. */
async function brokenAppeals(sql: postgres.Sql, slug: string): Promise<string[]> {
  const rows = await sql<{ fair: boolean; told: boolean; moved: boolean; id: string }[]>`
    select s.id, a.decided_by is distinct from s.creator_id and (a.decided_by <> d.actor_id) is not false as fair,
      s.appeal_open = (a.id is not null and a.outcome is null) as told,
      (a.outcome = 'upheld') is not true or (u.to_state = 'approved' and u.actor_id = a.decided_by
        and not exists (select from decisions x where x.undo_of = u.id)) as moved
    from submissions s join challenges c on c.id = s.challenge_id left join appeals a on a.submission_id = s.id
    left join decisions d on d.submission_id = s.id and d.sequence = a.decision_sequence
    left join decisions u on u.submission_id = s.id and u.sequence = a.upheld_sequence
    where c.slug = ${slug}`;
  return rows.flatMap(({ id, fair, told, moved }) => [
    ...(fair ? [] : [`the appeal of ${id} was decided by whoever may not`]),
    ...(told ? [] : [`${id} does not say whether an appeal is open`]),
    ...(moved ? [] : [`the appeal of ${id} was upheld, and it is not approved for it`]),
  ]);
}

function isLive({ state, appealOpen }: Row): boolean {
  return !["withdrawn", "removed"].includes(state) && (state !== "rejected" || appealOpen);
}

function brokenHistory(history: Row[]): string[] {
  const broken: string[] = [];
  let state: string | null = null;
  let flaggedBy: string | null = null;
  let refusedBy: string | null = null;
  for (const [index, row] of history.entries()) {
    const complain = (what: string) => broken.push(`${what}: ${row.from} > ${row.to} (decision ${row.sequence})`);
    if (row.sequence !== index + 1) complain("not in sequence");
    if (row.from !== state) complain("does not continue the one before");
    // Whoever made it, or the system for a creator who withdraws without knowing of it.
    const byMaker = row.undoOf !== null && row.actorKind === "moderator";
    const by = row.undoOf ? (byMaker ? "moderator" : "system") : moves[`${row.from}>${row.to}`];
    const bySystem = row.actorKind === "system" && systemMoves.includes(`${row.from}>${row.to}`);
    if (!by?.includes(row.actorKind) && !bySystem) complain(`not a move of a ${row.actorKind}`);
    if (row.actorKind === "creator" && row.actor !== row.creator) complain("another creator's act");
    if (row.actorKind === "moderator" && row.actor === row.creator) complain("decided on their own entry");
    if (by === "second moderator" && row.actor === flaggedBy) complain("the first moderator again");
    if (by === "another moderator" && row.actor === refusedBy) complain("the same moderator");
    if (row.undoOf) {
      const undone = byMaker ? history[index - 1] : history.find(({ id }) => id === row.undoOf);
      const isItsUndo = undone?.id === row.undoOf && undone.from === row.to;
      const byWhoMay = undone?.actor === row.actor || undone?.actorKind === "system";
      if (!isItsUndo || (byMaker && !byWhoMay)) complain("undoes something else");
      const withdrawn = history.slice(index + 1).find(({ undoOf }) => !undoOf)?.to === "withdrawn";
      if (!byMaker && !withdrawn) complain("undone for nobody");
    }
    if (row.to === "flagged" && !row.undoOf) flaggedBy = row.actor;
    if ((row.to === "rejected" || row.to === "disqualified") && !row.undoOf) refusedBy = row.actor;
    state = row.to;
  }
  const last = history.at(-1);
  if (last && (last.state !== state || last.version !== history.length)) {
    broken.push(`${last.state} at version ${last.version}, but its decisions say ${state} at ${history.length}`);
  }
  if (state === "rejected" || state === "disqualified") {
    const why = history.findLast((row) => row.to === state && !row.undoOf);
    if (!why?.reason || !why.message?.trim()) broken.push(`${state} without a reason and a message`);
  }
  return broken;
}

/** Entries that everybody sees in a state before the window of the moderator's decision for it is over. */
export async function seenTooEarly(sql: postgres.Sql, slug: string, at: Date, windowMs: number): Promise<string[]> {
  const rows = await sql<{ id: string; seen: string }[]>`
    with entries as (
      select s.id, case when s.effective_at <= ${at} then s.state else s.effective_state_before end as seen
      from submissions s join challenges c on c.id = s.challenge_id where c.slug = ${slug})
    select id, seen from entries where not exists (
      select from decisions d where d.submission_id = entries.id and d.to_state = entries.seen and d.undo_of is null
        and (d.actor_kind <> 'moderator' or d.decided_at <= ${new Date(at.getTime() - windowMs)})
        and not exists (select from decisions u where u.undo_of = d.id))`;
  return rows.map(({ id, seen }) => `${id} is seen as ${seen} too early`);
}

/**
 * Decisions that took effect and were not told exactly once to the entry's creator, and what was told of others. To be asked
 * once all windows are over and the outbox was emptied. A flag is nobody's news, and what was undone or overtaken inside its
 * window never was seen.
 */
export async function wronglyTold(sql: postgres.Sql, slug: string): Promise<string[]> {
  const rows = await sql<{ id: string; to: string; due: number; told: number; queued: number }[]>`
    with stood as (
      select d.*, s.creator_id as creator from decisions d
      join submissions s on s.id = d.submission_id join challenges c on c.id = s.challenge_id
      where c.slug = ${slug} and d.undo_of is null and not exists (select from decisions u where u.undo_of = d.id))
    select d.id, d.to_state as to,
      (s.id is not null and d.actor_kind <> 'creator' and d.to_state <> 'flagged' and not exists (
        select from stood l where l.submission_id = d.submission_id and l.sequence > d.sequence
          and l.decided_at < d.effective_at))::int as due,
      (select count(*)::int from notifications n where n.decision_id = d.id and n.user_id = e.creator_id) as told,
      (select count(*)::int from decision_effects q where q.decision_id = d.id) as queued
    from decisions d join submissions e on e.id = d.submission_id join challenges c on c.id = e.challenge_id
    left join stood s on s.id = d.id
    where c.slug = ${slug}`;
  return rows.flatMap(({ id, to, due, told, queued }) => [
    ...(told === due ? [] : [`${id} (to ${to}) was told ${told} times, not ${due}`]),
    ...(queued === 0 ? [] : [`the effect of ${id} has not left`]),
  ]);
}
