import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { KmsControl } from "#tests/simulators/kms/control";
import { startKmsSimulator } from "#tests/simulators/kms/simulator";
import { createVault, type SealingContext, VaultError } from "~/infra/vault.server";

/**
 * Records that were made once, of version 1 of the format. A build that cannot open them would lose every account: a new
 * version is added, this one stays.
 */
const account = "0198f3a2-7c1e-7b6a-9d0e-000000000001";

describe("a record under a local key", () => {
  const key = Uint8Array.from({ length: 32 }, (_, i) => (i * 91 + 17) % 256);
  const known = Buffer.from(
    [
      "54500101020026003c6c6f63616c3a39333637323461326436323733313261623065393965356333383165653461399a",
      "a8307bc645544637baf0be85aa7d0de2ca08ca9092bc85dd6b03aebecb2b475310a5c62c1b97cbc8bf7ae2791b638246",
      "aab92e2d9eb1e0b480364281d9d2a21a48a11f710412a1dd110ab421d4f2f5bef514b48b8b27f4759249c16843b793a5",
      "bd3935b7620289fac5e44c07d02890ca6e156b8774abc1569832f0dace518ba48ba46ac33804766e7c8ed075bdf6b41d",
      "06eb6d47",
    ].join(""),
    "hex",
  );
  const context: SealingContext = { purpose: "tiktok-token", account, field: "refresh" };
  const token = "rft.known-answer-of-version-1";
  const vault = () => createVault({ provider: "local", key }, []);

  test("opens for ever", async () => {
    expect(await vault().open(known, context)).toBe(token);
  });

  test("names its key by a fingerprint", () => {
    expect(vault().keyIdOf(known)).toBe("local:936724a2d627312ab0e99e5c381ee4a9");
  });

  test("is byte for byte what its key, IVs and context come to, worked out without the vault", () => {
    const derive = (from: Uint8Array, info: string, length: number) =>
      Buffer.from(hkdfSync("sha256", from, Buffer.alloc(0), info, length));
    const bound = Buffer.from(`["trendpot","tiktok-token","${account}","refresh"]`);
    const wrapped = known.subarray(47, 107);
    const unwrap = createDecipheriv(
      "aes-256-gcm",
      derive(key, "trendpot data key wrapping v1", 32),
      wrapped.subarray(0, 12),
    );
    unwrap.setAAD(bound).setAuthTag(wrapped.subarray(12, 28));
    const dataKey = Buffer.concat([unwrap.update(wrapped.subarray(28)), unwrap.final()]);
    const derived = derive(dataKey, "trendpot token v1", 64);
    const header = Buffer.concat([known.subarray(0, 107), derived.subarray(32)]);
    const iv = known.subarray(139, 151);
    const cipher = createCipheriv("aes-256-gcm", derived.subarray(0, 32), iv).setAAD(Buffer.concat([header, bound]));
    const ciphertext = Buffer.concat([cipher.update(token), cipher.final()]);
    expect(Buffer.concat([header, iv, cipher.getAuthTag(), ciphertext]).toString("hex")).toBe(known.toString("hex"));
  });

  test.each([
    ["version", 2, "unknown_version"],
    ["algorithm", 3, "unknown_algorithm"],
    ["provider", 4, "unknown_provider"],
  ])("of an unknown %s is refused by name", async (_what, at, reason) => {
    const changed = Buffer.from(known);
    changed.writeUInt8(99, at);
    await expect(vault().open(changed, context)).rejects.toMatchObject({ kind: "corrupt", reason });
    expect(() => vault().keyIdOf(changed)).toThrow(VaultError);
  });
});

describe("a record under KMS", () => {
  /** The simulator's key follows from these two, so it is the same for ever. */
  const keyId = "00000000-0000-4000-8000-000000000001";
  const credentials = { accessKeyId: "AKIATRENDPOTTEST", secretAccessKey: "known answer ".repeat(3) };
  const region = "eu-central-1";
  const known = Buffer.from(
    [
      "5450010101004e004d61726e3a6177733a6b6d733a65752d63656e7472616c2d313a3131313132323232333333333a",
      "6b65792f30303030303030302d303030302d343030302d383030302d3030303030303030303030310111e594f48195",
      "8c10e3015d0bf0447a2206aba78407d031fb8e0cafc1893797251f86b2a2be309341457e7456ef2110c52e5581b011",
      "85cc74fc29ffefc05a922031267f22baffe35cc8429d5869932d3ba9d6a6722a8effce58cabae1d31f4ea2456eb247",
      "5c9ee971c8594f69ed53959295c2364f85886d96c5d4b628857b35608a7e3ff3e5ee3b23f74711b9c36f56719e139f",
      "435c83d82d74629de685b799ff382821c465",
    ].join(""),
    "hex",
  );
  const context: SealingContext = { purpose: "tiktok-token", account, field: "access" };
  const vault = () => createVault({ provider: "kms", keyId: "alias/another", region }, []);

  let kms: Awaited<ReturnType<typeof startKmsSimulator>>;
  beforeAll(async () => {
    kms = await startKmsSimulator({ ...credentials, region, aliases: { "alias/known": keyId } });
    vi.stubEnv("AWS_ENDPOINT_URL_KMS", kms.origin);
    vi.stubEnv("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await kms.stop();
  });

  test("opens for ever, by its key's own ARN and under its context, whatever the setting names now", async () => {
    const control = new KmsControl(kms.origin);
    expect(await vault().open(known, context)).toBe("act.known-answer-of-version-1");
    expect(await control.ledger()).toMatchObject([
      {
        operation: "Decrypt",
        keyId: `arn:aws:kms:eu-central-1:111122223333:key/${keyId}`,
        encryptionContext: { app: "trendpot", purpose: "tiktok-token", account, field: "access" },
      },
    ]);
  });
});
