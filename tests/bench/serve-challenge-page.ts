import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { closeDatabase } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { createWebApp } from "~/processes/web-app.server";
import { root } from "./child";

/**
 * `serve-challenge-page.ts product|constant <path>`: the built app behind the product's own web stack. With `constant`
 * the same build with one thing changed: the challenge page's loader gives back what it gave once for `path`, and the
 * database is closed, so that nothing can ask it. Says "listening" to its parent, and ends with it.
 */
const ROUTE = "routes/challenges.$slug._index";

process.once("disconnect", () => process.exit(0));
const [mode, page = "/"] = process.argv.slice(2);
const shutdown = new AbortController();
const server = pathToFileURL(path.join(root, "build", "server", "index.js"));
const product: ServerBuild = await import(server.href);
const build = mode === "constant" ? await withConstantPage(product) : product;
const app = createWebApp({ build, clientFolder: path.join(root, "build", "client"), shutdown: shutdown.signal });
createServer(app).listen(env.PORT, env.HOST, () => process.send?.("listening"));

async function withConstantPage(whole: ServerBuild): Promise<ServerBuild> {
  const route = whole.routes[ROUTE];
  if (!route?.module.loader) throw new Error(`the build has no ${ROUTE}`);
  const constant = await route.module.loader({
    params: { slug: page.split("/").at(-1) },
    request: new Request(new URL(page, env.APP_ORIGIN)),
    context: { nonce: "", requestId: "constant", sender: "", at: new Date(), shutdown: shutdown.signal },
  });
  await closeDatabase();
  const module = { ...route.module, loader: () => constant };
  return { ...whole, routes: { ...whole.routes, [ROUTE]: { ...route, module } } };
}
