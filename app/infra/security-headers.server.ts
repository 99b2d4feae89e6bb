import { randomBytes } from "node:crypto";
import type { RequestHandler, Response } from "express";
import { env } from "./env.server";

const dev = env.NODE_ENV === "development";
const https = env.APP_ORIGIN.startsWith("https:");
const YEAR_SECONDS = 31_536_000;

/** TikTok's cover hosts (contract, section 5) and the configured web origin, which may serve covers of its own. */
const coverSources = `https://*.tiktokcdn.com https://*.tiktokcdn-us.com https://*.tiktokcdn-eu.com ${env.TIKTOK_WEB_BASE_URL}`;

/** The policy of every answer. Each relaxation carries its reason. */
function policy(nonce: string, frameAncestors = "'none'"): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    // Vite's development server adds its styles by script.
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    `img-src 'self' data: ${coverSources}`,
    // The one frame: TikTok's player, after a visitor presses play.
    `frame-src ${env.TIKTOK_WEB_BASE_URL}`,
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "font-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
  ].join("; ");
}

const fixed: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  // With no-referrer browsers would post `Origin: null`.
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  ...(https ? { "Strict-Transport-Security": `max-age=${YEAR_SECONDS}; includeSubDomains` } : {}),
};

/** On every answer, errors and redirects too; the nonce is in `response.locals.nonce`. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  const nonce = randomBytes(16).toString("base64");
  response.locals.nonce = nonce;
  response.set({ ...fixed, "Content-Security-Policy": policy(nonce) });
  next();
};

/**
 * For the one answer that other sites may show in a frame: theirs are the only origins, none when the list is empty.
 * X-Frame-Options knows no lists; browsers that know `frame-ancestors` pass over it.
 */
export function allowFramesOn(response: Response, origins: readonly string[]): void {
  if (origins.length === 0) return;
  response.set("Content-Security-Policy", policy(String(response.locals.nonce), origins.join(" ")));
  response.removeHeader("X-Frame-Options");
  // A site that isolates itself asks this of what it frames.
  response.set("Cross-Origin-Resource-Policy", "cross-origin");
}
