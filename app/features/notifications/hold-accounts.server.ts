import { inArray } from "drizzle-orm";
import { tiktokAccounts } from "#drizzle/schema";
import type { Transaction } from "~/infra/db.server";

/**
 * Keeps people from deleting their data between here and the commit; waits for nobody who is at it. Returns the accounts
 * that are held: whoever is missing is gone, or about to be.
 */
export async function holdAccounts(tx: Transaction, accountIds: readonly (string | null)[]): Promise<Set<string>> {
  const wanted = [...new Set(accountIds.flatMap((id) => id ?? []))];
  if (wanted.length === 0) return new Set();
  const held = await tx
    .select({ id: tiktokAccounts.id })
    .from(tiktokAccounts)
    .where(inArray(tiktokAccounts.id, wanted))
    .for("key share", { skipLocked: true });
  return new Set(held.map(({ id }) => id));
}
