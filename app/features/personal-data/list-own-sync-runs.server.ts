import { and, asc, eq, getTableColumns, gt } from "drizzle-orm";
import { syncRuns } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { inPages } from "~/infra/in-pages";

const PAGE = 500;

const { accountId: _owner, ...ofRun } = getTableColumns(syncRuns);

/** Every walk over the account's list of videos, the first one first. */
export async function* listOwnSyncRuns(accountId: string) {
  const read = (after: string | null) =>
    db
      .select(ofRun)
      .from(syncRuns)
      .where(and(eq(syncRuns.accountId, accountId), after === null ? undefined : gt(syncRuns.id, after)))
      .orderBy(asc(syncRuns.id))
      .limit(PAGE);
  for await (const page of inPages(PAGE, read, ({ id }) => id)) yield* page;
}
