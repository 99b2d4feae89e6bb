import { createHash, createHmac, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startKmsSimulator } from "#tests/simulators/kms/simulator";

/** Requests that the AWS SDK would never make, each wrong in one thing. */
const ALIAS = "alias/trendpot/tiktok-display-oauth";
const region = "eu-central-1";
const credentials = { accessKeyId: "AKIATRENDPOTTEST", secretAccessKey: randomBytes(30).toString("base64") };

let kms: Awaited<ReturnType<typeof startKmsSimulator>>;

beforeAll(async () => {
  kms = await startKmsSimulator({ ...credentials, region });
});

afterAll(() => kms.stop());

describe("a request made by hand", () => {
  const target = "TrentService.DescribeKey";
  const body = JSON.stringify({ KeyId: ALIAS });

  interface Handmade {
    scope?: (date: string) => string;
    headers?: Record<string, string>;
    signed?: readonly string[];
    /** Goes out instead of what was signed. */
    sentBody?: string;
    authorization?: string | null;
    target?: string;
    path?: string;
  }

  /** Signature Version 4 written out, so that each part can be wrong by itself. */
  async function send(made: Handmade, signedBody = body): Promise<{ status: number; type: string }> {
    const at = made.headers?.["x-amz-date"] ?? new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const scope = (made.scope ?? ((date) => `${date}/${region}/kms/aws4_request`))(at.slice(0, 8));
    const headers: Record<string, string> = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-date": at,
      "x-amz-target": made.target ?? target,
      ...made.headers,
    };
    const all: Record<string, string> = { ...headers, host: new URL(kms.origin).host };
    const names = made.signed ?? Object.keys(all).sort();
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    const lines = names.map((name) => `${name}:${all[name]}\n`).join("");
    const canonical = ["POST", made.path ?? "/", "", lines, names.join(";"), sha256(signedBody)].join("\n");
    const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();
    const key = scope.split("/").reduce(hmac, Buffer.from(`AWS4${credentials.secretAccessKey}`));
    const signature = hmac(key, ["AWS4-HMAC-SHA256", at, scope, sha256(canonical)].join("\n")).toString("hex");
    const credential = `${credentials.accessKeyId}/${scope}`;
    const authorization =
      made.authorization ??
      `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
    const response = await fetch(kms.origin + (made.path ?? "/"), {
      method: "POST",
      headers: made.authorization === null ? headers : { ...headers, authorization },
      body: made.sentBody ?? signedBody,
    });
    return { status: response.status, type: (await response.json()).__type };
  }

  test("that is right is answered: what follows is refused for one thing only", async () => {
    expect(await send({})).toEqual({ status: 200, type: undefined });
  });

  const whole = "AWS4-HMAC-SHA256 Credential=AKIATRENDPOTTEST/20260101/eu-central-1/kms/aws4_request";
  test.each<[string, Handmade, string]>([
    ["has no signature", { authorization: null }, "MissingAuthenticationTokenException"],
    ["has another kind of it", { authorization: "Bearer abc" }, "MissingAuthenticationTokenException"],
    ["has an incomplete one", { authorization: `${whole}, SignedHeaders=host` }, "IncompleteSignatureException"],
    ["is scoped to another service", { scope: (d) => `${d}/${region}/s3/aws4_request` }, "InvalidSignatureException"],
    ["is scoped to another region", { scope: (d) => `${d}/us-east-1/kms/aws4_request` }, "InvalidSignatureException"],
    ["ends its scope in another way", { scope: (d) => `${d}/${region}/kms/aws5_request` }, "InvalidSignatureException"],
    ["has no end to its scope", { scope: (d) => `${d}/${region}/kms` }, "IncompleteSignatureException"],
    ["is scoped to another day", { scope: () => `20200101/${region}/kms/aws4_request` }, "InvalidSignatureException"],
    ["has a date that is none", { headers: { "x-amz-date": "yesterday" } }, "IncompleteSignatureException"],
    ["was changed on its way", { sentBody: body.replace("alias", "ALIAS") }, "InvalidSignatureException"],
    ["leaves its target unsigned", { signed: ["content-type", "host", "x-amz-date"] }, "InvalidSignatureException"],
    [
      "leaves its host unsigned",
      { signed: ["content-type", "x-amz-date", "x-amz-target"] },
      "InvalidSignatureException",
    ],
    ["signs in another order", { signed: ["x-amz-target", "x-amz-date", "host"] }, "InvalidSignatureException"],
    ["states another hash", { headers: { "x-amz-content-sha256": "0".repeat(64) } }, "InvalidSignatureException"],
    [
      "speaks JSON of another version",
      { headers: { "content-type": "application/json" } },
      "UnknownOperationException",
    ],
    ["asks for nothing that is known", { target: "TrentService.Nothing" }, "UnknownOperationException"],
    ["asks another service", { target: "DynamoDB_20120810.DescribeKey" }, "UnknownOperationException"],
    ["goes to another path", { path: "/key" }, "UnknownOperationException"],
  ])("is refused when it %s", async (_what, made, type) => {
    expect(await send(made)).toEqual({ status: 400, type });
  });

  test.each([
    ["no JSON", "{", "SerializationException"],
    ["a list", "[]", "SerializationException"],
    ["a number for a name", '{"KeyId":1}', "SerializationException"],
    ["no name", "{}", "ValidationException"],
    ["a name without end", JSON.stringify({ KeyId: "a".repeat(2_049) }), "ValidationException"],
  ])("is refused with %s in it", async (_what, text, type) => {
    expect(await send({}, text)).toEqual({ status: 400, type });
  });

  test.each([
    ["a number in its context", { CiphertextBlob: "AAAA", EncryptionContext: { a: 1 } }, "SerializationException"],
    ["a blob that is not base64", { CiphertextBlob: "###" }, "SerializationException"],
    ["no blob", {}, "ValidationException"],
    [
      "an endless context",
      { CiphertextBlob: "AAAA", EncryptionContext: { a: "b".repeat(9_000) } },
      "ValidationException",
    ],
    ["another algorithm", { CiphertextBlob: "AAAA", EncryptionAlgorithm: "RSAES_OAEP_SHA_1" }, "ValidationException"],
  ])("to decrypt is refused with %s", async (_what, asked, type) => {
    expect(await send({ target: "TrentService.Decrypt" }, JSON.stringify(asked))).toEqual({ status: 400, type });
  });

  test("larger than any of KMS is refused", async () => {
    expect(await send({}, " ".repeat(70_000))).toEqual({ status: 413, type: "RequestEntityTooLargeException" });
  });
});
