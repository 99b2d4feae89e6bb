import type { IncomingMessage } from "node:http";
import { Readable, Transform } from "node:stream";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from "express";
import { sharePages, type VisitorPage } from "~/infra/share-pages.server";

/** Larger bodies are refused with 413, also when they do not say how large they are. */
const MAX_BODY_BYTES = 1024 * 1024;
/** compression() holds chunks back; a page's few come within milliseconds, so they leave as one. */
const FLUSH_MS = 5;

export interface AdapterOptions {
  build: ServerBuild | (() => Promise<ServerBuild>);
  /** APP_ORIGIN: requests are built on it, never on Host or X-Forwarded-Host. */
  origin: string;
  mode: "development" | "production";
  context: (request: ExpressRequest, response: ExpressResponse) => AppLoadContext;
  /** What visitors who are shown the same page have in common; null where each answer is for one person alone. */
  sharedKey: (request: ExpressRequest, response: ExpressResponse) => string | null;
}

/**
 * Runs Remix in express. Holds back for slow clients, cancels for those who hang up, and ends the request's signal
 * once the response is over, so that Remix drops its timers.
 */
export function remixHandler({ build, origin, mode, context, sharedKey }: AdapterOptions): RequestHandler {
  const handle = createRequestHandler(build, mode);
  const share = sharePages();
  return (request, response, next) => {
    const length = Number(request.headers["content-length"] ?? 0);
    if (length > MAX_BODY_BYTES) return next(new BodyTooLargeError());
    const target = urlOf(request, origin);
    if (!target) return next(new BadUrlError());
    const gone = new AbortController();
    const overflow = new AbortController();
    const loadContext = context(request, response);
    const draw = () => handle(toFetchRequest(request, target, origin, gone.signal, overflow), loadContext);
    const key = sharedKey(request, response);
    // Others may wait for a shared page when the visitor who asked first has hung up.
    if (key === null) response.once("close", () => gone.abort());
    const answered = key === null ? draw() : share(key, loadContext.nonce, draw);
    answered
      .then((answer) => {
        if (overflow.signal.aborted) throw new BodyTooLargeError();
        return answer instanceof Response ? send(answer, response) : sendPage(answer, response);
      })
      .catch((error: unknown) => next(overflow.signal.aborted ? new BodyTooLargeError() : error))
      .finally(() => gone.abort());
  };
}

class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
  readonly status = 413;
}

class BadUrlError extends Error {
  override readonly name = "BadUrlError";
  readonly status = 400;
}

/** The request's URL on our origin; null for a target that is not a well-formed path. */
function urlOf(request: ExpressRequest, origin: string): URL | null {
  const path = request.originalUrl;
  if (!path.startsWith("/") || !URL.canParse(origin + path)) return null;
  try {
    decodeURIComponent(path.split("?")[0] ?? "");
  } catch {
    return null;
  }
  return new URL(origin + path);
}

function toFetchRequest(
  request: IncomingMessage,
  url: URL,
  origin: string,
  signal: AbortSignal,
  overflow: AbortController,
): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  // Remix compares Origin with these and answers 500 behind a proxy that rewrites Host; the guard has checked Origin.
  headers.set("host", new URL(origin).host);
  headers.delete("x-forwarded-host");
  const init: RequestInit & { duplex?: "half" } = { method: request.method, headers, signal };
  if (request.method !== "GET" && request.method !== "HEAD") {
    // Node's own web streams and the DOM's are one thing under two names.
    init.body = Readable.toWeb(request.pipe(capped(overflow))) as ReadableStream<Uint8Array>;
    init.duplex = "half";
  }
  return new Request(url, init);
}

function capped(overflow: AbortController): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) return done(null, chunk);
      overflow.abort();
      done(new BodyTooLargeError());
    },
  });
}

function sendPage({ headers, html }: VisitorPage, response: ExpressResponse): void {
  for (const [name, value] of headers) response.appendHeader(name, value);
  response.status(200).end(html);
}

async function send(answer: Response, response: ExpressResponse): Promise<void> {
  response.status(answer.status);
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  if (!answer.body || response.req.method === "HEAD") {
    await answer.body?.cancel();
    response.end();
    return;
  }
  if (answer.headers.get("content-type")?.startsWith("text/event-stream")) response.flushHeaders();
  const reader = answer.body.getReader();
  const hangUp = () => void reader.cancel().catch(() => undefined);
  response.once("close", hangUp);
  let flush: NodeJS.Timeout | undefined;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || response.destroyed) break;
      if (!response.write(value)) await drained(response);
      flush ??= setTimeout(() => {
        flush = undefined;
        response.flush();
      }, FLUSH_MS);
    }
    response.end();
  } catch (error) {
    response.destroy(error instanceof Error ? error : undefined);
  } finally {
    clearTimeout(flush);
    response.off("close", hangUp);
  }
}

function drained(response: ExpressResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}
