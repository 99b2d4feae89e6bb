import { randomBytes } from "node:crypto";
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  type KMSClientConfig,
} from "@aws-sdk/client-kms";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { KmsControl } from "#tests/simulators/kms/control";
import { startKmsSimulator } from "#tests/simulators/kms/simulator";

/**
 * The simulator must refuse what KMS refuses: a test against one that lets things pass proves nothing. Requests that
 * the SDK would not make: kms-simulator-requests.test.ts; ledger and faults: kms-simulator-control.test.ts.
 */
const ALIAS = "alias/trendpot/tiktok-display-oauth";
const region = "eu-central-1";
const credentials = { accessKeyId: "AKIATRENDPOTTEST", secretAccessKey: randomBytes(30).toString("base64") };
const EncryptionContext = { app: "trendpot", account: "one" };

let kms: Awaited<ReturnType<typeof startKmsSimulator>>;
let control: KmsControl;
let client: KMSClient;

const connect = (options: KMSClientConfig = {}) =>
  new KMSClient({ region, endpoint: kms.origin, credentials, maxAttempts: 1, ...options });

beforeAll(async () => {
  kms = await startKmsSimulator({ ...credentials, region });
  control = new KmsControl(kms.origin);
  client = connect();
});

beforeEach(async () => {
  await control.clearFaults();
  await control.clearLedger();
});

afterAll(() => kms.stop());

const generate = (KeyId = ALIAS) =>
  client.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256", EncryptionContext }));

describe("the AWS SDK", () => {
  test("gets a data key, and the same one back under the same context in any order", async () => {
    const { Plaintext, CiphertextBlob, KeyId, $metadata } = await generate();
    expect(Plaintext).toHaveLength(32);
    expect(KeyId).toMatch(/^arn:aws:kms:eu-central-1:\d{12}:key\/[0-9a-f-]{36}$/);
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    for (const name of [KeyId, ALIAS, KeyId?.split("/")[1], undefined]) {
      const context = { account: "one", app: "trendpot" };
      const opened = await client.send(new DecryptCommand({ CiphertextBlob, KeyId: name, EncryptionContext: context }));
      expect(opened).toMatchObject({ Plaintext, KeyId, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" });
    }
  });

  test.each([
    ["another value", { ...EncryptionContext, account: "two" }],
    ["one more entry", { ...EncryptionContext, field: "access" }],
    ["one entry fewer", { app: "trendpot" }],
    ["another case", { ...EncryptionContext, account: "One" }],
    ["none", undefined],
  ])("does not get it back under a context with %s", async (_what, context) => {
    const { CiphertextBlob } = await generate();
    await expect(client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }))).rejects.toMatchObject(
      { name: "InvalidCiphertextException", $metadata: { httpStatusCode: 400 } },
    );
  });

  test("does not get it back out of an altered or invented blob", async () => {
    const { CiphertextBlob } = await generate();
    const altered = Buffer.from(CiphertextBlob ?? []);
    altered.writeUInt8(altered.readUInt8(altered.length - 1) ^ 1, altered.length - 1);
    for (const blob of [altered, altered.subarray(0, 20), randomBytes(100)]) {
      const opened = client.send(new DecryptCommand({ CiphertextBlob: blob, EncryptionContext }));
      await expect(opened).rejects.toMatchObject({ name: "InvalidCiphertextException" });
    }
  });

  test("is told when another key wrapped it", async () => {
    const { CiphertextBlob } = await generate();
    const { arn } = await control.addKey();
    const opened = client.send(new DecryptCommand({ CiphertextBlob, KeyId: arn, EncryptionContext }));
    await expect(opened).rejects.toMatchObject({ name: "IncorrectKeyException" });
  });

  test.each([
    ["an unknown alias", "alias/none", "NotFoundException"],
    ["an unknown id", "00000000-0000-4000-8000-000000000000", "NotFoundException"],
    ["another region's ARN", "arn:aws:kms:us-east-1:111122223333:key/x", "NotFoundException"],
    ["another account's ARN", "arn:aws:kms:eu-central-1:999999999999:key/x", "AccessDeniedException"],
    ["what is no ARN of KMS", "arn:aws:s3:::bucket", "InvalidArnException"],
    ["an empty name", "", "ValidationException"],
  ])("gets no data key under %s", async (_what, name, code) => {
    await expect(generate(name)).rejects.toMatchObject({ name: code, $metadata: { httpStatusCode: 400 } });
  });

  test.each([
    ["Disabled", "DisabledException"],
    ["PendingDeletion", "KMSInvalidStateException"],
  ] as const)("gets nothing from a key that is %s but its description", async (state, code) => {
    const { keyId, arn } = await control.addKey();
    const { CiphertextBlob } = await generate(keyId);
    await control.setKeyState(keyId, state);
    await expect(generate(keyId)).rejects.toMatchObject({ name: code });
    const opened = client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    await expect(opened).rejects.toMatchObject({ name: code });
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: keyId }));
    expect(KeyMetadata).toMatchObject({ Arn: arn, KeyState: state, Enabled: false });
  });

  test("is denied what the key denies, and only that", async () => {
    const { keyId } = await control.addKey();
    const { CiphertextBlob } = await generate(keyId);
    await control.denyKey(keyId, ["GenerateDataKey"]);
    await expect(generate(keyId)).rejects.toMatchObject({ name: "AccessDeniedException" });
    await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    await control.denyKey(keyId);
    const described = client.send(new DescribeKeyCommand({ KeyId: keyId }));
    await expect(described).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test("gets data keys of AES_256 only", async () => {
    for (const size of [{ KeySpec: "AES_128" }, { NumberOfBytes: 32 }, { KeySpec: "AES_256", NumberOfBytes: 32 }, {}]) {
      const command = new GenerateDataKeyCommand({ KeyId: ALIAS, ...size } as { KeyId: string });
      await expect(client.send(command)).rejects.toMatchObject({ name: "ValidationException" });
    }
  });

  test("finds no operation that the product does not use", async () => {
    const command = new EncryptCommand({ KeyId: ALIAS, Plaintext: Buffer.from("a") });
    await expect(client.send(command)).rejects.toMatchObject({ name: "UnknownOperationException" });
  });
});

describe("a signature", () => {
  test.each<[string, () => KMSClientConfig, string]>([
    [
      "with another secret",
      () => ({ credentials: { ...credentials, secretAccessKey: "no" } }),
      "InvalidSignatureException",
    ],
    [
      "of an unknown access key",
      () => ({ credentials: { ...credentials, accessKeyId: "AKIANO" } }),
      "UnrecognizedClientException",
    ],
    [
      "with a session token",
      () => ({ credentials: { ...credentials, sessionToken: "no" } }),
      "UnrecognizedClientException",
    ],
    ["for another region", () => ({ region: "us-east-1" }), "InvalidSignatureException"],
    ["of six minutes ago", () => ({ systemClockOffset: -360_000 }), "InvalidSignatureException"],
    ["of in six minutes", () => ({ systemClockOffset: 360_000 }), "InvalidSignatureException"],
  ])("%s is refused", async (_what, options, name) => {
    const sent = connect(options()).send(new DescribeKeyCommand({ KeyId: ALIAS }));
    await expect(sent).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  });

  test("four minutes off is within the limit", async () => {
    await connect({ systemClockOffset: -240_000 }).send(new DescribeKeyCommand({ KeyId: ALIAS }));
    await connect({ systemClockOffset: 240_000 }).send(new DescribeKeyCommand({ KeyId: ALIAS }));
  });
});
