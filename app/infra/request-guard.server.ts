import type { RequestHandler } from "express";
import { env } from "./env.server";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

const WEBHOOK = "/webhooks/tiktok";
/**
 * Paths that prove their sender otherwise; exact, nothing below them. A mail program posts what stands in a letter's
 * List-Unsubscribe (RFC 8058), from wherever it is: the address itself carries the proof, and can do that one thing.
 */
const EXEMPT = new Set([WEBHOOK, "/email/unsubscribe"]);
/** Paths that answer under any Host: a load balancer asks by address. */
const ANY_HOST = new Set(["/healthz", "/readyz", WEBHOOK]);

const host = new URL(env.APP_ORIGIN).host;

/**
 * Refuses a state-changing request that a page of another origin could have sent. Remix 2.17 has a check of its own,
 * but not on resource routes nor on `?_data=` requests, so this one stands before it and knows no exception by form.
 */
export const sameOriginOnly: RequestHandler = (request, response, next) => {
  if (SAFE.has(request.method)) return next();
  if (EXEMPT.has(request.path)) {
    // For Remix's own check, which knows no exception.
    delete request.headers.origin;
    return next();
  }
  const site = request.get("sec-fetch-site");
  const from = request.get("origin");
  // Headers that contradict each other are no page's of ours; Remix would answer them with 500.
  const sameOrigin =
    from === env.APP_ORIGIN
      ? site === undefined || site === "same-origin"
      : from === undefined && site === "same-origin";
  if (sameOrigin) return next();
  response.status(403).type("text/plain").send("This request did not come from this site, so it was refused.\n");
};

/** Cookies are bound to one host: a page opened under another name goes to the configured one. */
export const configuredHostOnly: RequestHandler = (request, response, next) => {
  if (request.get("host") === host || ANY_HOST.has(request.path)) return next();
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.status(403).type("text/plain").send("Unknown host.\n");
    return;
  }
  // Slashes in front would make the path a host.
  response.redirect(302, `${env.APP_ORIGIN}/${request.originalUrl.replace(/^[/\\]+/, "")}`);
};
