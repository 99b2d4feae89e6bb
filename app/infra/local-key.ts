const KEY_BYTES = 32;
/** How the bytes of a secret may be written; Node's base64 also takes the URL-safe one, and no padding. */
const encodings = ["utf8", "base64", "hex"] as const;

/**
 * Reads a local 32-byte key from base64. Returns the key, or the sentence that says what is wrong with it (never its
 * value). `secrets`: values it must not be equal to, as text or as bytes, in whatever form they are written.
 */
export function readLocalKey(base64: string, secrets: readonly string[]): { key: Uint8Array } | { problem: string } {
  const key = Buffer.from(base64, "base64");
  const padded = key.toString("base64");
  if (key.length !== KEY_BYTES || (base64 !== padded && base64 !== padded.replace(/=+$/, ""))) {
    return { problem: "must be base64 of exactly 32 random bytes (openssl rand -base64 32)" };
  }
  if (isWeak(key)) return { problem: "is not random; make one with openssl rand -base64 32" };
  const same = secrets.some((secret) => encodings.some((encoding) => Buffer.from(secret, encoding).equals(key)));
  if (same) return { problem: "must not be equal to another secret" };
  return { key };
}

/** 32 random bytes have fewer than 16 distinct values, or are all printable, less than once in a billion keys. */
function isWeak(key: Uint8Array): boolean {
  return new Set(key).size < 16 || key.every((byte) => byte >= 0x20 && byte < 0x7f);
}
