import { env } from "~/infra/env.server";

/**
 * `__Host-` and `Secure` always: the name binds a cookie to this exact host, so no sibling domain can plant one.
 * INSECURE_COOKIES=1 is for Safari on plain http, which refuses them even on localhost.
 */
const prefix = env.INSECURE_COOKIES ? "" : "__Host-";
const flags = `Path=/; HttpOnly; SameSite=Lax${env.INSECURE_COOKIES ? "" : "; Secure"}`;

/** The cookie's value, or null when it is absent, doubled (tossed from elsewhere) or not of `pattern`. */
export function readCookie(request: Request, name: string, pattern: RegExp): string | null {
  const full = `${prefix}${name}=`;
  const values = (request.headers.get("cookie") ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(full))
    .map((pair) => pair.slice(full.length));
  const [value] = values;
  return values.length === 1 && value !== undefined && pattern.test(value) ? value : null;
}

/** A Set-Cookie value; `maxAgeSeconds` 0 removes the cookie. */
export function writeCookie(name: string, value: string, maxAgeSeconds: number): string {
  return `${prefix}${name}=${value}; ${flags}; Max-Age=${maxAgeSeconds}`;
}
