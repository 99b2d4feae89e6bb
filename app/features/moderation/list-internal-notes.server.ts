import { and, eq, isNotNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { decisions, entryNotes, holds, tiktokAccounts } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import type { InternalNote } from "./entry-context";

const releaser = alias(tiktokAccounts, "releaser");

/** What moderators wrote about an entry for each other, by itself or with an act, oldest first. For moderators alone. */
export async function listInternalNotes(submissionId: string): Promise<InternalNote[]> {
  const [notes, decided, held] = await Promise.all([
    db
      .select({ row: entryNotes, name: tiktokAccounts.displayName })
      .from(entryNotes)
      .leftJoin(tiktokAccounts, eq(tiktokAccounts.userId, entryNotes.authorId))
      .where(eq(entryNotes.submissionId, submissionId)),
    db
      .select({ row: decisions, name: tiktokAccounts.displayName })
      .from(decisions)
      .leftJoin(tiktokAccounts, eq(tiktokAccounts.userId, decisions.actorId))
      .where(and(eq(decisions.submissionId, submissionId), isNotNull(decisions.note))),
    db
      .select({ row: holds, name: tiktokAccounts.displayName, releaserName: releaser.displayName })
      .from(holds)
      .leftJoin(tiktokAccounts, eq(tiktokAccounts.userId, holds.heldBy))
      .leftJoin(releaser, eq(releaser.userId, holds.releasedBy))
      .where(eq(holds.submissionId, submissionId)),
  ]);
  return [
    ...notes.map(({ row, name }) => note(row.id, row.writtenAt, row.authorId, name, null, row.words)),
    ...decided.map(({ row, name }) => note(row.id, row.decidedAt, row.actorId, name, "decision", row.note)),
    ...held.map(({ row, name }) => note(row.id, row.heldAt, row.heldBy, name, "hold", row.note)),
    ...held.map(({ row, releaserName }) =>
      note(`${row.id}-released`, row.releasedAt, row.releasedBy, releaserName, "release", row.releaseNote),
    ),
  ]
    .flatMap((one) => one ?? [])
    .sort((a, b) => a.at.localeCompare(b.at));
}

function note(
  id: string,
  at: Date | null,
  authorId: string | null,
  name: string | null,
  act: InternalNote["with"],
  words: string | null,
): InternalNote | null {
  if (!at || words === null) return null;
  const by = authorId === null ? "the system" : (name ?? "a former moderator");
  return { id, at: at.toISOString(), by, with: act, words };
}
