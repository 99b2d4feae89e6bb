import { sql } from "drizzle-orm";
import { db } from "~/infra/db.server";

/** Every kind of act in the log, from A to Z: one step through the index for each, however many lines there are. */
export async function listAuditActions(): Promise<string[]> {
  const rows = await db.execute<{ action: string }>(sql`
    with recursive kinds as (
      select min(action) as action from audit_log
      union all
      select (select min(action) from audit_log where action > kinds.action) from kinds where kinds.action is not null
    ) select action from kinds where action is not null`);
  return rows.map(({ action }) => action);
}
