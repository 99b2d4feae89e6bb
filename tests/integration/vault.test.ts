import { createCipheriv, hkdfSync, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEnvironment } from "~/infra/environment";
import { canonicalContext } from "~/infra/vault/key-provider";
import { createLocalKeys } from "~/infra/vault/local-keys.server";
import { decodeRecord, encodeHead } from "~/infra/vault/sealed-record";
import { createVault, type SealingContext, type Vault, VaultError } from "~/infra/vault.server";

/** The vault under a local key, and what a changed record comes to. KMS: vault-kms.test.ts. */
const context: SealingContext = { purpose: "tiktok-token", account: "0198-account-one", field: "access" };
const token = "act.example-token-with-some-length!4521.e1";
const IV = 12;
const TAG = 16;

const localVault = (key: Uint8Array = randomBytes(32), former: readonly Uint8Array[] = []): Vault =>
  createVault({ provider: "local", key }, former);

/** Opens with a vault that knows nothing of the record yet, so that a cached key cannot hide what is checked. */
async function refusal(key: Uint8Array, sealed: Uint8Array, as: SealingContext = context): Promise<VaultError> {
  const opened = await localVault(key)
    .open(sealed, as)
    .catch((error: unknown) => error);
  if (!(opened instanceof VaultError)) throw new Error(`the record opened, or failed in another way: ${opened}`);
  return opened;
}

describe("a record under a local key", () => {
  test.each(["", token, "é𝕏\u0000 with odd characters", "x".repeat(20_000)])(
    "gives back what was sealed",
    async (plain) => {
      const vault = localVault();
      expect(await vault.open(await vault.seal(plain, context), context)).toBe(plain);
    },
  );

  test("holds no part of the token in clear", async () => {
    const sealed = Buffer.from(await localVault().seal(token, context));
    for (let at = 0; at + 6 <= token.length; at += 1) expect(sealed.includes(token.slice(at, at + 6))).toBe(false);
  });

  test("has a data key and an IV of its own, also for the same token twice", async () => {
    const vault = localVault();
    const records = await Promise.all(Array.from({ length: 20 }, () => vault.seal(token, context)));
    const different = (part: (record: ReturnType<typeof decodeRecord>) => Buffer) =>
      new Set(records.map((record) => part(decodeRecord(record)).toString("hex"))).size;
    expect(different(({ commitment }) => commitment)).toBe(20); // the commitment follows from the data key alone
    expect(different(({ wrappedKey }) => wrappedKey)).toBe(20);
    expect(different(({ iv }) => iv)).toBe(20);
  });

  test.each([
    ["account", { ...context, account: "0198-account-two" }],
    ["field", { ...context, field: "refresh" }],
    ["purpose", { ...context, purpose: "start-check" }],
    ["place of the parts", { purpose: context.purpose, account: context.field, field: context.account }],
  ])("is refused as corrupt under another %s, also while its key is cached", async (_what, other) => {
    const vault = localVault();
    const sealed = await vault.seal(token, context);
    await vault.open(sealed, context);
    await expect(vault.open(sealed, other)).rejects.toMatchObject({ name: "VaultError", kind: "corrupt" });
  });

  test("is refused with any single bit changed, in whichever part", async () => {
    const key = randomBytes(32);
    const sealed = await localVault(key).seal(token, context);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      // Another key's name or another provider's number asks for something that is not set up here.
      expect(["corrupt", "configuration"], `bit ${bit}`).toContain((await refusal(key, changed)).kind);
    }
  });

  test("is refused with any byte after the header changed while its data key is cached", async () => {
    const vault = localVault();
    const sealed = await vault.seal(token, context);
    await vault.open(sealed, context);
    for (let at = decodeRecord(sealed).header.length; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x80, at);
      await expect(vault.open(changed, context), `byte ${at}`).rejects.toMatchObject({ reason: "not_authentic" });
    }
  });

  test("is refused when cut anywhere, or longer than it was", async () => {
    const key = randomBytes(32);
    const sealed = await localVault(key).seal(token, context);
    for (let length = 0; length < sealed.length; length += 1) {
      expect((await refusal(key, sealed.subarray(0, length))).kind, `${length} bytes`).toBe("corrupt");
    }
    expect((await refusal(key, Buffer.concat([sealed, Buffer.from([0])]))).kind).toBe("corrupt");
  });

  test("is refused with its tag shortened to 4 bytes", async () => {
    const key = randomBytes(32);
    const sealed = await localVault(key).seal(token, context);
    const tagAt = decodeRecord(sealed).header.length + IV;
    const shortened = Buffer.concat([sealed.subarray(0, tagAt + 4), sealed.subarray(tagAt + TAG)]);
    expect(await refusal(key, shortened)).toMatchObject({ kind: "corrupt", reason: "not_authentic" });
  });

  test("is refused with the tag of its wrapped data key shortened to 4 bytes", async () => {
    const key = randomBytes(32);
    const { keyId, wrappedKey } = decodeRecord(await localVault(key).seal(token, context));
    const shorter = Buffer.concat([wrappedKey.subarray(0, IV + 4), wrappedKey.subarray(IV + TAG)]);
    const sealed = Buffer.concat([encodeHead("local", keyId, shorter), randomBytes(32 + IV + TAG + 40)]);
    expect(await refusal(key, sealed)).toMatchObject({ kind: "corrupt", reason: "wrapped_key_length" });
  });

  test("does not take over another record's IV, tag and ciphertext, nor its wrapped key", async () => {
    const key = randomBytes(32);
    const [one, two] = await Promise.all([localVault(key).seal(token, context), localVault(key).seal(token, context)]);
    const headerEnd = decodeRecord(one).header.length;
    const commitmentAt = headerEnd - 32;
    const bodySwapped = Buffer.concat([one.subarray(0, headerEnd), two.subarray(headerEnd)]);
    const keySwapped = Buffer.concat([two.subarray(0, commitmentAt), one.subarray(commitmentAt)]);
    expect(await refusal(key, bodySwapped)).toMatchObject({ kind: "corrupt", reason: "not_authentic" });
    expect(await refusal(key, keySwapped)).toMatchObject({ kind: "corrupt", reason: "key_commitment" });
  });
});

