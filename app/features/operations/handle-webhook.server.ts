import { and, eq, isNotNull, lt } from "drizzle-orm";
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

/** TikTok repeats an event for 72 hours; what is older than this is of no use to the deduplication or to anybody. */
const KEEP_MS = 30 * 24 * 3600_000;

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
    await tx.update(tiktokWebhooks).set({ handledAt: at, outcome }).where(eq(tiktokWebhooks.id, webhookId));
    log.info({ event: webhook.event, outcome }, "a webhook was worked off");
  });
  await db
    .delete(tiktokWebhooks)
    .where(and(isNotNull(tiktokWebhooks.handledAt), lt(tiktokWebhooks.receivedAt, new Date(at.getTime() - KEEP_MS))));
}

/** The person, or TikTok, took access away: the tokens are dead already, so nobody is asked; what is under way ends. */
async function removeLink(tx: Transaction, { openId, sentAt, content }: StoredWebhook, at: Date) {
  const [account] = await tx
    .select({ id: tiktokAccounts.id })
    .from(tiktokAccounts)
    .where(eq(tiktokAccounts.openId, openId ?? ""));
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
