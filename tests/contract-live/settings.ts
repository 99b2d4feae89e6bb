import { randomBytes } from "node:crypto";
import type { Env } from "~/infra/environment";

/**
 * The product's own settings, under their names and defaults; what is wrong is listed and the process exits 78. Nobody
 * who only has TikTok's keys needs a database or a key to seal with: none is used, so a throw-away one stands in.
 */
export async function readSettings(): Promise<Env> {
  for (const name of ["NODE_ENV", "DATABASE_URL", "TIKTOK_TOKEN_ENC_KEY_ID", "TIKTOK_TOKEN_ENC_OLD_KEYS"]) {
    delete process.env[name];
  }
  process.env.TIKTOK_TOKEN_ENC_PROVIDER = "local";
  process.env.TIKTOK_TOKEN_ENC_KEY = randomBytes(32).toString("base64");
  const { env } = await import("~/infra/env.server");
  return env;
}
