import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { canonicalContext, type KeyProvider, type SealingContext } from "./key-provider";
import { IV_BYTES, TAG_BYTES } from "./sealed-record";
import { VaultError } from "./vault-error";

/**
 * Wraps data keys under an explicitly supplied 32-byte key; former keys only open. A key's id is a fingerprint, so a
 * record names the key that it needs without giving anything of it away.
 */
export function createLocalKeys(current: Uint8Array | null, former: readonly Uint8Array[]): KeyProvider {
  const wrappingKeys = new Map(
    [...(current ? [current] : []), ...former].map((key) => [keyIdOf(key), wrappingKeyOf(key)]),
  );
  const currentId = current ? keyIdOf(current) : null;
  return {
    async generate(context) {
      const wrappingKey = currentId === null ? undefined : wrappingKeys.get(currentId);
      if (currentId === null || !wrappingKey) throw new VaultError("configuration", "no_local_key");
      const key = randomBytes(32);
      return { key, wrapped: wrap(wrappingKey, key, context), keyId: currentId };
    },
    async unwrap(wrapped, keyId, context) {
      const wrappingKey = wrappingKeys.get(keyId);
      if (!wrappingKey) throw new VaultError("configuration", "unknown_local_key");
      return unwrap(wrappingKey, wrapped, context);
    },
  };
}

function keyIdOf(key: Uint8Array): string {
  return `local:${createHash("sha256").update("trendpot key id v1").update(key).digest("hex").slice(0, 32)}`;
}

/** The supplied key is not used bare, so that a later use of it can never meet this one. */
function wrappingKeyOf(key: Uint8Array): Buffer {
  return Buffer.from(hkdfSync("sha256", key, Buffer.alloc(0), "trendpot data key wrapping v1", 32));
}

function wrap(wrappingKey: Buffer, key: Buffer, context: SealingContext): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", wrappingKey, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(canonicalContext(context));
  const wrapped = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), wrapped]);
}

function unwrap(wrappingKey: Buffer, wrapped: Uint8Array, context: SealingContext): Buffer {
  if (wrapped.length !== IV_BYTES + TAG_BYTES + 32) throw new VaultError("corrupt", "wrapped_key_length");
  const iv = wrapped.subarray(0, IV_BYTES);
  // Without an explicit length Node accepts tags of 4 bytes.
  const decipher = createDecipheriv("aes-256-gcm", wrappingKey, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(canonicalContext(context));
  decipher.setAuthTag(wrapped.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw new VaultError("corrupt", "wrapped_key");
  }
}
