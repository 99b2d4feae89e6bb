import { createHmac } from "node:crypto";
import { env } from "./env.server";

/**
 * Tells within one UTC day whether two texts are the same, and nothing across days: 32 bytes, keyed, so that whoever has
 * the database alone cannot try all addresses. `purpose` keeps two uses apart.
 */
export function dailyHash(purpose: string, text: string, at: Date): Uint8Array {
  const [secret] = env.SESSION_SECRET;
  if (secret === undefined) throw new Error("SESSION_SECRET is empty");
  const day = at.toISOString().slice(0, 10);
  return createHmac("sha256", secret)
    .update(JSON.stringify([purpose, day, text]))
    .digest();
}
