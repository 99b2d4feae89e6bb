import { and, eq, lte } from "drizzle-orm";
import type { Job } from "pg-boss";
import { tiktokRevocations } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import type { JobQueue } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { OAuthRefusal, refreshTokens, revokeGrant } from "~/infra/tiktok/oauth.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { VaultError, vault } from "~/infra/vault.server";
import { preparePair, tokenContext } from "./store-credential.server";

const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 3600_000;
/** Tried in one run; what is left is due at the next, a minute later. */
const BATCH = 50;

/** Sent when somebody disconnects, and every minute for what TikTok did not answer. */
export const revocationQueue: JobQueue<object> = {
  name: "revoke-grants",
  concurrency: 1,
  retryLimit: 2,
  expireInSeconds: 300,
  onePerKey: false,
  schedule: "* * * * *",
  handle: revokeGrants,
  onDead: async () => log.error("grants could not be revoked; the next minute tries again"),
  // The next minute takes whatever is due anyway.
  revive: () => Promise.resolve(),
};

type Revocation = typeof tiktokRevocations.$inferSelect;

/**
 * Tells TikTok of every link that was ended here. TikTok's yes, or that it knows the token no more, ends it; everything
 * else is tried again, ever more rarely, until its time is over. Either way the tokens are deleted.
 */
async function revokeGrants({ signal }: Job<object>): Promise<void> {
  for (const revocation of await takeDue()) {
    // What was taken and not tried is due again in a minute or more.
    if (signal.aborted) return;
    const { accountId } = revocation;
    try {
      await revokeAtTikTok(revocation);
      await finish(revocation, "grant.revoked");
    } catch (error) {
      if (!(error instanceof TikTokError || error instanceof OAuthRefusal || error instanceof VaultError)) throw error;
      if (error instanceof OAuthRefusal && error.code === "invalid_grant") {
        await finish(revocation, "grant.revoked", "TikTok knew it no more");
      } else if (revocation.giveUpAt <= now()) {
        log.error({ accountId, err: error }, "TikTok could not be told of a disconnect; the tokens are deleted now");
        await finish(revocation, "grant.revocation_given_up");
      } else {
        log.warn({ accountId, attempts: revocation.attempts, err: error }, "TikTok could not be told of a disconnect");
      }
    }
  }
}

/** Each for one process alone: whoever moves its next try on has it. */
async function takeDue(): Promise<Revocation[]> {
  const at = now();
  const due = await db
    .select()
    .from(tiktokRevocations)
    .where(lte(tiktokRevocations.nextTryAt, at))
    .orderBy(tiktokRevocations.nextTryAt)
    .limit(BATCH);
  const taken = due.map(async ({ accountId, attempts }) => {
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** attempts, LONGEST_WAIT_MS);
    const [mine] = await db
      .update(tiktokRevocations)
      .set({ attempts: attempts + 1, nextTryAt: new Date(at.getTime() + waitMs) })
      .where(isThis({ accountId, attempts }))
      .returning();
    return mine ?? [];
  });
  return (await Promise.all(taken)).flat();
}

/** TikTok takes a live access token only, so one that has run out is renewed for this first. */
async function revokeAtTikTok(revocation: Revocation): Promise<void> {
  const { accountId } = revocation;
  if (revocation.accessExpiresAt > now()) {
    return revokeGrant(await vault.open(revocation.accessTokenSealed, tokenContext(accountId, "access")));
  }
  const refreshToken = await vault.open(revocation.refreshTokenSealed, tokenContext(accountId, "refresh"));
  const seal = await preparePair(accountId);
  const tokens = await refreshTokens(refreshToken);
  // Stored before it is used, as every pair; and not used if they have come back meanwhile.
  const kept = await db
    .update(tiktokRevocations)
    .set(seal(tokens))
    .where(isThis(revocation))
    .returning({ accountId: tiktokRevocations.accountId });
  if (kept.length === 1) await revokeGrant(tokens.accessToken);
}

/** Deletes the tokens. Not those of a later disconnect, which counts its tries from the start. */
async function finish({ accountId, attempts }: Revocation, action: string, reason?: string): Promise<void> {
  await db.transaction(async (tx) => {
    const gone = await tx
      .delete(tiktokRevocations)
      .where(isThis({ accountId, attempts }))
      .returning({ accountId: tiktokRevocations.accountId });
    if (gone.length === 0) return;
    const target = { kind: "tiktok_account", id: accountId };
    await audit(tx, { at: now(), actor: { kind: "system" }, action, target, reason });
  });
}

const isThis = ({ accountId, attempts }: Pick<Revocation, "accountId" | "attempts">) =>
  and(eq(tiktokRevocations.accountId, accountId), eq(tiktokRevocations.attempts, attempts));
