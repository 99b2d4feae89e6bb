import { createServer } from "node:http";
import { createWebApp } from "~/processes/web-app.server";

/**
 * The product's doors in front of Remix, over HTTP in this test process: webhooks, metrics, health and guards. Pages need
 * a build, so there are none. Imported after the environment is set (see product-in-process.ts).
 */
export async function serveProduct(port = 0): Promise<{ origin: string; close: () => Promise<void> }> {
  const build = () => Promise.reject(new Error("no page is asked for here"));
  const server = createServer(createWebApp({ build, clientFolder: null, shutdown: new AbortController().signal }));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no address");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
