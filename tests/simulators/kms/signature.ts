import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { KmsFailure } from "./kms-failure";

const ALGORITHM = "AWS4-HMAC-SHA256";
const SERVICE = "kms";
const TERMINATOR = "aws4_request";
const SKEW_MS = 5 * 60_000;

export interface Signer {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

/** Signature Version 4, checked as the service does. Throws KmsFailure. */
export function verifySignature(request: IncomingMessage, body: Buffer, signer: Signer, now: Date): void {
  const { credential, signedHeaders, signature } = readAuthorization(request.headers.authorization);
  const [accessKeyId, ...scope] = credential.split("/");
  // A session token belongs to temporary credentials, and there are none here.
  if (accessKeyId !== signer.accessKeyId || request.headers["x-amz-security-token"] !== undefined) {
    throw new KmsFailure("UnrecognizedClientException", "The security token included in the request is invalid.");
  }
  const at = header(request, "x-amz-date");
  checkScope(scope, signer.region, at);
  checkAge(at, now);
  checkSignedHeaders(request, signedHeaders);
  if (sha256(body) !== (request.headers["x-amz-content-sha256"] ?? sha256(body))) refuse();
  const canonical = canonicalRequest(request, signedHeaders, body);
  const toSign = [ALGORITHM, at, scope.join("/"), sha256(canonical)].join("\n");
  const key = scope.reduce<Buffer>((made, part) => hmac(made, part), Buffer.from(`AWS4${signer.secretAccessKey}`));
  const expected = hmac(key, toSign);
  const given = Buffer.from(/^[0-9a-f]{64}$/.test(signature) ? signature : "", "hex");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) refuse();
}

interface Authorization {
  credential: string;
  signedHeaders: readonly string[];
  signature: string;
}

function readAuthorization(text: string | undefined): Authorization {
  if (text === undefined || !text.startsWith(`${ALGORITHM} `)) {
    throw new KmsFailure("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  const parts = new Map(
    text
      .slice(ALGORITHM.length)
      .split(",")
      .map((part) => {
        const [name = "", ...value] = part.trim().split("=");
        return [name, value.join("=")] as const;
      }),
  );
  const take = (name: string) => {
    const value = parts.get(name);
    if (value) return value;
    throw new KmsFailure("IncompleteSignatureException", `Authorization header requires '${name}' parameter.`);
  };
  return {
    credential: take("Credential"),
    signedHeaders: take("SignedHeaders").split(";"),
    signature: take("Signature"),
  };
}

function checkScope(scope: readonly string[], region: string, at: string): void {
  const [date, inRegion, service, terminator, ...more] = scope;
  if (more.length > 0 || terminator === undefined) {
    throw new KmsFailure("IncompleteSignatureException", "Credential must have exactly 5 slash-delimited elements");
  }
  if (inRegion !== region) refuse("Credential should be scoped to a valid region.");
  if (service !== SERVICE) refuse(`Credential should be scoped to correct service: '${SERVICE}'.`);
  if (terminator !== TERMINATOR) refuse(`Credential should be scoped with a valid terminator: '${TERMINATOR}'.`);
  if (date !== at.slice(0, 8)) refuse("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date");
}

function checkAge(at: string, now: Date): void {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(at);
  const [, year, month, day, hour, minute, second] = match ?? [];
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(signedAt)) {
    throw new KmsFailure("IncompleteSignatureException", "Date must be in ISO-8601 'basic format'.");
  }
  if (signedAt < now.getTime() - SKEW_MS) refuse(`Signature expired: ${at} is now too early (5 min.)`);
  if (signedAt > now.getTime() + SKEW_MS) refuse(`Signature not yet current: ${at} is still too late (5 min.)`);
}

/** What decides the meaning of a request must be under the signature. */
function checkSignedHeaders(request: IncomingMessage, signedHeaders: readonly string[]): void {
  const sorted = [...new Set(signedHeaders)].sort();
  if (sorted.join(";") !== signedHeaders.join(";")) refuse("SignedHeaders must be sorted and lower case.");
  const needed = Object.keys(request.headers).filter((name) => name === "host" || name.startsWith("x-amz-"));
  const unsigned = needed.find((name) => !signedHeaders.includes(name));
  if (unsigned) refuse(`'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`);
}

function canonicalRequest(request: IncomingMessage, signedHeaders: readonly string[], body: Buffer): string {
  const url = new URL(request.url ?? "/", "http://kms");
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const headers = signedHeaders.map((name) => `${name}:${header(request, name)}`);
  return [request.method, url.pathname, query.join("&"), ...headers, "", signedHeaders.join(";"), sha256(body)].join(
    "\n",
  );
}

/** All values of a header in canonical form; empty when it is not there. */
function header(request: IncomingMessage, name: string): string {
  const values = request.headersDistinct[name] ?? [];
  return values.map((value) => value.trim().replace(/ +/g, " ")).join(",");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function refuse(
  message = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
): never {
  throw new KmsFailure("InvalidSignatureException", message);
}
