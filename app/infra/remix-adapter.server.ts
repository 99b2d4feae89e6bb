import type { IncomingMessage } from "node:http";
import { Readable, Transform } from "node:stream";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from "express";
import { type Encoding, type SharedPage, sharePages } from "~/infra/share-pages.server";

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
  /** What visitors who may be shown the same page have in common; null where the answer is for one person alone. */
  visitorsKey: (request: ExpressRequest) => string | null;
  /** Whether a route's page looks alike to all of them. */
  looksAlike: (route: string) => boolean;
}

/**
 * Runs Remix in express. Holds back for slow clients, cancels for those who hang up, and ends the request's signal
 * once the response is over, so that Remix drops its timers.
 */
export function remixHandler({ build, origin, mode, context, ...share }: AdapterOptions): RequestHandler {
  const handle = createRequestHandler(build, mode);
  const pages = sharePages();

  async function answer(request: ExpressRequest, response: ExpressResponse): Promise<void> {
    const key = share.visitorsKey(request);
    const kept = key === null ? null : await pages.find(key);
    if (kept) return sendPage(kept, response);
    const length = Number(request.headers["content-length"] ?? 0);
    if (length > MAX_BODY_BYTES) throw new BodyTooLargeError();
    const target = urlOf(request, origin);
    if (!target) throw new BadUrlError();
    const gone = new AbortController();
    const overflow = new AbortController();
    const loadContext = context(request, response);
    const draw = () => handle(toFetchRequest(request, target, origin, gone.signal, overflow), loadContext);
    const route = String(response.locals.route);
    try {
      if (key !== null && share.looksAlike(route)) {
        // Others may wait for a shared page when the visitor who asked first has hung up.
        const page = await pages.draw(key, { route, nonce: loadContext.nonce, draw });
        return await (page instanceof Response ? send(page, response) : sendPage(page, response));
      }
      response.once("close", () => gone.abort());
      const drawn = await draw();
      if (overflow.signal.aborted) throw new BodyTooLargeError();
      await send(drawn, response);
    } catch (error) {
      throw overflow.signal.aborted ? new BodyTooLargeError() : error;
    } finally {
      gone.abort();
    }
  }

  return (request, response, next) => void answer(request, response).catch(next);
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

async function sendPage(page: SharedPage, response: ExpressResponse): Promise<void> {
  const encoding = encodingFor(response.req);
  const body = await page.body(encoding);
  response.locals.route = page.route;
  for (const [name, value] of page.headers) response.appendHeader(name, value);
  if (encoding !== "identity") response.setHeader("Content-Encoding", encoding);
  response.status(200).setHeader("Content-Length", body.length).end(body);
}

function encodingFor(request: ExpressRequest): Encoding {
  if (request.acceptsEncodings("br")) return "br";
  return request.acceptsEncodings("gzip") ? "gzip" : "identity";
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
