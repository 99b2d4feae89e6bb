import { createServer, type Server } from "node:http";
import { createInterface } from "node:readline";

export type Accept<T> = (address: URL) => Promise<{ done: T } | { ignored: string }>;

/**
 * Waits until the person is back from TikTok: at the registered address when it is this machine's own, or with the
 * address of the page they ended on, pasted into the terminal. `accept` says which arrival counts; `invite` is called
 * when they can be received.
 */
export async function awaitReturn<T>(
  redirectUri: URL,
  options: { accept: Accept<T>; say(line: string): void; invite(): void; timeoutMs: number },
): Promise<T | null> {
  const { accept, say, invite, timeoutMs } = options;
  const terminal = createInterface({ input: process.stdin });
  let server: Server | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<T | null>((resolve, reject) => {
      const arrive = async (address: URL) => {
        const outcome = await accept(address);
        if ("done" in outcome) resolve(outcome.done);
        else say(outcome.ignored);
      };
      terminal.on("line", (line) => {
        if (URL.canParse(line.trim())) arrive(new URL(line.trim())).catch(reject);
      });
      if (isOwn(redirectUri)) {
        server = listen(redirectUri, (address) => void arrive(address).catch(reject));
        server.once("listening", invite).once("error", () => {
          say(`${redirectUri.host} is taken: stop what runs there and start again, or paste here where you end.`);
          invite();
        });
      } else {
        say("Your redirect URI is not on this machine: paste here the address that you end on, and press Enter.");
        invite();
      }
      timer = setTimeout(() => resolve(null), timeoutMs);
    });
  } finally {
    clearTimeout(timer);
    terminal.close();
    server?.close();
    server?.closeIdleConnections();
  }
}

function isOwn({ protocol, hostname }: URL): boolean {
  return (
    protocol === "http:" && (hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname))
  );
}

function listen(redirectUri: URL, arrive: (address: URL) => void): Server {
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? "/", redirectUri.origin);
    const isBack = request.method === "GET" && address.pathname === redirectUri.pathname;
    response
      .writeHead(isBack ? 200 : 404, {
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        connection: "close",
      })
      .end(isBack ? "Thank you. The check goes on in the terminal; this page can be closed.\n" : "Not found.\n");
    if (isBack) arrive(address);
  });
  const host = redirectUri.hostname.replace(/^\[|\]$/g, "");
  return server.listen(Number(redirectUri.port || 80), host);
}
