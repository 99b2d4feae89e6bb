import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { env } from "./env.server";
import type { KeyProviderSettings } from "./environment";
import { once } from "./once.server";
import { createKeyCache } from "./vault/key-cache.server";
import { canonicalContext, type KeyProvider, type SealingContext } from "./vault/key-provider";
import { createKmsKeys } from "./vault/kms-keys.server";
import { createLocalKeys } from "./vault/local-keys.server";
import {
  COMMITMENT_BYTES,
  decodeRecord,
  encodeHead,
  IV_BYTES,
  type ProviderName,
  type SealedRecord,
  TAG_BYTES,
} from "./vault/sealed-record";
import { VaultError } from "./vault/vault-error";

export { type SealingContext, VaultError };

/**
 * Envelope encryption of TikTok tokens: a new data key per record, wrapped by the key provider under the context of
 * its row. All of it throws VaultError; a clear text exists only in their arguments and results.
 */
export interface Vault {
  seal(plain: string, context: SealingContext): Promise<Uint8Array>;
  /** Asks the provider for a key now; what comes back seals one text with it later and cannot fail for its sake. */
  prepare(context: SealingContext): Promise<(plain: string) => Uint8Array>;
  open(sealed: Uint8Array, context: SealingContext): Promise<string>;
  /** One real round trip. Returns the id of the key that seals now. */
  check(): Promise<string>;
  /** The key that a record needs: a KMS ARN, or the fingerprint of a local key. */
  keyIdOf(sealed: Uint8Array): string;
}

export const vault: Vault = once("vault", () => createVault(env.keys, env.oldLocalKeys));

/** A vault on its own, with its own cache. `formerLocalKeys` only open. */
export function createVault(settings: KeyProviderSettings, formerLocalKeys: readonly Uint8Array[]): Vault {
  const providers: Partial<Record<ProviderName, KeyProvider>> = {
    local: createLocalKeys(settings.provider === "local" ? settings.key : null, formerLocalKeys),
    // While moving from KMS to a local key its records still need it.
    ...(settings.provider === "kms" || settings.region
      ? { kms: createKmsKeys(settings.provider === "kms" ? settings.keyId : "", settings.region ?? "") }
      : {}),
  };
  const keys = createKeyCache(async (record, context) => {
    const provider = providers[record.provider];
    if (!provider) throw new VaultError("configuration", `${record.provider}_not_configured`);
    return commit(await provider.unwrap(record.wrappedKey, record.keyId, context), record);
  });

  async function prepare(context: SealingContext): Promise<(plain: string) => Uint8Array> {
    const provider = providers[settings.provider];
    if (!provider) throw new VaultError("configuration", `${settings.provider}_not_configured`);
    const { key, wrapped, keyId } = await provider.generate(context);
    const { encryptionKey, commitment } = derive(key);
    key.fill(0);
    const header = Buffer.concat([encodeHead(settings.provider, keyId, wrapped), commitment]);
    return (plain) => encrypt(plain, encryptionKey, header, context);
  }

  function encrypt(plain: string, encryptionKey: Buffer, header: Buffer, context: SealingContext): Uint8Array {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("aes-256-gcm", encryptionKey, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.concat([header, canonicalContext(context)]));
    const ciphertext = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
    encryptionKey.fill(0);
    return Buffer.concat([header, iv, cipher.getAuthTag(), ciphertext]);
  }

  async function seal(plain: string, context: SealingContext): Promise<Uint8Array> {
    return (await prepare(context))(plain);
  }

  async function open(sealed: Uint8Array, context: SealingContext): Promise<string> {
    const record = decodeRecord(sealed);
    const encryptionKey = await keys.find(record, context);
    const decipher = createDecipheriv("aes-256-gcm", encryptionKey, record.iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.concat([record.header, canonicalContext(context)]));
    decipher.setAuthTag(record.tag);
    const plain = decipher.update(record.ciphertext);
    try {
      decipher.final();
    } catch {
      plain.fill(0);
      throw new VaultError("corrupt", "not_authentic");
    }
    return plain.toString("utf8");
  }

  return {
    seal,
    prepare,
    open,
    async check() {
      const context = { purpose: "start-check", account: "none", field: "none" };
      const probe = randomBytes(16).toString("hex");
      const sealed = await seal(probe, context);
      if ((await open(sealed, context)) !== probe) throw new VaultError("corrupt", "round_trip");
      return decodeRecord(sealed).keyId;
    },
    keyIdOf: (sealed) => decodeRecord(sealed).keyId,
  };
}

/** Two keys of one: a record commits to its data key, so that it cannot be made to open differently under another. */
function derive(dataKey: Uint8Array): { encryptionKey: Buffer; commitment: Buffer } {
  const bytes = Buffer.from(hkdfSync("sha256", dataKey, Buffer.alloc(0), "trendpot token v1", 32 + COMMITMENT_BYTES));
  return { encryptionKey: bytes.subarray(0, 32), commitment: bytes.subarray(32) };
}

/** The derived key of a data key that the record commits to. */
function commit(dataKey: Buffer, record: SealedRecord): Buffer {
  const { encryptionKey, commitment } = derive(dataKey);
  dataKey.fill(0);
  if (!timingSafeEqual(commitment, record.commitment)) throw new VaultError("corrupt", "key_commitment");
  return encryptionKey;
}
