import { enterVideos, openChallenge } from "#tests/support/qa/arrange-entries";
import { FORM, formBody, rawRequest } from "#tests/support/qa/raw-request";
import type { Stack } from "#tests/support/qa/stack";
import { expect, test } from "#tests/support/qa/test";

/** What must not count: a verdict in a moderator's session, sent by somebody else's page. */
async function verdict(stack: Stack) {
  const slug = await openChallenge(stack, "Forged");
  const { submissionIds } = await enterVideos(stack, "sim-19", slug, 1);
  const [submissionId = ""] = submissionIds;
  const mara = await stack.people.signIn("staff-mara", { role: "moderator" });
  const body = formBody({ intent: "approve", submissionId, seenVersion: "1" });
  return {
    path: `/review/${slug}`,
    send: (path: string, headers: Record<string, string>) =>
      rawRequest(stack.origin, path, { method: "POST", headers: { ...FORM, cookie: mara.cookie, ...headers }, body }),
    state: async () => {
      const [row] = await stack.sql`select state, version from submissions where id = ${submissionId}`;
      return `${row?.state} ${row?.version}`;
    },
    sessions: async () => (await stack.sql`select 1 from sessions`).length,
  };
}

const evil = "https://evil.example";

test("a state-changing request that another site could have sent is refused in every form it can take", async ({
  stack,
}) => {
  const { path, send, state, sessions } = await verdict(stack);
  const before = { state: await state(), sessions: await sessions() };
  const forms = [
    path,
    `${path}.data`,
    `${path}.data?_routes=routes%2Freview.%24slug`,
    `${path}?_data=routes%2Freview.%24slug`,
    `${path}?index`,
    `${path}?_method=GET`,
    "/auth/tiktok",
    "/auth/tiktok/callback",
    "/logout",
    "/logout.data",
    "/logout?_data=routes%2Flogout",
    "/webhooks/tiktok/",
    "/healthz",
    "/assets/x.js",
  ];
  const senders: Record<string, Record<string, string>> = {
    "evil Origin": { origin: evil },
    "no Origin": {},
    "Origin null": { origin: "null" },
    "our Origin, cross-site": { origin: stack.origin, "sec-fetch-site": "cross-site" },
    "our Origin, same-site": { origin: stack.origin, "sec-fetch-site": "same-site" },
    "our Origin, typed in": { origin: stack.origin, "sec-fetch-site": "none" },
    "a proxy's word": {
      origin: evil,
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      forwarded: "host=evil.example",
    },
    "our Origin with a port more": { origin: `${stack.origin}0` },
    "another method by header": { origin: evil, "x-http-method-override": "GET" },
  };
  for (const form of forms) {
    for (const [name, headers] of Object.entries(senders)) {
      const answer = await send(form, headers);
      expect(answer.status, `${form}, ${name}`).toBe(403);
      expect(answer.headers["set-cookie"], `${form}, ${name}`).toBeUndefined();
    }
  }
  expect({ state: await state(), sessions: await sessions() }).toEqual(before);
});

test("PUT, PATCH and DELETE know no exception either", async ({ stack }) => {
  for (const method of ["PUT", "PATCH", "DELETE"]) {
    const answer = await rawRequest(stack.origin, "/logout", { method, headers: { origin: evil } });
    expect(answer.status, method).toBe(403);
  }
});

test("the same request from our own pages counts: with Sec-Fetch-Site, or with our Origin where it is absent", async ({
  stack,
}) => {
  const { path, send, state } = await verdict(stack);
  const taken = await send(path, { "sec-fetch-site": "same-origin" });
  expect(taken.status).toBe(302);
  expect(await state()).toBe("approved 2");
  const second = await send(path, { origin: stack.origin });
  expect(second.status, "through the guard; the version is an old one").toBe(409);
});

test("a body over 1 MB is refused with 413, whether it says its length or not", async ({ stack }) => {
  const { path, send, state } = await verdict(stack);
  const mara = await stack.people.signIn("staff-mara");
  const headers = { ...FORM, cookie: mara.cookie, origin: stack.origin };
  const body = Buffer.alloc(1024 * 1024 + 1, "a");
  for (const chunked of [false, true]) {
    const answer = await rawRequest(stack.origin, path, { method: "POST", headers, body, chunked });
    expect(answer.status, chunked ? "chunked" : "with its length").toBe(413);
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
  }
  const lying = await rawRequest(stack.origin, path, {
    method: "POST",
    headers: { ...headers, "content-length": "99999999" },
  }).catch(() => null);
  expect(lying === null || lying.status === 413, "a length alone is enough to refuse").toBe(true);
  expect(await state()).toBe("pending 1");
  expect((await send(path, { origin: stack.origin })).status, "the next request is served").toBe(302);
});

test("a request for another host goes to the configured origin; one that changes something is refused", async ({
  stack,
}) => {
  const evilHost = { host: "evil.example" };
  for (const [path, location] of [
    ["/challenges/x?before=1", "/challenges/x?before=1"],
    ["//evil.example/x", "/evil.example/x"],
    ["/\\evil.example/x", "/evil.example/x"],
  ] as const) {
    const answer = await rawRequest(stack.origin, path, { headers: evilHost });
    expect(answer.status, path).toBe(302);
    expect(answer.headers.location, path).toBe(stack.origin + location);
  }
  const refused = await rawRequest(stack.origin, "/logout", {
    method: "POST",
    headers: { ...evilHost, origin: stack.origin, "sec-fetch-site": "same-origin" },
  });
  expect(refused.status).toBe(403);
  for (const path of ["/healthz", "/readyz"]) {
    expect((await rawRequest(stack.origin, path, { headers: evilHost })).status, path).toBe(200);
  }
});

test("an operator sees that the process lives and that it is ready", async ({ stack }) => {
  const alive = await rawRequest(stack.origin, "/healthz");
  expect([alive.status, alive.body.toString()]).toEqual([200, "ok\n"]);
  const ready = await rawRequest(stack.origin, "/readyz");
  expect(ready.status).toBe(200);
  expect(JSON.parse(ready.body.toString())).toEqual({ ready: true, database: true, keys: true, draining: false });
  expect(ready.headers["cache-control"]).toBe("no-store");
});
