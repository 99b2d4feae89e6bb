import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { controlApi } from "./control-api";
import { type Fault, type LedgerEntry, type Operation, operations } from "./control-messages";
import { FaultPlan } from "./fault-plan";
import { KeyStore } from "./key-store";
import { KmsFailure } from "./kms-failure";
import { operate } from "./operations";
import { verifySignature } from "./signature";

const CONTENT_TYPE = "application/x-amz-json-1.1";
const TARGET = "TrentService.";
const CONTROL = "/__control/";
const BODY_MAX = 64 * 1024;
const DEFAULT_ALIASES = { "alias/trendpot/tiktok-display-oauth": "7d0a3c52-5b1e-4c1f-9a64-2f6c8e0d4b19" };

export interface KmsSimulatorOptions {
  port?: number;
  region?: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Alias to key id; each key named here is made. */
  aliases?: Record<string, string>;
}

/**
 * AWS KMS as far as this product uses it, on loopback: JSON 1.1, Signature Version 4, aliases, key states, encryption
 * context. What KMS would refuse is refused. `/__control/…` steers it (see control.ts).
 */
export async function startKmsSimulator(
  options: KmsSimulatorOptions,
): Promise<{ origin: string; stop(): Promise<void> }> {
  const region = options.region ?? "eu-central-1";
  const keys = new KeyStore(region, options.secretAccessKey, options.aliases ?? DEFAULT_ALIASES);
  const faults = new FaultPlan();
  const ledger: LedgerEntry[] = [];
  const control = controlApi({ keys, faults, ledger });
  const signer = { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey, region };
  let seq = 0;

  /** Throws KmsFailure; `entry` learns what the request was about. */
  async function serve(request: IncomingMessage, response: ServerResponse, entry: LedgerEntry): Promise<void> {
    const body = await readBody(request);
    verifySignature(request, body, signer, new Date());
    const operation = findOperation(request);
    const fault = faults.next(operation);
    if (fault) entry.fault = fault.kind;
    if (fault && (await happens(fault, response, entry))) return;
    const answer = operate(keys, operation, parseJson(body), entry);
    send(response, 200, answer, entry);
  }

  const server = createServer((request, response) => {
    if (request.url?.startsWith(CONTROL)) {
      void answerControl(control, request, response);
      return;
    }
    // The clock that signatures are checked by; the SDK follows it.
    response.setHeader("date", new Date().toUTCString());
    seq += 1;
    const entry: LedgerEntry = {
      seq,
      at: new Date().toISOString(),
      operation: String(request.headers["x-amz-target"] ?? "").replace(TARGET, ""),
      keyId: null,
      encryptionContext: null,
      status: null,
      error: null,
    };
    ledger.push(entry);
    serve(request, response, entry).catch((error: unknown) => refuse(response, error, entry));
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the KMS simulator has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      // Hung answers too.
      server.closeAllConnections();
      await closed;
    },
  };
}

function findOperation(request: IncomingMessage): Operation {
  const target = String(request.headers["x-amz-target"] ?? "");
  const operation = operations.find((known) => target === TARGET + known);
  const spoken = request.method === "POST" && request.url === "/" && request.headers["content-type"] === CONTENT_TYPE;
  if (!operation || !spoken) throw new KmsFailure("UnknownOperationException");
  return operation;
}

/** Lets a fault happen. False: the request then goes on as if nothing had been. */
async function happens(fault: Fault, response: ServerResponse, entry: LedgerEntry): Promise<boolean> {
  switch (fault.kind) {
    case "delay":
      await delay(fault.delayMs);
      return false;
    case "hang":
      return true;
    case "reset":
      response.socket?.resetAndDestroy();
      return true;
    case "malformed":
      entry.status = 200;
      response.writeHead(200, { "content-type": CONTENT_TYPE }).end('{"CiphertextBlob": "AQ');
      return true;
    case "status":
      entry.status = fault.status ?? 503;
      response
        .writeHead(entry.status, { "content-type": "text/html" })
        .end(`<html><body><h1>${entry.status}</h1></body></html>`);
      return true;
    case "throttle":
      throw new KmsFailure("ThrottlingException", "Rate exceeded");
    case "error":
      throw new KmsFailure(fault.code ?? "KMSInternalException", "as the fault says", fault.status);
  }
}

function refuse(response: ServerResponse, error: unknown, entry: LedgerEntry): void {
  const failure = error instanceof KmsFailure ? error : new KmsFailure("KMSInternalException", String(error));
  entry.error = failure.code;
  const message = failure.message === "" ? {} : { message: failure.message };
  send(response, failure.status, { __type: failure.code, ...message }, entry);
}

function send(response: ServerResponse, status: number, body: unknown, entry: LedgerEntry): void {
  entry.status = status;
  response
    .writeHead(status, { "content-type": CONTENT_TYPE, "x-amzn-RequestId": randomUUID(), "cache-control": "no-cache" })
    .end(JSON.stringify(body));
}

async function answerControl(
  api: ReturnType<typeof controlApi>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = request.url?.slice(CONTROL.length) ?? "";
  const act = Object.hasOwn(api, name) ? api[name] : undefined;
  try {
    const body = await readBody(request);
    if (!act || request.method !== "POST") throw new Error("no such control");
    const answer = JSON.stringify(act(body.length > 0 ? parseJson(body) : {}) ?? null);
    response.writeHead(200, { "content-type": "application/json" }).end(answer);
  } catch (error) {
    response.writeHead(400, { "content-type": "text/plain" }).end(String(error));
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > BODY_MAX) throw new KmsFailure("RequestEntityTooLargeException", "", 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new KmsFailure("SerializationException");
  }
}