describe("the key commitment", () => {
  const info = "trendpot token v1";

  /** A record made by hand: authentic in every way under `dataKey`, with a commitment to `committedTo`. */
  async function craft(key: Uint8Array, committedTo?: Buffer): Promise<Buffer> {
    const generated = await createLocalKeys(key, []).generate(context);
    const derived = Buffer.from(hkdfSync("sha256", generated.key, Buffer.alloc(0), info, 64));
    const commitment = committedTo
      ? Buffer.from(hkdfSync("sha256", committedTo, Buffer.alloc(0), info, 64)).subarray(32)
      : derived.subarray(32);
    const header = Buffer.concat([encodeHead("local", generated.keyId, generated.wrapped), commitment]);
    const iv = randomBytes(IV);
    const cipher = createCipheriv("aes-256-gcm", derived.subarray(0, 32), iv, { authTagLength: TAG });
    cipher.setAAD(Buffer.concat([header, canonicalContext(context)]));
    const ciphertext = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
    return Buffer.concat([header, iv, cipher.getAuthTag(), ciphertext]);
  }

  test("refuses a record that decrypts under a data key which it does not commit to", async () => {
    const key = randomBytes(32);
    // The same record with the right commitment opens: nothing else is wrong with it.
    expect(await localVault(key).open(await craft(key), context)).toBe(token);
    const crafted = await craft(key, randomBytes(32));
    expect(await refusal(key, crafted)).toMatchObject({ kind: "corrupt", reason: "key_commitment" });
  });
});

describe("local keys", () => {
  test("of former times open, and never seal", async () => {
    const [old, current] = [randomBytes(32), randomBytes(32)];
    const sealedBefore = await localVault(old).seal(token, context);
    const vault = localVault(current, [old]);
    expect(await vault.open(sealedBefore, context)).toBe(token);
    const sealedNow = await vault.seal(token, context);
    expect(vault.keyIdOf(sealedNow)).toBe(localVault(current).keyIdOf(await localVault(current).seal("", context)));
    expect(vault.keyIdOf(sealedNow)).not.toBe(vault.keyIdOf(sealedBefore));
    expect(await localVault(current).open(sealedNow, context)).toBe(token);
  });

  test("that are not given any more leave a record closed, and say so as a matter of configuration", async () => {
    const sealed = await localVault().seal(token, context);
    expect(await refusal(randomBytes(32), sealed)).toMatchObject({
      kind: "configuration",
      reason: "unknown_local_key",
    });
  });

  test("have nothing to do with the session secret: two environments that share only the key share every record", async () => {
    const base64 = randomBytes(32).toString("base64");
    const vaultOf = (SESSION_SECRET: string) => {
      const read = readEnvironment({
        SESSION_SECRET,
        TIKTOK_CLIENT_KEY: "key",
        TIKTOK_CLIENT_SECRET: "secret",
        TIKTOK_TOKEN_ENC_KEY: base64,
      });
      if (!read.ok) throw new Error(JSON.stringify(read.problems));
      return createVault(read.env.keys, read.env.oldLocalKeys);
    };
    const secret = fc.stringMatching(/^[!-+\--~]{32,64}$/); // a comma would part it
    await fc.assert(
      fc.asyncProperty(secret, secret, fc.string(), async (one, other, plain) => {
        fc.pre(one !== other);
        const text = plain.toWellFormed();
        expect(await vaultOf(other).open(await vaultOf(one).seal(text, context), context)).toBe(text);
        expect(await vaultOf(one).open(await vaultOf(other).seal(text, context), context)).toBe(text);
      }),
      { numRuns: 50 },
    );
  });
});
