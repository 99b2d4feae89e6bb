import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Call, html, notFound, type Reply } from "./exchange";
import { COVER_COUNT } from "./sim-video";
import type { World } from "./world";

const drawings = new Map<string, Buffer>();

/** A signed link, new at each answer. Recorded: the signature is base64 with its `/`, `+` and `=` escaped. */
export function coverUrl(world: World, cover: number): string {
  const path = `/covers/${String(cover).padStart(2, "0")}.svg`;
  const expires = Math.floor(world.now() / 1000) + world.settings.coverTtlSeconds;
  return `${world.origin}${path}${signedQuery(world, path, String(expires))}`;
}

function signedQuery(world: World, path: string, expires: string): string {
  const signature = createHmac("sha1", world.coverKey).update(`${path} ${expires}`).digest("base64");
  return `?x-expires=${expires}&x-signature=${encodeURIComponent(signature)}`;
}

/** 403 for a link that is old, or whose query was cut, reordered or written otherwise: it is part of the signature. */
export function serveCover(world: World, call: Call): Reply {
  const number = /^\/covers\/([0-9]{2})\.svg$/.exec(call.url.pathname)?.[1];
  if (number === undefined || Number(number) >= COVER_COUNT) return notFound();
  const expires = call.url.searchParams.get("x-expires") ?? "";
  const right = Buffer.from(signedQuery(world, call.url.pathname, expires));
  const given = Buffer.from(call.url.search);
  if (right.length !== given.length || !timingSafeEqual(right, given)) return forbidden("The signature is wrong.");
  const secondsLeft = Number(expires) - Math.floor(world.now() / 1000);
  if (secondsLeft <= 0) return forbidden("The link has expired.");
  return {
    status: 200,
    headers: {
      "content-type": "image/svg+xml",
      "cache-control": `private, max-age=${Math.min(secondsLeft, 3600)}`,
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      "cross-origin-resource-policy": "cross-origin",
    },
    body: drawing(number),
    code: "ok",
  };
}

function forbidden(reason: string): Reply {
  return { ...html(403, `<!doctype html><title>403</title><h1>403</h1><p>${reason}</p>`), code: "forbidden" };
}

function drawing(number: string): Buffer {
  const known = drawings.get(number) ?? readFileSync(new URL(`./covers/${number}.svg`, import.meta.url));
  drawings.set(number, known);
  return known;
}
