import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as build from "virtual:remix/server-build";
import { env } from "~/infra/env.server";
import { log } from "~/infra/log.server";
import { boot } from "./boot.server";
import { stopOnSignal } from "./stop.server";
import { createWebApp } from "./web-app.server";

/** npm start: the production web server, with the job worker in it unless JOBS=off. */
await boot({ work: env.JOBS === "inline" });
const shutdown = new AbortController();
const clientFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../client");
const server = createServer(createWebApp({ build, clientFolder, shutdown: shutdown.signal }));
server.headersTimeout = 15_000;
server.requestTimeout = 60_000;
server.keepAliveTimeout = 65_000;
stopOnSignal(
  () =>
    new Promise((resolve) => {
      shutdown.abort();
      server.close(() => resolve());
      server.closeIdleConnections();
    }),
);
server.listen(env.PORT, env.HOST, () => log.info({ origin: env.APP_ORIGIN }, "listening"));
