import { inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { challenges, tiktokAccounts } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { type AuditLine, listAuditLines } from "~/infra/list-audit-lines.server";
import { type AuditEntry, type AuditFilter, changesOf } from "./audit-filter";
import { findAuditQuery } from "./find-audit-query.server";

const PAGE = 50;

/** One page of the audit log, newest first, with names as they are now. `before`: the line that ended the page before. */
export async function searchAudit(
  filter: AuditFilter,
  before: string | null,
): Promise<{ entries: AuditEntry[]; nextBefore: string | null }> {
  const query = await findAuditQuery(filter);
  if (!query) return { entries: [], nextBefore: null };
  const lines = await listAuditLines(query, { before, limit: PAGE + 1 });
  const page = lines.slice(0, PAGE);
  const names = await readNames(page);
  return {
    entries: page.map((line) => ({
      id: line.id,
      at: line.at.toISOString(),
      by: { kind: line.actorKind, id: line.actorId, name: names.get(line.actorId ?? "") ?? null },
      action: line.action,
      target: { kind: line.targetKind, id: line.targetId, name: names.get(line.targetId) ?? null },
      changes: changesOf(line.before, line.after),
      reason: line.reason,
      requestId: line.requestId,
    })),
    nextBefore: lines.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}

/** What the ids of some lines are called: people, by their own id or their account's, and challenges. */
async function readNames(lines: readonly AuditLine[]): Promise<Map<string, string>> {
  const ids = new Set(lines.flatMap(({ actorId, targetId }) => [actorId ?? "", targetId]));
  const known = [...ids].filter((id) => z.uuid().safeParse(id).success);
  const [people, made] = await Promise.all([
    db
      .select({ id: tiktokAccounts.id, userId: tiktokAccounts.userId, name: tiktokAccounts.displayName })
      .from(tiktokAccounts)
      .where(sql`${inArray(tiktokAccounts.id, known)} or ${inArray(tiktokAccounts.userId, known)}`),
    db.select({ id: challenges.id, name: challenges.title }).from(challenges).where(inArray(challenges.id, known)),
  ]);
  return new Map(
    [
      ...people.flatMap(({ id, userId, name }) => [
        { id, name },
        { id: userId, name },
      ]),
      ...made,
    ].map(({ id, name }) => [id, name]),
  );
}
