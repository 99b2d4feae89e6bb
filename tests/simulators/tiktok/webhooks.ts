import { createHmac } from "node:crypto";
import type { WebhookDelivery } from "./control-answers";
import type { CommandOrder } from "./control-protocol";
import type { World } from "./world";

/** TikTok: `t=<unix s>,s=<hex HMAC-SHA256 of t + "." + raw body>`, keyed with the client secret. */
function webhookSignature(rawBody: string, secret: string, seconds: number): string {
  return `t=${seconds},s=${createHmac("sha256", secret).update(`${seconds}.${rawBody}`).digest("hex")}`;
}

/** Posts an event to the app, once or several times at once. A repeat carries the same body and signature. */
export function sendWebhook(world: World, order: CommandOrder<"webhooks/send">): Promise<WebhookDelivery[]> {
  const nowSeconds = Math.floor(world.now() / 1000);
  const rawBody =
    order.rawBody ??
    JSON.stringify({
      client_key: world.app.clientKey,
      event: order.event,
      create_time: order.createTime ?? nowSeconds,
      ...(order.openId === undefined ? {} : { user_openid: order.openId }),
      // TikTok: JSON inside a string.
      content: JSON.stringify(order.content ?? {}),
    });
  const right = webhookSignature(rawBody, order.secret ?? world.app.clientSecret, order.signedAt ?? nowSeconds);
  const signature = order.signature === undefined ? right : order.signature;
  const url = order.url ?? new URL("/webhooks/tiktok", world.app.redirectUris[0]).toString();
  return Promise.all(Array.from({ length: order.times }, () => deliver(url, rawBody, signature)));
}

async function deliver(url: string, body: string, signature: string | null): Promise<WebhookDelivery> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "TikTok-Simulator",
        ...(signature === null ? {} : { "TikTok-Signature": signature }),
      },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return { status: response.status };
  } catch {
    return { status: null };
  }
}
