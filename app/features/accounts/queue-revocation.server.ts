import { tiktokRevocations } from "#drizzle/schema";
import type { Transaction } from "~/infra/db.server";
import { sendJob } from "~/infra/jobs.server";
import { retention } from "./retention";
import { revocationQueue } from "./revoke-grants.server";
import { openIdHashOf, type SealedPair } from "./store-credential.server";

/** How long TikTok is asked to end a grant; then its tokens are deleted here and TikTok's own settings remain. */
const REVOKE_FOR_MS = retention.revocationDays * 24 * 3600_000;

/**
 * Keeps a pair that has left its account for the one thing it is still needed for, and has it revoked at TikTok. It stays
 * sealed as it was, so that a key provider that is out of reach does not stand in the way either. The account may go after.
 */
export async function queueRevocation(tx: Transaction, accountId: string, pair: SealedPair, at: Date): Promise<void> {
  const openIdHash = openIdHashOf(accountId);
  const values = { ...pair, openIdHash, attempts: 0, nextTryAt: at, giveUpAt: new Date(at.getTime() + REVOKE_FOR_MS) };
  await tx
    .insert(tiktokRevocations)
    .values({ accountId, ...values })
    .onConflictDoUpdate({ target: tiktokRevocations.accountId, set: values });
  await sendJob(tx, revocationQueue, {});
}
