import { randomUUID } from "node:crypto";
import path from "node:path";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import sirv from "sirv";
import { checkHealth } from "~/features/operations/check-health.server";
import { now } from "~/infra/clock.server";
import { env } from "~/infra/env.server";
import { log, withLogFields } from "~/infra/log.server";
import { routeMatcher } from "~/infra/match-route.server";
import { countAnswer } from "~/infra/metrics.server";
import { remixHandler } from "~/infra/remix-adapter.server";
import { configuredHostOnly, sameOriginOnly } from "~/infra/request-guard.server";
import { allowFramesOn, securityHeaders } from "~/infra/security-headers.server";
import { brotliParams } from "~/infra/share-pages.server";
import { metricsDoor } from "./metrics-door.server";
import { webhookDoor } from "./webhook-door.server";

const YEAR_SECONDS = 31_536_000;

export interface WebAppOptions {
  build: ServerBuild | (() => Promise<ServerBuild>);
  /** The folder of built client files; null in development, where Vite serves them. */
  clientFolder: string | null;
  /** Development only: Vite. */
  before?: RequestHandler;
  shutdown: AbortSignal;
}

/** Everything between the socket and Remix, in order: id, log, headers, health, metrics, guards, webhooks, files, compression, Remix. */
export function createWebApp({ build, clientFolder, before, shutdown }: WebAppOptions): express.Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", trustedProxies(env.TRUST_PROXY));
  app.use(requestId, accessLog, securityHeaders);
  app.get("/healthz", (_request, response) => void response.type("text/plain").send("ok\n"));
  app.get("/readyz", (_request, response, next) => {
    checkHealth(shutdown.aborted)
      .then((health) =>
        response
          .status(health.ready ? 200 : 503)
          .set("Cache-Control", "no-store")
          .json(health),
      )
      .catch(next);
  });
  app.get("/metrics", metricsDoor);
  app.use(configuredHostOnly, sameOriginOnly);
  app.post("/webhooks/tiktok", webhookDoor);
  if (before) app.use(before);
  if (clientFolder) app.use(staticFiles(clientFolder));
  app.use(compress);
  // In development the build changes, and nobody counts.
  const routeOf = typeof build === "function" ? () => undefined : routeMatcher(build);
  const context = (request: express.Request, response: express.Response): AppLoadContext => {
    response.locals.route = routeOf(request.path);
    return {
      nonce: String(response.locals.nonce),
      requestId: String(response.locals.requestId),
      sender: request.ip ?? "",
      allowFramesOn: (origins) => allowFramesOn(response, origins),
      at: now(),
      shutdown,
    };
  };
  const looksAlike = (route: string) => typeof build !== "function" && saysAlike(build, route);
  const mode = env.NODE_ENV === "development" ? "development" : "production";
  app.all("*", remixHandler({ build, origin: env.APP_ORIGIN, mode, context, visitorsKey, looksAlike }));
  app.use(answerError);
  return app;
}

/** A page says by its handle that all visitors are shown the same. */
function saysAlike(build: ServerBuild, route: string): boolean {
  const handle = build.routes[route]?.module.handle;
  return typeof handle === "object" && handle !== null && "visitors" in handle && handle.visitors === "alike";
}

/** The address and the theme are all that such a page depends on; with any other cookie somebody may be signed in. */
function visitorsKey(request: express.Request): string | null {
  const cookie = request.get("cookie") ?? "";
  const alone = request.method === "GET" && /^(theme=(light|dark))?$/.test(cookie) && !request.path.endsWith(".data");
  return alone ? `${cookie} ${request.url}` : null;
}

/** `TRUST_PROXY`: a number of hops or a list of addresses, as express takes it. */
function trustedProxies(setting: string | undefined): number | string | false {
  if (!setting) return false;
  return /^\d+$/.test(setting) ? Number(setting) : setting;
}

/** A request's id leads from what a person reports to the log's lines. A proxy's own id is kept when we trust one. */
const requestId: RequestHandler = (request, response, next) => {
  const given = env.TRUST_PROXY ? request.get("x-request-id") : undefined;
  const id = given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  response.locals.requestId = id;
  response.set("X-Request-Id", id);
  withLogFields({ requestId: id }, next);
};

/** One line per answer. The query is left out: it may carry a code or a state. */
const accessLog: RequestHandler = (request, response, next) => {
  const started = performance.now();
  response.on("close", () => {
    const ms = performance.now() - started;
    const status = response.writableFinished ? response.statusCode : null;
    // A stream lasts as long as somebody looks, and is no slow answer. Express has the path of a door of its own as it
    // stands above.
    if (!isStream(response))
      countAnswer(String(response.locals.route ?? request.route?.path ?? "none"), request.method, status, ms);
    const line = {
      requestId: response.locals.requestId,
      method: request.method,
      path: request.path,
      status: response.statusCode,
      ms: Math.round(ms),
      cut: response.writableFinished ? undefined : true,
    };
    log.info(line, "answered");
  });
  next();
};

const isStream = (response: express.Response) =>
  String(response.getHeader("content-type")).startsWith("text/event-stream");

/** Built files, compressed when they were built; hashed names never change. */
function staticFiles(folder: string): RequestHandler {
  const assets = sirv(path.join(folder, "assets"), { immutable: true, maxAge: YEAR_SECONDS, brotli: true, gzip: true });
  const others = sirv(folder, { maxAge: 3_600, brotli: true, gzip: true, etag: true });
  return (request, response, next) => {
    if (!request.path.startsWith("/assets/")) return others(request, response, next);
    const original = request.url;
    request.url = original.slice("/assets".length);
    assets(request, response, () => {
      request.url = original;
      response.status(404).type("text/plain").send("Not found\n");
    });
  };
}

const compress = compression({
  threshold: 1024,
  brotli: { params: brotliParams },
  filter: (request, response) => !isStream(response) && compression.filter(request, response),
});

const words: Readonly<Record<number, string>> = { 400: "Bad request", 404: "Not found", 413: "Too large" };

const answerError: ErrorRequestHandler = (error: Error & { status?: number }, _request, response, _next) => {
  const status = error.status ?? 500;
  const { requestId } = response.locals;
  if (status >= 500) log.error({ err: error, requestId }, "a request failed");
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response
    .status(status)
    .type("text/plain")
    .send(`${words[status] ?? "Something went wrong"} (${requestId})\n`);
};
