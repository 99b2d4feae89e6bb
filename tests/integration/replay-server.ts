import { once } from "node:events";
import { createServer } from "node:http";

export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** Answers whatever it is asked with one body, byte for byte, and keeps what it was asked. */
export async function startReplay() {
  let playing: { status: number; body: Buffer } = { status: 404, body: Buffer.of() };
  let received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://replay");
      received.push({
        method: request.method ?? "",
        path: pathname,
        query: searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      });
      response.writeHead(playing.status, { "content-type": "application/json" }).end(playing.body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The replay server has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    /** From now on, and with nothing received yet. */
    play(status: number, body: Buffer): void {
      playing = { status, body };
      received = [];
    },
    received: (): readonly Received[] => received,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
