import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { KmsControl } from "#tests/simulators/kms/control";
import { startKmsSimulator } from "#tests/simulators/kms/simulator";
import { createVault, type SealingContext, type Vault, VaultError } from "~/infra/vault.server";

/** Each way in which KMS can fail, and what the vault calls it: only `unavailable` is worth trying again. */
const ALIAS = "alias/trendpot/tiktok-display-oauth";
const region = "eu-central-1";
const credentials = { accessKeyId: "AKIATRENDPOTTEST", secretAccessKey: randomBytes(30).toString("base64") };
const context: SealingContext = { purpose: "tiktok-token", account: "0198-account-one", field: "access" };
const token = "act.example-token-with-some-length!4521.e1";
const ATTEMPTS = 3;

let kms: Awaited<ReturnType<typeof startKmsSimulator>>;
let control: KmsControl;
let sealed: Uint8Array;

beforeAll(async () => {
  kms = await startKmsSimulator({ ...credentials, region });
  control = new KmsControl(kms.origin);
  pointSdkAtKms();
  sealed = await kmsVault().seal(token, context);
});

beforeEach(async () => {
  pointSdkAtKms();
  await control.clearFaults();
  await control.setKeyState(ALIAS, "Enabled");
  await control.denyKey(ALIAS, []);
  await control.clearLedger();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await kms.stop();
});

function pointSdkAtKms(): void {
  vi.stubEnv("AWS_ENDPOINT_URL_KMS", kms.origin);
  vi.stubEnv("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
}

function kmsVault(keyId = ALIAS): Vault {
  return createVault({ provider: "kms", keyId, region }, []);
}

/** How a seal and an open of one vault fail; both are tried, at once. */
async function failures(vault = kmsVault(), record = sealed): Promise<VaultError[]> {
  const both = await Promise.allSettled([vault.seal(token, context), vault.open(record, context)]);
  return both.map((settled) => {
    if (settled.status === "fulfilled") throw new Error("it went through");
    if (!(settled.reason instanceof VaultError)) throw new Error(`not a VaultError: ${settled.reason}`);
    return settled.reason;
  });
}

const twice = <T>(one: T) => [one, one];

describe("KMS says no", () => {
  test.each([
    ["denied", "AccessDeniedException", () => control.denyKey(ALIAS)],
    ["disabled", "DisabledException", () => control.setKeyState(ALIAS, "Disabled")],
    ["disabled", "KMSInvalidStateException", () => control.setKeyState(ALIAS, "PendingDeletion")],
  ])("%s: %s", async (kind, reason, arrange) => {
    await arrange();
    expect(await failures()).toMatchObject(twice({ kind, reason }));
    // A no is not asked for again.
    expect(await control.ledger()).toHaveLength(2);
    await control.setKeyState(ALIAS, "Enabled");
    await control.denyKey(ALIAS, []);
    expect(await kmsVault().open(sealed, context)).toBe(token);
  });

  test("configuration: the key that is named does not exist", async () => {
    const unknown = { kind: "configuration", reason: "NotFoundException" };
    await expect(kmsVault("alias/trendpot/none").seal(token, context)).rejects.toMatchObject(unknown);
    await expect(kmsVault(crypto.randomUUID()).check()).rejects.toMatchObject(unknown);
  });

  test("configuration: the key of a stored record is gone", async () => {
    const other = await startKmsSimulator({ ...credentials, region, aliases: { "alias/other": crypto.randomUUID() } });
    vi.stubEnv("AWS_ENDPOINT_URL_KMS", other.origin);
    const opened = kmsVault().open(sealed, context);
    await expect(opened).rejects.toMatchObject({ kind: "configuration", reason: "NotFoundException" });
    await other.stop();
  });

  test.each([
    ["AWS_SECRET_ACCESS_KEY", "another secret", "InvalidSignatureException"],
    ["AWS_ACCESS_KEY_ID", "AKIASOMEBODYELSE", "UnrecognizedClientException"],
  ])("denied: a wrong %s", async (name, value, reason) => {
    vi.stubEnv(name, value);
    const failed = await failures();
    expect(failed).toMatchObject(twice({ kind: "denied", reason }));
    expect(JSON.stringify(failed) + failed.map(String)).not.toContain(value);
  });

  test.each([
    ["ExpiredTokenException", "unavailable"],
    ["InvalidKeyUsageException", "configuration"],
    ["KeyUnavailableException", "unavailable"],
    ["DependencyTimeoutException", "unavailable"],
    ["IncorrectKeyException", "corrupt"],
  ])("%s is %s", async (code, kind) => {
    await control.setFault({ kind: "error", code });
    expect(await failures()).toMatchObject(twice({ kind, reason: code }));
  });
});

describe("KMS is out of reach", () => {
  test.each([
    ["is throttled", { kind: "throttle" }],
    ["answers 500", { kind: "error", code: "KMSInternalException", status: 500 }],
    ["is a load balancer's page with 503", { kind: "status", status: 503 }],
    ["cuts the connection", { kind: "reset" }],
  ] as const)("unavailable, after three attempts: it %s", async (_what, fault) => {
    await control.setFault(fault);
    expect(await failures()).toMatchObject(twice({ kind: "unavailable" }));
    expect((await control.state()).faults[0]?.fired).toBe(2 * ATTEMPTS);
  });

  test("unavailable: its answer is cut short", async () => {
    await control.setFault({ kind: "malformed" });
    expect(await failures()).toMatchObject(twice({ kind: "unavailable" }));
    expect((await control.state()).faults[0]?.fired).toBeGreaterThan(0);
  });

  test("unavailable, within its deadline: it does not answer", async () => {
    await control.setFault({ kind: "hang" });
    const began = performance.now();
    expect(await failures()).toMatchObject(twice({ kind: "unavailable" }));
    expect(performance.now() - began).toBeLessThan(12_000);
    expect((await control.state()).faults[0]?.fired).toBeGreaterThan(2);
  });

  test("unavailable: nobody listens", async () => {
    const gone = await startKmsSimulator({ ...credentials, region });
    await gone.stop();
    vi.stubEnv("AWS_ENDPOINT_URL_KMS", gone.origin);
    expect(await failures()).toMatchObject(twice({ kind: "unavailable" }));
  });

  test("and one bad answer in three goes unnoticed", async () => {
    await control.setFault({ kind: "status", status: 500, times: 1 });
    await control.setFault({ kind: "reset", times: 1, operation: "Decrypt" });
    const vault = kmsVault();
    expect(await vault.open(await vault.seal(token, context), context)).toBe(token);
    expect((await control.state()).faults.map(({ fired }) => fired)).toEqual([1, 1]);
  });
});

describe("a failure", () => {
  test("holds no request, no answer and no token", async () => {
    await control.denyKey(ALIAS);
    for (const error of await failures()) {
      expect(error.cause).toBeUndefined();
      expect(Object.keys(error).sort()).toEqual(["kind", "name", "reason"]);
      expect(error.message).toBe("vault: denied (AccessDeniedException)");
    }
  });
});

describe("another KMS of the same keys", () => {
  test("opens what the first one wrapped: a restart of the simulator loses nothing", async () => {
    const again = await startKmsSimulator({ ...credentials, region });
    vi.stubEnv("AWS_ENDPOINT_URL_KMS", again.origin);
    expect(await kmsVault().open(sealed, context)).toBe(token);
    await again.stop();
  });
});
