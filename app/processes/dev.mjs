import { createServer } from "node:http";
import { createServer as createVite } from "vite";

/** The development web process: the product's own stack, its modules and its client served by Vite with HMR. */
process.env.NODE_ENV = "development";
const http = createServer();
const vite = await createVite({ server: { middlewareMode: true, hmr: { server: http } } });
const load = (/** @type {string} */ file) => vite.ssrLoadModule(file);
const { boot } = await load("/app/processes/boot.server.ts");
await boot({ work: true });
const { createWebApp } = await load("/app/processes/web-app.server.ts");
const { stopOnSignal } = await load("/app/processes/stop.server.ts");
const { env } = await load("/app/infra/env.server.ts");
const shutdown = new AbortController();
http.on(
  "request",
  createWebApp({
    build: () => load("virtual:remix/server-build"),
    clientFolder: null,
    before: vite.middlewares,
    shutdown: shutdown.signal,
  }),
);
stopOnSignal(async () => {
  shutdown.abort();
  await vite.close();
  http.closeAllConnections();
});
http.listen(env.PORT, env.HOST);
