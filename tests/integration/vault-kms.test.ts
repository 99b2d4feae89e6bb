import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { KmsControl } from "#tests/simulators/kms/control";
import { startKmsSimulator } from "#tests/simulators/kms/simulator";
import { decodeRecord } from "~/infra/vault/sealed-record";
import { createVault, type SealingContext, type Vault, VaultError } from "~/infra/vault.server";

/** The vault under KMS: what KMS is asked and told, and what is kept of it. Its failures: vault-kms-failures.test.ts. */
const ALIAS = "alias/trendpot/tiktok-display-oauth";
const region = "eu-central-1";
const credentials = { accessKeyId: "AKIATRENDPOTTEST", secretAccessKey: randomBytes(30).toString("base64") };
const context: SealingContext = { purpose: "tiktok-token", account: "0198-account-one", field: "access" };
const token = "act.example-token-with-some-length!4521.e1";

let kms: Awaited<ReturnType<typeof startKmsSimulator>>;
let control: KmsControl;

beforeAll(async () => {
  kms = await startKmsSimulator({ ...credentials, region });
  control = new KmsControl(kms.origin);
  vi.stubEnv("AWS_ENDPOINT_URL_KMS", kms.origin);
  vi.stubEnv("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
});

beforeEach(() => control.clearLedger());

afterEach(async () => {
  vi.useRealTimers();
  await control.clearFaults();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await kms.stop();
});

const kmsVault = (keyId = ALIAS, former: readonly Uint8Array[] = []): Vault =>
  createVault({ provider: "kms", keyId, region }, former);

const asked = async () => (await control.ledger()).map(({ operation }) => operation);

async function arnOf(alias: string): Promise<string> {
  const key = (await control.state()).keys.find(({ aliases }) => aliases.includes(alias));
  if (!key) throw new Error(`nothing is called ${alias}`);
  return key.arn;
}

describe("a record under KMS", () => {
  test("gives back what was sealed, holds nothing of it in clear, and names its key by ARN", async () => {
    const vault = kmsVault();
    const sealed = Buffer.from(await vault.seal(token, context));
    expect(await vault.open(sealed, context)).toBe(token);
    for (let at = 0; at + 6 <= token.length; at += 1) expect(sealed.includes(token.slice(at, at + 6))).toBe(false);
    expect(vault.keyIdOf(sealed)).toBe(await arnOf(ALIAS));
    expect(await asked()).toEqual(["GenerateDataKey", "Decrypt"]);
  });

  test("has a data key of its own from KMS, also for the same token twice", async () => {
    const vault = kmsVault();
    const records = await Promise.all(Array.from({ length: 10 }, () => vault.seal(token, context)));
    const commitments = records.map((record) => decodeRecord(record).commitment.toString("hex"));
    expect(new Set(commitments).size).toBe(10);
    expect(await asked()).toEqual(Array.from({ length: 10 }, () => "GenerateDataKey"));
  });

  test("shows KMS whose it is by our own ids, and never the token", async () => {
    const sealed = await kmsVault().seal(token, context);
    await kmsVault().open(sealed, context);
    const ledger = await control.ledger();
    expect(ledger.map(({ encryptionContext }) => encryptionContext)).toEqual([
      { app: "trendpot", purpose: "tiktok-token", account: "0198-account-one", field: "access" },
      { app: "trendpot", purpose: "tiktok-token", account: "0198-account-one", field: "access" },
    ]);
    expect(JSON.stringify(ledger)).not.toContain(token);
  });

  test.each([
    ["account", { ...context, account: "0198-account-two" }],
    ["field", { ...context, field: "refresh" }],
    ["purpose", { ...context, purpose: "start-check" }],
  ])("is refused by KMS itself under another %s, also while its key is cached", async (_what, other) => {
    const vault = kmsVault();
    const sealed = await vault.seal(token, context);
    await vault.open(sealed, context);
    await expect(vault.open(sealed, other)).rejects.toMatchObject({
      name: "VaultError",
      kind: "corrupt",
      reason: "InvalidCiphertextException",
    });
    expect((await control.ledger()).at(-1)).toMatchObject({
      operation: "Decrypt",
      encryptionContext: other,
      status: 400,
    });
  });

  test("is refused with any byte changed, and not as a passing failure", async () => {
    const sealed = await kmsVault().seal(token, context);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x01, at);
      const opened = await kmsVault()
        .open(changed, context)
        .catch((error: unknown) => error);
      expect(opened, `byte ${at}`).toBeInstanceOf(VaultError);
      expect(opened, `byte ${at}`).not.toMatchObject({ kind: "unavailable" });
    }
  });

  test.each([
    ["version", 2, "unknown_version"],
    ["algorithm", 3, "unknown_algorithm"],
    ["provider", 4, "unknown_provider"],
  ])("of an unknown %s is refused before KMS is asked anything", async (_what, at, reason) => {
    const sealed = Buffer.from(await kmsVault().seal(token, context));
    await control.clearLedger();
    sealed.writeUInt8(99, at);
    await expect(kmsVault().open(sealed, context)).rejects.toMatchObject({ kind: "corrupt", reason });
    expect(await asked()).toEqual([]);
  });

  test("does not open under the wrapped data key of another record of the same account", async () => {
    const [one, two] = await Promise.all([kmsVault().seal(token, context), kmsVault().seal(token, context)]);
    const commitmentAt = decodeRecord(one).header.length - 32;
    const mixed = Buffer.concat([two.subarray(0, commitmentAt), one.subarray(commitmentAt)]);
    await expect(kmsVault().open(mixed, context)).rejects.toMatchObject({ kind: "corrupt", reason: "key_commitment" });
  });
});

