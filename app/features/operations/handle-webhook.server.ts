import { eq } from "drizzle-orm";
import type { Job } from "pg-boss";
import { tiktokAccounts, tiktokWebhooks } from "#drizzle/schema";
import { endLink } from "~/features/accounts/end-link.server";
import { endSyncs } from "~/features/videos/end-syncs.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { type JobQueue, sendJob } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { removalReason, type WebhookOutcome } from "./webhook";

interface WebhookJob {
  webhookId: string;
}

export const webhookQueue: JobQueue<WebhookJob> = {
  name: "handle-webhook",
  concurrency: 2,
  retryLimit: 10,
  expireInSeconds: 60,
  onePerKey: false,
  handle: handleWebhook,
  onDead: async ({ webhookId }) => log.error({ webhookId }, "a webhook could not be worked off"),
  revive: (tx, data) => sendJob(tx, webhookQueue, data),
};

type StoredWebhook = typeof tiktokWebhooks.$inferSelect;

/** Works a stored event off, once: its effect and its outcome are one transaction. */
async function handleWebhook({ data: { webhookId } }: Job<WebhookJob>): Promise<void> {
  const at = now();
  await db.transaction(async (tx) => {
    const [webhook] = await tx.select().from(tiktokWebhooks).where(eq(tiktokWebhooks.id, webhookId)).for("update");
    if (!webhook || webhook.handledAt) return;
    const outcome = webhook.event === "authorization.removed" ? await removeLink(tx, webhook, at) : "unknown_event";
    // Of somebody who is not here, or not any more, no name is kept.
    const known = webhook.openId !== null && (await findAccount(tx, webhook.openId));
    const named = known ? {} : { openId: null, content: "" };
    await tx
      .update(tiktokWebhooks)
      .set({ handledAt: at, outcome, ...named })
      .where(eq(tiktokWebhooks.id, webhookId));
    log.info({ event: webhook.event, outcome }, "a webhook was worked off");
  });
}

async function findAccount(tx: Transaction, openId: string) {
  const [account] = await tx
    .select({ id: tiktokAccounts.id })
    .from(tiktokAccounts)
    .where(eq(tiktokAccounts.openId, openId));
  return account;
}

/** The person, or TikTok, took access away: the tokens are dead already, so nobody is asked; what is under way ends. */
async function removeLink(tx: Transaction, { openId, sentAt, content }: StoredWebhook, at: Date) {
  const account = await findAccount(tx, openId ?? "");
  if (!account) return "unknown_account" satisfies WebhookOutcome;
  // TikTok tells the second only: a link of that very second counts as the one that was removed.
  const endOfThatSecond = new Date(sentAt.getTime() + 999);
  const { outcome } = await endLink(tx, account.id, {
    health: "revoked",
    revokedReason: removalReason(content),
    at,
    actor: { kind: "system" },
    unlessConnectedAfter: endOfThatSecond,
  });
  if (outcome !== "ended") return outcome satisfies WebhookOutcome;
  await endSyncs(tx, account.id, "link_revoked", at);
  return "applied" satisfies WebhookOutcome;
}
