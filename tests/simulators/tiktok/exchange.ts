import type { IncomingMessage } from "node:http";
import type { FaultState } from "./control-protocol";
import type { LedgerNotes } from "./ledger";

/** One request and its answer, as the handlers see them. */

const MAX_BODY_BYTES = 1024 * 1024;

export interface Call {
  method: string;
  url: URL;
  headers: IncomingMessage["headers"];
  body: string;
  /** Filled in by handlers for the ledger. */
  notes: LedgerNotes;
  /** A fault that twists the page of a list. */
  pageFault?: FaultState;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** For the ledger. */
  code: string;
}

/** Null when the body is larger than anything TikTok takes. */
export async function readCall(request: IncomingMessage, origin: string): Promise<Call | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return {
    method: request.method ?? "GET",
    url: new URL(request.url?.startsWith("/") ? `${origin}${request.url}` : "/", origin),
    headers: request.headers,
    body: Buffer.concat(chunks).toString("utf8"),
    notes: { clientKey: null, openId: null },
  };
}

export function mediaType(call: Call): string {
  return (call.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

export function json(status: number, body: unknown, code: string): Reply {
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(body), code };
}

export function html(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...headers },
    body,
    code: status === 200 ? "ok" : `http_${status}`,
  };
}

export function redirect(location: string, code: string): Reply {
  return { status: 302, headers: { location, "cache-control": "no-store" }, body: "", code };
}

/** A path that this TikTok does not have: a page, not an envelope. */
export function notFound(): Reply {
  return html(404, "<!doctype html><title>404</title><h1>404 page not found</h1>");
}

export function methodNotAllowed(allow: string): Reply {
  return html(405, "<!doctype html><title>405</title><h1>405 method not allowed</h1>", { allow });
}
