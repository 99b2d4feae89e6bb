import { createHash } from "node:crypto";
import { tiktokWebhooks } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { newId } from "~/infra/ids.server";
import { sendJob } from "~/infra/jobs.server";
import { checkWebhookSignature, type SignatureFault } from "~/infra/tiktok/check-webhook-signature.server";
import { webhookQueue } from "./handle-webhook.server";
import { type Webhook, webhookSchema } from "./webhook";

/**
 * Takes a webhook in: checked on its raw bytes before anything in it is read, stored once however often it comes, with a
 * job for the work. Null when it is in safe hands; else why it is not TikTok's, and then nothing was stored.
 */
export async function receiveWebhook(
  rawBody: Buffer,
  signature: string | undefined,
): Promise<SignatureFault | "another_app" | null> {
  const at = now();
  const fault = checkWebhookSignature(rawBody, signature, {
    secrets: env.TIKTOK_WEBHOOK_SECRET,
    at,
    toleranceSeconds: env.TIKTOK_WEBHOOK_TOLERANCE_SECONDS,
  });
  if (fault) return fault;
  const webhook = read(rawBody);
  if (webhook && webhook.client_key !== env.TIKTOK_CLIENT_KEY) return "another_app";
  await db.transaction(async (tx) => {
    const [stored] = await tx
      .insert(tiktokWebhooks)
      .values({ id: newId(), receivedAt: at, ...(webhook ? kept(webhook) : unreadable(rawBody, at)) })
      .onConflictDoNothing({ target: tiktokWebhooks.eventHash })
      .returning({ id: tiktokWebhooks.id });
    if (stored && webhook) await sendJob(tx, webhookQueue, { webhookId: stored.id });
  });
  return null;
}

function read(rawBody: Buffer): Webhook | null {
  try {
    return webhookSchema.parse(JSON.parse(rawBody.toString("utf8")));
  } catch {
    return null;
  }
}

/** TikTok's events have no id: two that say the same are one. Told by what they say, not by how it is spelt. */
function kept({ client_key, event, create_time, user_openid, content }: Webhook) {
  const told = JSON.stringify([client_key, event, create_time, user_openid ?? null, content]);
  return {
    eventHash: createHash("sha256").update(told).digest(),
    event: storable(event),
    openId: user_openid === undefined ? null : storable(user_openid),
    sentAt: new Date(create_time * 1000),
    content: storable(content),
  };
}

/** TikTok signed it, so it would send it for three days if it were refused. */
function unreadable(rawBody: Buffer, at: Date) {
  const eventHash = createHash("sha256").update(rawBody).digest();
  return { eventHash, event: "", openId: null, sentAt: at, content: "", handledAt: at, outcome: "unreadable" as const };
}

/** PostgreSQL's text holds no NUL. */
const storable = (text: string) => text.replaceAll("\u0000", "").toWellFormed();
