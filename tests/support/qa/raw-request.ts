import http from "node:http";

export interface RawAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** A request as it stands, with any Host and any header, which fetch would not send. Follows nothing. */
export function rawRequest(
  origin: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer; chunked?: boolean } = {},
): Promise<RawAnswer> {
  const { method = "GET", headers = {}, body, chunked = false } = options;
  const { hostname, port } = new URL(origin);
  const length = body === undefined || chunked ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path, method, headers: { ...length, ...headers }, agent: false });
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      const give = () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
      // A stream of events has no end to wait for.
      if (response.headers["content-type"]?.startsWith("text/event-stream")) {
        response.destroy();
        return give();
      }
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", give);
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

export function formBody(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}

export const FORM = { "content-type": "application/x-www-form-urlencoded" };
