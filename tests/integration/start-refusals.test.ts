import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KmsControl } from "#tests/simulators/kms/control";
import { startKmsSimulator } from "#tests/simulators/kms/simulator";
import {
  ALIAS,
  credentials,
  EXIT_CONFIG,
  region,
  SESSION_SECRET,
  type Settings,
  settingsForKms,
  startVaultCheck,
} from "./vault-check-process";

/**
 * Fault 2 of the earlier system, proved on real processes: without a good key nothing starts, and it says what to
 * set. That no secret is said is checked by startVaultCheck.
 */
const goodKey = randomBytes(32).toString("base64");

let kms: Awaited<ReturnType<typeof startKmsSimulator>>;
let control: KmsControl;

beforeAll(async () => {
  kms = await startKmsSimulator({ ...credentials, region });
  control = new KmsControl(kms.origin);
});

afterAll(() => kms.stop());

async function expectRefusal(settings: Settings, line: RegExp): Promise<void> {
  const { stdin, said, ended } = startVaultCheck(settings);
  stdin.end(); // one that starts after all ends at once, with 0
  const code = await ended;
  expect(said.stderr).toMatch(line);
  expect(said.stdout).toBe("");
  expect(code).toBe(EXIT_CONFIG);
}

/** Many processes at once on a busy machine. */
const patient = { timeout: 90_000 };

describe("a process starts", patient, () => {
  test("with a good local key, without KMS, and is ready at once", async () => {
    const { stdin, said, ended } = startVaultCheck({ TIKTOK_TOKEN_ENC_KEY: goodKey });
    stdin.end();
    expect(await ended).toBe(0);
    expect(said).toEqual({ stdout: '{"ready":true}\n', stderr: "" });
  });

  test("with a good key of KMS, after one real round trip", async () => {
    const { stdin, said, ended } = startVaultCheck(settingsForKms(kms.origin));
    stdin.end();
    expect(await ended).toBe(0);
    expect(said).toEqual({ stdout: '{"ready":true}\n', stderr: "" });
    const ledger = await control.ledger();
    expect(ledger.map(({ operation, status }) => [operation, status])).toEqual([
      ["GenerateDataKey", 200],
      ["Decrypt", 200],
    ]);
  });
});

describe.concurrent("a process refuses to start and names the variable", patient, () => {
  const sentence = Buffer.from("correct horse battery staple 123").toString("base64");

  test.each<[string, Settings, RegExp]>([
    ["nothing is set, though a session secret is", {}, /^ {2}AWS_REGION is required.*TIKTOK_TOKEN_ENC_KEY/m],
    ["local is chosen without a key", { TIKTOK_TOKEN_ENC_PROVIDER: "local" }, /^ {2}TIKTOK_TOKEN_ENC_KEY is required/m],
    ["the key is empty", { TIKTOK_TOKEN_ENC_KEY: "" }, /^ {2}AWS_REGION is required/m],
    [
      "the key is malformed",
      { TIKTOK_TOKEN_ENC_KEY: `${goodKey.slice(0, 30)}!` },
      /^ {2}TIKTOK_TOKEN_ENC_KEY must be base64 of exactly 32/m,
    ],
    [
      "the key is too short",
      { TIKTOK_TOKEN_ENC_KEY: randomBytes(16).toString("base64") },
      /^ {2}TIKTOK_TOKEN_ENC_KEY must be base64 of exactly 32/m,
    ],
    [
      "the key is weak",
      { TIKTOK_TOKEN_ENC_KEY: Buffer.alloc(32, 0xa7).toString("base64") },
      /^ {2}TIKTOK_TOKEN_ENC_KEY is not random/m,
    ],
    ["the key is a sentence", { TIKTOK_TOKEN_ENC_KEY: sentence }, /^ {2}TIKTOK_TOKEN_ENC_KEY is not random/m],
    [
      "a former key is a sentence",
      { TIKTOK_TOKEN_ENC_KEY: goodKey, TIKTOK_TOKEN_ENC_OLD_KEYS: sentence },
      /^ {2}TIKTOK_TOKEN_ENC_OLD_KEYS an entry is not random/m,
    ],
    [
      "the key is the session secret",
      { TIKTOK_TOKEN_ENC_KEY: SESSION_SECRET },
      /^ {2}TIKTOK_TOKEN_ENC_KEY must not be equal to another secret/m,
    ],
    [
      "both keys are set and none is chosen",
      { TIKTOK_TOKEN_ENC_KEY: goodKey, TIKTOK_TOKEN_ENC_KEY_ID: ALIAS, AWS_REGION: region },
      /^ {2}TIKTOK_TOKEN_ENC_PROVIDER say kms or local/m,
    ],
  ])("when %s", async (_what, settings, line) => expectRefusal(settings, line));

  test("when several things are wrong, all of them at once", async () => {
    const settings = { SESSION_SECRET: "short", PORT: "many", TIKTOK_TOKEN_ENC_KEY: sentence };
    await expectRefusal(settings, /^ {2}PORT .*^ {2}SESSION_SECRET .*^ {2}TIKTOK_TOKEN_ENC_KEY /ms);
  });

  /** Each case has a key of its own, so that they can run side by side. */
  test.each<[string, (keyId: string) => Promise<unknown>, RegExp]>([
    ["KMS denies the key", (keyId) => control.denyKey(keyId), /KMS refuses this key to us \(AccessDeniedException\)/],
    [
      "KMS lets us seal but not open",
      (keyId) => control.denyKey(keyId, ["Decrypt"]),
      /KMS refuses this key to us \(AccessDeniedException\)/,
    ],
    [
      "the key is disabled",
      (keyId) => control.setKeyState(keyId, "Disabled"),
      /the key is disabled .*\(DisabledException\)/,
    ],
    [
      "the key is about to be deleted",
      (keyId) => control.setKeyState(keyId, "PendingDeletion"),
      /the key is .*about to be deleted \(KMSInvalidStateException\)/,
    ],
  ])("when %s", async (_what, arrange, sentenceOf) => {
    const alias = `alias/trendpot/${randomBytes(8).toString("hex")}`;
    const { keyId } = await control.addKey({ alias });
    await arrange(keyId);
    const settings = { ...settingsForKms(kms.origin), TIKTOK_TOKEN_ENC_KEY_ID: alias };
    await expectRefusal(settings, new RegExp(`^ {2}TIKTOK_TOKEN_ENC_KEY_ID: ${sentenceOf.source}`, "m"));
  });

  test.each<[string, Settings, RegExp]>([
    [
      "there is no such key",
      { TIKTOK_TOKEN_ENC_KEY_ID: "alias/trendpot/none" },
      /^ {2}TIKTOK_TOKEN_ENC_KEY_ID: there is no such key.*\(NotFoundException\)/m,
    ],
    [
      "the AWS secret is wrong",
      { AWS_SECRET_ACCESS_KEY: randomBytes(30).toString("base64") },
      /^ {2}TIKTOK_TOKEN_ENC_KEY_ID: KMS refuses this key to us \(InvalidSignatureException\).*AWS credentials/m,
    ],
    [
      "the region is another one",
      { AWS_REGION: "us-east-1" },
      /^ {2}TIKTOK_TOKEN_ENC_KEY_ID: KMS refuses this key to us .*AWS_REGION/m,
    ],
    [
      "there are no AWS credentials",
      { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
      /^ {2}TIKTOK_TOKEN_ENC_KEY_ID: .*no AWS credentials \(CredentialsProviderError\)/m,
    ],
  ])("when %s", async (_what, settings, line) => expectRefusal({ ...settingsForKms(kms.origin), ...settings }, line));
});
