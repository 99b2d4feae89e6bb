import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { tiktokWebhooks } from "#drizzle/schema";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { bad, type Finding, good } from "./finding";

const CHECK = "webhook";
const EVENT = "trendpot.self_test";
const WAIT_MS = 10_000;

/** Sends this installation's own webhook door an event as TikTok would, from here: once unsigned and once signed. */
export async function checkWebhookDoor(): Promise<Finding> {
  const url = new URL("/webhooks/tiktok", env.APP_ORIGIN);
  const seconds = Math.floor(now().getTime() / 1000);
  const body = JSON.stringify({ client_key: env.TIKTOK_CLIENT_KEY, event: EVENT, create_time: seconds, content: "{}" });
  const mac = createHmac("sha256", env.TIKTOK_WEBHOOK_SECRET[0] ?? "")
    .update(`${seconds}.${body}`)
    .digest("hex");
  const [unsigned, signed] = [
    await post(url, body, {}),
    await post(url, body, { "TikTok-Signature": `t=${seconds},s=${mac}` }),
  ];
  if (unsigned === null || signed === null) {
    return bad(CHECK, `nobody answers at ${url}. Start the web process, and check APP_ORIGIN and the proxy`);
  }
  if (unsigned !== 401)
    return bad(CHECK, `${url} answers ${unsigned} to an unsigned event. Check what the proxy does with it`);
  if (signed === 401) {
    return bad(
      CHECK,
      `${url} refuses our own signature. Give the web process the same TIKTOK_WEBHOOK_SECRET, and let the proxy pass bodies and TikTok-Signature unchanged`,
    );
  }
  if (signed !== 200) return bad(CHECK, `${url} answers ${signed} to a signed event. See the web process's log`);
  await db.delete(tiktokWebhooks).where(eq(tiktokWebhooks.event, EVENT));
  return good(CHECK, `${url} takes signed events and no others`);
}

async function post(url: URL, body: string, headers: Record<string, string>): Promise<number | null> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(WAIT_MS),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}
