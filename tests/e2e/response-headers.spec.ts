import { brotliDecompressSync } from "node:zlib";
import { openChallenge } from "#tests/support/qa/arrange-entries";
import { rawRequest } from "#tests/support/qa/raw-request";
import { expect, test } from "#tests/support/qa/test";

const nonceOf = (policy: unknown) => /'nonce-([^']+)'/.exec(String(policy))?.[1] ?? "";

test("every kind of answer carries the same protection", async ({ stack }) => {
  const slug = await openChallenge(stack, "Protected");
  const creator = await stack.people.signIn("sim-1");
  const home = await rawRequest(stack.origin, "/");
  const stylesheet = /href="(\/assets\/[^"]+\.css)"/.exec(home.body.toString())?.[1] ?? "";
  const kinds: [name: string, path: string, status: number, options?: Parameters<typeof rawRequest>[2]][] = [
    ["a page", "/", 200],
    ["a challenge", `/challenges/${slug}`, 200],
    ["a page of somebody signed in", "/studio", 200, { headers: { cookie: creator.cookie } }],
    ["data", "/studio.data", 200, { headers: { cookie: creator.cookie } }],
    ["a redirect", "/studio", 302],
    ["a redirect to TikTok", "/auth/tiktok?returnTo=/studio", 302],
    ["a redirect to our host", "/", 302, { headers: { host: "evil.example" } }],
    ["an address that is none", "/nothing-here", 404],
    ["a challenge that is none", "/challenges/nothing-here", 404],
    ["a file that is none", "/assets/nothing.js", 404],
    ["a role too low", "/admin/challenges", 403, { headers: { cookie: creator.cookie } }],
    ["a forged form", "/logout", 403, { method: "POST" }],
    ["a broken address", "/%E0%A4%A", 400],
    ["a callback without a state", "/auth/tiktok/callback?code=x&state=y", 400],
    ["a file", stylesheet, 200],
    ["robots", "/robots.txt", 200],
    ["health", "/healthz", 200],
    ["readiness", "/readyz", 200],
  ];
  const nonces = new Set<string>();
  for (const [name, path, status, options] of kinds) {
    const { headers, ...answer } = await rawRequest(stack.origin, path, options);
    expect(answer.status, name).toBe(status);
    const policy = String(headers["content-security-policy"]);
    for (const part of [
      "default-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      `frame-src ${stack.tiktok.origin};`,
    ]) {
      expect(policy, name).toContain(part);
    }
    expect(policy, name).not.toMatch(/unsafe-|script-src[^;]*https?:/);
    nonces.add(nonceOf(policy));
    expect(headers, name).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "strict-origin-when-cross-origin",
      "cross-origin-opener-policy": "same-origin",
    });
    expect(headers["permissions-policy"], name).toContain("camera=()");
    expect(headers["x-request-id"], name).toMatch(/^[\w-]{36}$/);
    expect(headers["x-powered-by"], name).toBeUndefined();
  }
  expect(nonces.size, "a nonce is never used twice").toBe(kinds.length);
});

test("the scripts that stand in a page carry the nonce of its answer", async ({ stack }) => {
  const creator = await stack.people.signIn("sim-1");
  const answer = await rawRequest(stack.origin, "/studio", { headers: { cookie: creator.cookie } });
  const nonce = nonceOf(answer.headers["content-security-policy"]);
  const scripts = answer.body.toString().match(/<script\b(?![^>]*\ssrc="\/)[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(1);
  for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
});

test("nothing that is drawn for somebody signed in is kept by a cache", async ({ stack }) => {
  const slug = await openChallenge(stack, "Private");
  const admin = await stack.people.signIn("staff-ada", { role: "admin" });
  const headers = { cookie: admin.cookie };
  const paths = ["/studio", "/studio/entries", "/account", `/challenges/${slug}/submit`, "/review", `/review/${slug}`];
  for (const path of [...paths, "/admin/challenges", "/admin/challenges/new", "/", "/login", "/nothing-here"]) {
    const answer = await rawRequest(stack.origin, path, { headers });
    expect(answer.headers["cache-control"], path).toBe("no-store");
  }
  for (const path of paths) {
    const answer = await rawRequest(stack.origin, `${path}.data`, { headers });
    expect(answer.status, path).toBe(200);
    expect(answer.headers["cache-control"], `${path}.data`).toBe("no-store");
  }
  const visitor = await rawRequest(stack.origin, `/challenges/${slug}`);
  expect(visitor.headers["cache-control"]).toBe("private, no-cache");
});

test("the session's cookie is bound to this host, secure, and out of scripts' reach", async ({ page, stack }) => {
  const cookies: string[] = [];
  page.on("response", async (response) => {
    if (!response.url().startsWith(stack.origin)) return;
    for (const { name, value } of await response.headersArray()) if (/^set-cookie$/i.test(name)) cookies.push(value);
  });
  await page.goto("/login");
  await page.getByRole("link", { name: "Continue with TikTok" }).click();
  await page.getByRole("radio", { name: /One Video/ }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${stack.origin}/studio`);
  const session = cookies.find((cookie) => cookie.startsWith("__Host-trendpot=") && !cookie.includes("Max-Age=0"));
  expect(session).toMatch(/^__Host-trendpot=[\w-]{43};/);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-/);
    for (const flag of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"]) expect(cookie).toContain(flag);
    expect(cookie).not.toContain("Domain");
  }
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test("built files are kept for a year and come in Brotli", async ({ stack }) => {
  const home = await rawRequest(stack.origin, "/");
  const files = [...home.body.toString().matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js))"/g)];
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const [, file = ""] of files) {
    const [small, whole] = await Promise.all([
      rawRequest(stack.origin, file, { headers: { "accept-encoding": "br, gzip" } }),
      rawRequest(stack.origin, file, { headers: { "accept-encoding": "identity" } }),
    ]);
    expect(small.headers["cache-control"], file).toMatch(/max-age=31536000.*immutable/);
    expect(small.headers.vary, file).toMatch(/accept-encoding/i);
    if (whole.body.length < 1024) continue;
    expect(small.headers["content-encoding"], file).toBe("br");
    expect(brotliDecompressSync(small.body).equals(whole.body), file).toBe(true);
  }
  const page = await rawRequest(stack.origin, "/", { headers: { "accept-encoding": "br" } });
  expect(page.headers["content-encoding"]).toBe("br");
});
