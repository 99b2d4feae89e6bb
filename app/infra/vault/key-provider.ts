/** What a sealed value belongs to. It opens under the same context only; the caller gives it, the record does not say. */
export type SealingContext = Readonly<{ purpose: string; account: string; field: string }>;

/** Makes and unwraps data keys; the key-encryption key never leaves it. Throws VaultError. */
export interface KeyProvider {
  /** A new data key for one record. The caller overwrites `key` with zeros after use. */
  generate(context: SealingContext): Promise<{ key: Buffer; wrapped: Buffer; keyId: string }>;
  unwrap(wrapped: Uint8Array, keyId: string, context: SealingContext): Promise<Buffer>;
}

/** The context as associated data: one text for one meaning. */
export function canonicalContext({ purpose, account, field }: SealingContext): Buffer {
  return Buffer.from(JSON.stringify(["trendpot", purpose, account, field]));
}