describe("the keys that are kept", () => {
  test("make a thousand opens at once of twenty records ask KMS twenty times", async () => {
    const records = await Promise.all(Array.from({ length: 20 }, () => kmsVault().seal(token, context)));
    await control.clearLedger();
    const vault = kmsVault();
    const each = () => Promise.all(records.map((record) => vault.open(record, context)));
    const opened = await Promise.all(Array.from({ length: 50 }, each));
    expect(new Set(opened.flat())).toEqual(new Set([token]));
    await each();
    expect(await asked()).toEqual(Array.from({ length: 20 }, () => "Decrypt"));
  });

  test("open through an outage of KMS up to their limit of five minutes, and then no more", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const vault = kmsVault();
    const sealed = await vault.seal(token, context);
    await vault.open(sealed, context);
    await control.setFault({ kind: "status", status: 503 });
    vi.setSystemTime(Date.now() + 299_000);
    expect(await vault.open(sealed, context)).toBe(token);
    vi.setSystemTime(Date.now() + 2_000);
    await expect(vault.open(sealed, context)).rejects.toMatchObject({ kind: "unavailable" });
    expect((await control.state()).faults[0]?.fired).toBeGreaterThan(0);
    await control.clearFaults();
    expect(await vault.open(sealed, context)).toBe(token);
  });

  test("are none after a failure: the next open asks again, whatever had been wrong", async () => {
    const sealed = await kmsVault().seal(token, context);
    const vault = kmsVault();
    await control.denyKey(ALIAS, ["Decrypt"]);
    await expect(vault.open(sealed, context)).rejects.toMatchObject({ kind: "denied" });
    await control.denyKey(ALIAS, []);
    await control.setFault({ kind: "status", status: 500, times: 3 });
    await expect(vault.open(sealed, context)).rejects.toMatchObject({ kind: "unavailable" });
    expect(await vault.open(sealed, context)).toBe(token);
  });

  test("are never of use to seal: every seal asks KMS for a new one", async () => {
    const vault = kmsVault();
    await vault.open(await vault.seal(token, context), context);
    await control.setFault({ kind: "status", status: 503 });
    await expect(vault.seal(token, context)).rejects.toMatchObject({ kind: "unavailable" });
  });

  test("make room for others without spoiling one that KMS has not handed out yet", async () => {
    const former = randomBytes(32);
    const local = createVault({ provider: "local", key: former }, []);
    const others = await Promise.all(Array.from({ length: 1_001 }, () => local.seal(token, context)));
    const sealed = await kmsVault().seal(token, context);
    // Pushed out of the cache at once, and answered long after its place was given away.
    await control.setFault({ operation: "Decrypt", kind: "delay", delayMs: 1_800, times: 1 });
    const vault = kmsVault(ALIAS, [former]);
    const slow = vault.open(sealed, context);
    await Promise.all(others.map((other) => vault.open(other, context)));
    expect(await slow).toBe(token);
  });
});

describe("the key that is named", () => {
  test("may be another one tomorrow: new records go under it, old ones still open under theirs", async () => {
    const alias = "alias/trendpot/moving";
    const first = await control.addKey({ alias });
    const vault = kmsVault(alias);
    const before = await vault.seal(token, context);
    const second = await control.addKey();
    await control.moveAlias(alias, second.keyId);
    const after = await vault.seal(token, context);
    expect([vault.keyIdOf(before), vault.keyIdOf(after)]).toEqual([first.arn, second.arn]);
    await control.clearLedger();
    const fresh = kmsVault(alias);
    expect([await fresh.open(before, context), await fresh.open(after, context)]).toEqual([token, token]);
    expect((await control.ledger()).map(({ keyId }) => keyId)).toEqual([first.arn, second.arn]);
  });

  test("is not asked for while a local key seals and no record needs it", async () => {
    const vault = createVault({ provider: "local", key: randomBytes(32), region }, []);
    await vault.check();
    expect(await vault.open(await vault.seal(token, context), context)).toBe(token);
    expect(await asked()).toEqual([]);
  });

  test("still opens its records after a move to a local key, and the other way round", async () => {
    const key = randomBytes(32);
    const local = createVault({ provider: "local", key, region }, []);
    const underKms = await kmsVault().seal(token, context);
    expect(await local.open(underKms, context)).toBe(token);
    const underLocal = await local.seal(token, context);
    const back = kmsVault(ALIAS, [key]);
    expect(await back.open(underLocal, context)).toBe(token);
    expect(back.keyIdOf(await back.seal(token, context))).toBe(await arnOf(ALIAS));
  });

  test("is a matter of configuration when a record needs KMS and no region is set", async () => {
    const underKms = await kmsVault().seal(token, context);
    const local = createVault({ provider: "local", key: randomBytes(32) }, []);
    await expect(local.open(underKms, context)).rejects.toMatchObject({
      kind: "configuration",
      reason: "kms_not_configured",
    });
  });
});
