import { VaultError } from "./vault-error";

/**
 * A sealed token, version 1:
 * `TP` | version | algorithm | provider | u16 length of key id | u16 length of wrapped key | key id | wrapped key | commitment 32 | IV 12 | tag 16 | ciphertext.
 * Everything before the IV is authenticated as associated data, with the context.
 */
const RECORD_VERSION = 1;
/** AES-256-GCM under a key that HKDF-SHA256 derives from the data key, with a key commitment. */
const ALGORITHM = 1;
const MAGIC = [0x54, 0x50] as const;
const FIXED = 9;
export const COMMITMENT_BYTES = 32;
export const IV_BYTES = 12;
export const TAG_BYTES = 16;
const TAIL = COMMITMENT_BYTES + IV_BYTES + TAG_BYTES;

const providerIds = { kms: 1, local: 2 } as const;
export type ProviderName = keyof typeof providerIds;

export interface SealedRecord {
  provider: ProviderName;
  keyId: string;
  wrappedKey: Buffer;
  commitment: Buffer;
  /** All bytes up to the IV. */
  header: Buffer;
  iv: Buffer;
  tag: Buffer;
  ciphertext: Buffer;
}

/** The bytes before the commitment. */
export function encodeHead(provider: ProviderName, keyId: string, wrappedKey: Uint8Array): Buffer {
  const id = Buffer.from(keyId, "utf8");
  const fixed = Buffer.from([...MAGIC, RECORD_VERSION, ALGORITHM, providerIds[provider], 0, 0, 0, 0]);
  fixed.writeUInt16BE(id.length, 5);
  fixed.writeUInt16BE(wrappedKey.length, 7);
  return Buffer.concat([fixed, id, wrappedKey]);
}

/** Takes a record apart. Version, algorithm and provider are checked before anybody is asked for a key. */
export function decodeRecord(sealed: Uint8Array): SealedRecord {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < FIXED + TAIL) throw new VaultError("corrupt", "cut_short");
  if (bytes[0] !== MAGIC[0] || bytes[1] !== MAGIC[1]) throw new VaultError("corrupt", "not_a_record");
  if (bytes[2] !== RECORD_VERSION) throw new VaultError("corrupt", "unknown_version");
  if (bytes[3] !== ALGORITHM) throw new VaultError("corrupt", "unknown_algorithm");
  const provider = bytes[4] === providerIds.kms ? "kms" : bytes[4] === providerIds.local ? "local" : undefined;
  if (!provider) throw new VaultError("corrupt", "unknown_provider");
  const idEnd = FIXED + bytes.readUInt16BE(5);
  const headEnd = idEnd + bytes.readUInt16BE(7);
  const header = headEnd + COMMITMENT_BYTES;
  const tag = header + IV_BYTES;
  if (bytes.length < headEnd + TAIL) throw new VaultError("corrupt", "cut_short");
  return {
    provider,
    keyId: bytes.toString("utf8", FIXED, idEnd),
    wrappedKey: bytes.subarray(idEnd, headEnd),
    commitment: bytes.subarray(headEnd, header),
    header: bytes.subarray(0, header),
    iv: bytes.subarray(header, tag),
    tag: bytes.subarray(tag, tag + TAG_BYTES),
    ciphertext: bytes.subarray(tag + TAG_BYTES),
  };
}
