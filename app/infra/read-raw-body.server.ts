import type { IncomingMessage } from "node:http";

/** Why a body was not taken; `status` is what the sender is told. */
export class BodyRefusedError extends Error {
  override readonly name = "BodyRefusedError";
  constructor(readonly status: 408 | 413) {
    super(`body refused (${status})`);
  }
}

/** A request's bytes as they were sent. Throws BodyRefusedError for more than `maxBytes`, or when they take longer than `maxMs`. */
export function readRawBody(request: IncomingMessage, limits: { maxBytes: number; maxMs: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(() => settle(() => reject(new BodyRefusedError(408))), limits.maxMs);
    const settle = (end: () => void) => {
      clearTimeout(timer);
      request.off("data", take).off("end", done).off("error", fail).off("close", cut);
      end();
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limits.maxBytes) return settle(() => reject(new BodyRefusedError(413)));
      chunks.push(chunk);
    };
    const done = () => settle(() => resolve(Buffer.concat(chunks)));
    const fail = (error: Error) => settle(() => reject(error));
    const cut = () => settle(() => reject(new BodyRefusedError(408)));
    if (Number(request.headers["content-length"] ?? 0) > limits.maxBytes) {
      return settle(() => reject(new BodyRefusedError(413)));
    }
    request.on("data", take).on("end", done).on("error", fail).on("close", cut);
  });
}
