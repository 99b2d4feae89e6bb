import { createHmac, timingSafeEqual } from "node:crypto";

export type SignatureFault = "missing" | "malformed" | "too_old" | "in_the_future" | "wrong";

/** TikTok sends an event again for up to 72 hours, and such a retry may carry the time of the first. */
const RETRIED_FOR_SECONDS = 72 * 3600;

/**
 * What is wrong with `TikTok-Signature: t=<unix s>,s=<hex>` over the raw body, or null when it is TikTok's. Any of
 * `secrets` may have signed (rotation). `toleranceSeconds` is what the two clocks may differ by; an old `t` is no fault
 * while TikTok may still be retrying: who replays one within that time meets the deduplication.
 */
export function checkWebhookSignature(
  rawBody: Uint8Array,
  header: string | undefined,
  options: { secrets: readonly string[]; at: Date; toleranceSeconds: number },
): SignatureFault | null {
  if (!header) return "missing";
  const signed = readHeader(header);
  if (!signed) return "malformed";
  const given = Buffer.from(signed.signature, "hex");
  // Every secret is tried, so that the time it takes does not tell which one fits.
  const fits = options.secrets.map((secret) =>
    timingSafeEqual(createHmac("sha256", secret).update(`${signed.time}.`).update(rawBody).digest(), given),
  );
  if (!fits.includes(true)) return "wrong";
  const age = Math.floor(options.at.getTime() / 1000) - Number(signed.time);
  if (age < -options.toleranceSeconds) return "in_the_future";
  if (age > RETRIED_FOR_SECONDS + options.toleranceSeconds) return "too_old";
  return null;
}

/** Exactly one time and one signature: with two of a kind it would be a matter of taste which one was checked. */
function readHeader(header: string): { time: string; signature: string } | null {
  const parts = header.split(",").map((part) => part.trim());
  const valuesOf = (name: string) =>
    parts.filter((part) => part.startsWith(`${name}=`)).map((part) => part.slice(name.length + 1));
  const [time, ...moreTimes] = valuesOf("t");
  const [signature, ...moreSignatures] = valuesOf("s");
  if (time === undefined || signature === undefined || moreTimes.length + moreSignatures.length > 0) return null;
  return /^[0-9]{1,12}$/.test(time) && /^[0-9a-f]{64}$/i.test(signature) ? { time, signature } : null;
}
