import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, randomUUID } from "node:crypto";
import { type KeyDescription, type KeyState, type Operation, operations } from "./control-messages";
import { KmsFailure } from "./kms-failure";

/** The account of Amazon's own documentation. */
const ACCOUNT = "111122223333";
const FORMAT = 1;
const ID_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD = 1 + ID_BYTES + IV_BYTES + TAG_BYTES;

export type EncryptionContext = Readonly<Record<string, string>>;

export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly created: number;
  state: KeyState;
  denied: readonly Operation[];
}

/**
 * Keys and aliases of one region and account. Key material comes from the key's id and `secret` alone, so that a
 * restarted simulator opens what an earlier one wrapped.
 */
export class KeyStore {
  readonly region: string;
  readonly #secret: string;
  readonly #keys = new Map<string, Key>();
  readonly #aliases = new Map<string, string>();

  constructor(region: string, secret: string, aliases: Readonly<Record<string, string>>) {
    this.region = region;
    this.#secret = secret;
    for (const [alias, id] of Object.entries(aliases)) {
      if (!this.#keys.has(id)) this.add(id);
      this.#aliases.set(alias, id);
    }
  }

  add(id: string = randomUUID()): Key {
    if (this.#keys.has(id)) throw new Error(`the key ${id} is there already`);
    const key: Key = { id, arn: this.#arn(`key/${id}`), created: Date.now() / 1000, state: "Enabled", denied: [] };
    this.#keys.set(id, key);
    return key;
  }

  /** The alias may be new. Throws when no such key exists. */
  moveAlias(alias: string, idOrArn: string): void {
    this.#aliases.set(alias, this.find(idOrArn).id);
  }

  /** By id, alias or ARN, whatever its state; for the control side. */
  find(keyId: string): Key {
    return this.#resolve(keyId);
  }

  describe(): KeyDescription[] {
    return [...this.#keys.values()].map(({ id, arn, state, denied }) => ({
      keyId: id,
      arn,
      state,
      denied,
      aliases: [...this.#aliases].filter(([, target]) => target === id).map(([alias]) => alias),
    }));
  }

  /** The key for one operation, or KMS's reason against it: unknown first, then forbidden, then its state. */
  use(keyId: string, operation: Operation): Key {
    const key = this.#resolve(keyId);
    if (key.denied.includes(operation)) {
      const what = `kms:${operation} on resource: ${key.arn} because no identity-based policy allows the kms:${operation} action`;
      throw new KmsFailure("AccessDeniedException", `User: ${this.#user()} is not authorized to perform: ${what}`);
    }
    if (operation === "DescribeKey") return key;
    if (key.state === "Disabled") throw new KmsFailure("DisabledException", `${key.arn} is disabled.`);
    if (key.state !== "Enabled") throw new KmsFailure("KMSInvalidStateException", `${key.arn} is pending deletion.`);
    return key;
  }

  wrap(key: Key, plain: Buffer, context: EncryptionContext): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.#material(key.id), iv).setAAD(bound(context));
    const wrapped = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([Buffer.from([FORMAT]), idBytes(key.id), iv, cipher.getAuthTag(), wrapped]);
  }

  /** `keyId` names the key that the caller expects; without it the blob says which. */
  unwrap(blob: Buffer, keyId: string | undefined, context: EncryptionContext): { key: Key; plain: Buffer } {
    const expected = keyId === undefined ? undefined : this.use(keyId, "Decrypt");
    const owner = blob.subarray(1, 1 + ID_BYTES);
    const id = [...this.#keys.keys()].find((known) => idBytes(known).equals(owner));
    if (blob.length <= HEAD || blob[0] !== FORMAT || !id) throw new KmsFailure("InvalidCiphertextException");
    if (expected && expected.id !== id) {
      throw new KmsFailure(
        "IncorrectKeyException",
        "The key ID in the request does not identify a CMK that can perform this operation.",
      );
    }
    const key = this.use(id, "Decrypt");
    const iv = blob.subarray(1 + ID_BYTES, HEAD - TAG_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", this.#material(id), iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(bound(context)).setAuthTag(blob.subarray(HEAD - TAG_BYTES, HEAD));
    try {
      return { key, plain: Buffer.concat([decipher.update(blob.subarray(HEAD)), decipher.final()]) };
    } catch {
      throw new KmsFailure("InvalidCiphertextException");
    }
  }

  #resolve(keyId: string): Key {
    let name = keyId;
    if (keyId.startsWith("arn:")) {
      const match = /^arn:aws:kms:([^:]+):(\d{12}):((?:key|alias)\/.+)$/.exec(keyId);
      const [, region, account, resource] = match ?? [];
      if (!resource) throw new KmsFailure("InvalidArnException", `Invalid arn ${keyId}`);
      if (region !== this.region) throw new KmsFailure("NotFoundException", `Invalid arn ${region}`);
      if (account !== ACCOUNT) {
        throw new KmsFailure("AccessDeniedException", `User: ${this.#user()} has no access to ${keyId}`);
      }
      name = resource.replace(/^key\//, "");
    }
    if (name.startsWith("alias/")) {
      const id = this.#aliases.get(name);
      if (!id) throw new KmsFailure("NotFoundException", `Alias ${this.#arn(name)} is not found.`);
      name = id;
    }
    const key = this.#keys.get(name);
    if (!key) throw new KmsFailure("NotFoundException", `Key '${this.#arn(`key/${name}`)}' does not exist`);
    return key;
  }

  #material(id: string): Buffer {
    return Buffer.from(hkdfSync("sha256", this.#secret, id, "kms simulator key material", 32));
  }

  #arn(resource: string): string {
    return `arn:aws:kms:${this.region}:${ACCOUNT}:${resource}`;
  }

  #user(): string {
    return `arn:aws:iam::${ACCOUNT}:user/trendpot`;
  }
}

/** Which operations `denied` of the control side means. */
export function expandOperations(named: readonly (Operation | "*")[]): readonly Operation[] {
  return named.includes("*") ? operations : operations.filter((operation) => named.includes(operation));
}

/** Order does not matter in an encryption context; everything else of it does. */
function bound(context: EncryptionContext): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** An id of any form in 16 bytes: a blob of KMS does not show its key's id either. */
function idBytes(id: string): Buffer {
  return createHash("sha256").update(id).digest().subarray(0, ID_BYTES);
}
