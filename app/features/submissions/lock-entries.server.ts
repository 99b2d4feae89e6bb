import { sql } from "drizzle-orm";
import type { Transaction } from "~/infra/db.server";

/**
 * Until the transaction ends nobody else makes an entry of this creator live in this challenge: the entry limit is a
 * count. To be taken before a submission is locked.
 */
export async function lockEntries(tx: Transaction, challengeId: string, creatorId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${challengeId}:${creatorId}`}, 0))`);
}
