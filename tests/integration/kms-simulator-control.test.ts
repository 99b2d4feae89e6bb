import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DecryptCommand, GenerateDataKeyCommand, KMSClient, type KMSClientConfig } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { KmsControl } from "#tests/simulators/kms/control";
import { startKmsSimulator } from "#tests/simulators/kms/simulator";

/** What the simulator tells of itself, how it is made to fail, and how it runs as a process. */
const ALIAS = "alias/trendpot/tiktok-display-oauth";
const region = "eu-central-1";
const credentials = { accessKeyId: "AKIATRENDPOTTEST", secretAccessKey: randomBytes(30).toString("base64") };
const EncryptionContext = { app: "trendpot", account: "one" };
const main = fileURLToPath(new URL("../simulators/kms/main.ts", import.meta.url));

let kms: Awaited<ReturnType<typeof startKmsSimulator>>;
let control: KmsControl;
let client: KMSClient;

const connect = (endpoint: string, options: KMSClientConfig = {}) =>
  new KMSClient({ region, endpoint, credentials, maxAttempts: 1, ...options });

beforeAll(async () => {
  kms = await startKmsSimulator({ ...credentials, region });
  control = new KmsControl(kms.origin);
  client = connect(kms.origin);
});

beforeEach(async () => {
  await control.clearFaults();
  await control.clearLedger();
});

afterAll(() => kms.stop());

const generate = (from = client, KeyId = ALIAS) =>
  from.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256", EncryptionContext }));

async function outcome(sent: Promise<unknown>): Promise<string> {
  return sent.then(
    () => "ok",
    (error: unknown) => (error instanceof Error ? error.name : "unknown"),
  );
}

describe("the ledger", () => {
  test("tells each request in order, with its key, context and answer", async () => {
    const { KeyId } = await generate();
    await outcome(generate(client, "alias/none"));
    await outcome(generate(connect(kms.origin, { credentials: { ...credentials, secretAccessKey: "no" } })));
    const common = { operation: "GenerateDataKey", at: expect.stringMatching(/^\d{4}-.*Z$/) };
    const [first, ...rest] = await control.ledger();
    expect(first).toEqual({
      ...common,
      seq: expect.any(Number),
      keyId: KeyId,
      encryptionContext: EncryptionContext,
      status: 200,
      error: null,
    });
    expect(rest).toMatchObject([
      { ...common, keyId: null, encryptionContext: EncryptionContext, status: 400, error: "NotFoundException" },
      { ...common, keyId: null, encryptionContext: null, status: 400, error: "InvalidSignatureException" },
    ]);
    const { seq } = first ?? { seq: 0 };
    expect(rest.map((entry) => entry.seq)).toEqual([seq + 1, seq + 2]);
  });

  test("holds no data key, no wrapped key, no secret and no signature", async () => {
    const { Plaintext, CiphertextBlob } = await generate();
    await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    const told = JSON.stringify([await control.ledger(), await control.state()]);
    for (const bytes of [Plaintext, CiphertextBlob].map((part) => Buffer.from(part ?? []))) {
      expect(told).not.toContain(bytes.toString("base64").slice(0, 20));
      expect(told).not.toContain(bytes.toString("hex").slice(0, 20));
    }
    expect(told).not.toContain(credentials.secretAccessKey);
    expect(told).not.toMatch(/signature|AWS4/i);
  });
});

describe("a fault", () => {
  test("happens as often as it was set, after as many as it lets pass, and is counted", async () => {
    await control.setFault({ kind: "throttle", times: 2, after: 1 });
    const seen: string[] = [];
    for (let at = 0; at < 5; at += 1) seen.push(await outcome(generate()));
    expect(seen).toEqual(["ok", "ThrottlingException", "ThrottlingException", "ok", "ok"]);
    expect((await control.state()).faults).toMatchObject([{ kind: "throttle", fired: 2 }]);
    const faults = (await control.ledger()).map(({ fault }) => fault);
    expect(faults).toEqual([undefined, "throttle", "throttle", undefined, undefined]);
  });

  test("is for its operation alone", async () => {
    const { CiphertextBlob } = await generate();
    await control.setFault({ operation: "Decrypt", kind: "error", code: "KMSInternalException" });
    expect(await outcome(generate())).toBe("ok");
    const opened = client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    await expect(opened).rejects.toMatchObject({ name: "KMSInternalException", $metadata: { httpStatusCode: 500 } });
  });

  test("of status is a page that is not KMS's, of malformed an answer that ends too early", async () => {
    await control.setFault({ kind: "status", status: 502, times: 1 });
    await expect(generate()).rejects.toMatchObject({ $metadata: { httpStatusCode: 502 } });
    await control.setFault({ kind: "malformed", times: 1 });
    expect(await outcome(generate())).toBe("SyntaxError");
  });

  test("of delay holds the right answer back; hang gives none, reset cuts the connection", async () => {
    await control.setFault({ kind: "delay", delayMs: 150, times: 1 });
    const began = performance.now();
    expect(await outcome(generate())).toBe("ok");
    expect(performance.now() - began).toBeGreaterThanOrEqual(140);
    await control.setFault({ kind: "hang", times: 1 });
    const impatient = connect(kms.origin, { requestHandler: { requestTimeout: 200, throwOnRequestTimeout: true } });
    expect(await outcome(generate(impatient))).toBe("TimeoutError");
    await control.setFault({ kind: "reset", times: 1 });
    await expect(generate()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect((await control.ledger()).map(({ status }) => status)).toEqual([200, null, null]);
  });

  test("that makes no sense is refused", async () => {
    await expect(control.setFault({ kind: "error" })).rejects.toThrow("an error needs its code");
    await expect(control.setFault({ kind: "delay" })).rejects.toThrow("a delay needs delayMs");
    await expect(control.setKeyState("alias/none", "Disabled")).rejects.toThrow(/is not found/);
    expect((await fetch(`${kms.origin}/__control/toString`, { method: "POST" })).status).toBe(400);
    expect((await fetch(`${kms.origin}/__control/clear-ledger`)).status).toBe(400);
  });
});

describe("the simulator as a process", () => {
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "test",
    PATH: process.env.PATH,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };

  async function start(extra: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, ["--import", "tsx", main], {
      env: { ...env, ...extra },
      stdio: ["pipe", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    const lines = createInterface({ input: child.stdout });
    const [line] = await once(lines, "line", { signal: AbortSignal.timeout(20_000) });
    const { origin }: { origin: string } = JSON.parse(String(line));
    return { child, ended, origin };
  }

  test("opens after a restart what it wrapped before, on the port it is given", async () => {
    const first = await start({});
    const { CiphertextBlob, Plaintext } = await generate(connect(first.origin));
    first.child.kill("SIGTERM");
    expect(await first.ended).toEqual([0, null]);
    const second = await start({ KMS_SIM_PORT: new URL(first.origin).port });
    expect(second.origin).toBe(first.origin);
    const opened = await connect(second.origin).send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    expect(opened.Plaintext).toEqual(Plaintext);
    second.child.kill("SIGINT");
    expect(await second.ended).toEqual([0, null]);
  });

  test("ends with its parent when it is asked to", async () => {
    const { child, ended, origin } = await start({ KMS_SIM_UNTIL_STDIN_ENDS: "1" });
    await new KmsControl(origin).setFault({ kind: "hang" });
    const hung = outcome(generate(connect(origin)));
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
    expect(await hung).not.toBe("ok");
  });
});
