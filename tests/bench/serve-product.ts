import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { env } from "~/infra/env.server";
import { createWebApp } from "~/processes/web-app.server";
import { root } from "./child";
import { BY_HEART } from "./product-server";

/**
 * The built app behind the product's own web stack, and under `BY_HEART/…` in the same process what the app answers at
 * the rest of the path, learnt once and given from memory by bare Node. Says "listening" to its parent, and ends with it.
 */
process.once("disconnect", () => process.exit(0));
const server = pathToFileURL(path.join(root, "build", "server", "index.js"));
const build: ServerBuild = await import(server.href);
const clientFolder = path.join(root, "build", "client");
const app = createWebApp({ build, clientFolder, shutdown: new AbortController().signal });
const learnt = new Map<string, { headers: Record<string, string>; body: Buffer }>();

createServer((request, response) => {
  const { url = "/" } = request;
  if (!url.startsWith(BY_HEART)) return app(request, response);
  const page = url.slice(BY_HEART.length);
  const known = learnt.get(page);
  if (known) return void response.writeHead(200, known.headers).end(known.body);
  void fetch(env.APP_ORIGIN + page).then(async (answer) => {
    const body = Buffer.from(await answer.arrayBuffer());
    const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Length": String(body.length) };
    learnt.set(page, { headers, body });
    response.writeHead(answer.status, headers).end(body);
  });
}).listen(env.PORT, env.HOST, () => process.send?.("listening"));
