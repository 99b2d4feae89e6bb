import { and, desc, eq, gte, max } from "drizzle-orm";
import { auditLog, tiktokWebhooks } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { isLoopback } from "~/infra/environment";
import { readQuotas } from "~/infra/tiktok/read-quotas.server";
import { countGrants } from "./count-grants.server";
import type { Provider, TikTokStanding } from "./tiktok-standing";

const TIKTOK = "open.tiktokapis.com";
/** A refusal that is older says little about the app that is set today. */
const SANDBOX_SEEN_MS = 7 * 24 * 3600_000;

/** What an admin sees of how we stand with TikTok: settings and what is in the database. TikTok is not asked. */
export async function showTikTok(at: Date): Promise<TikTokStanding> {
  const [provider, grants, quotas, [webhook]] = await Promise.all([
    findProvider(at),
    countGrants(),
    readQuotas(),
    db.select({ lastAt: max(tiktokWebhooks.receivedAt) }).from(tiktokWebhooks),
  ]);
  return {
    provider,
    redirectUri: `${env.APP_ORIGIN}/auth/tiktok/callback`,
    webhook: { url: `${env.APP_ORIGIN}/webhooks/tiktok`, lastAt: webhook?.lastAt?.toISOString() ?? null },
    lookupPath: env.TIKTOK_VIDEO_LOOKUP_PATH,
    grants,
    quotas: quotas.map(({ pausedMs, ...quota }) => ({
      ...quota,
      // The limiter goes by the database's clock, the page by the product's.
      pausedUntil: pausedMs === 0 ? null : new Date(at.getTime() + pausedMs).toISOString(),
    })),
  };
}

async function findProvider(at: Date): Promise<Provider> {
  const { host } = new URL(env.TIKTOK_DISPLAY_API_BASE_URL);
  if (isLoopback(env.TIKTOK_DISPLAY_API_BASE_URL)) return { mode: "simulator", host };
  if (host !== TIKTOK) return { mode: "elsewhere", host };
  const isOfLate = gte(auditLog.at, new Date(at.getTime() - SANDBOX_SEEN_MS));
  const [refusal] = await db
    .select({ seenAt: auditLog.at })
    .from(auditLog)
    .where(and(eq(auditLog.action, "sign_in.refused"), eq(auditLog.reason, "not_a_test_user"), isOfLate))
    .orderBy(desc(auditLog.at))
    .limit(1);
  return refusal ? { mode: "sandbox", host, seenAt: refusal.seenAt.toISOString() } : { mode: "tiktok", host };
}
