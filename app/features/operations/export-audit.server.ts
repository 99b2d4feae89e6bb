import type { Viewer } from "~/features/accounts/account";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { csvLine } from "~/infra/csv";
import { db } from "~/infra/db.server";
import { inPages } from "~/infra/in-pages";
import { type AuditLine, type AuditQuery, listAuditLines } from "~/infra/list-audit-lines.server";
import { streamText } from "~/infra/stream-text.server";
import type { AuditFilter } from "./audit-filter";
import { findAuditQuery } from "./find-audit-query.server";

const PAGE = 1_000;
const PAGES = 50;

const columns = {
  at: (line) => line.at.toISOString(),
  actor_kind: (line) => line.actorKind,
  actor_id: (line) => line.actorId ?? "",
  action: (line) => line.action,
  target_kind: (line) => line.targetKind,
  target_id: (line) => line.targetId,
  before: (line) => jsonOf(line.before),
  after: (line) => jsonOf(line.after),
  reason: (line) => line.reason ?? "",
  request_id: (line) => line.requestId ?? "",
} satisfies Record<string, (line: AuditLine) => string>;

/**
 * The lines of a filter as CSV, newest first, 50,000 at most; read from the database while it is sent. People are in it as
 * ids only: a file outlives what somebody deletes here. That it was made, and of what, is a line of the log itself.
 */
export async function exportAudit(
  filter: AuditFilter,
  admin: Viewer,
  requestId: string,
): Promise<ReadableStream<Uint8Array>> {
  const query = await findAuditQuery(filter);
  const actor = { kind: "user", id: admin.userId } as const;
  const target = { kind: "audit_log", id: "audit_log" };
  // By ids: the name that was asked for must go when its person does.
  const after = { found: query !== null, ...query, by: query?.by?.actorIds };
  await audit(db, { at: now(), actor, action: "audit.exported", target, after, requestId });
  return streamText(writeLines(query));
}

async function* writeLines(query: AuditQuery | null): AsyncGenerator<string> {
  yield csvLine(Object.keys(columns));
  if (!query) return;
  let left = PAGES;
  const read = (before: string | null) => listAuditLines(query, { before, limit: PAGE });
  for await (const page of inPages(PAGE, read, ({ id }) => id)) {
    yield page.map((line) => csvLine(Object.values(columns).map((column) => column(line)))).join("");
    left -= 1;
    if (left === 0) return;
  }
}

const jsonOf = (recorded: unknown) => (recorded === null ? "" : JSON.stringify(recorded));
