import { afterAll, beforeAll, expect, test } from "vitest";
import { findFreePort, type ProductProcess, startWeb } from "#tests/support/product-process";
import { FORM, rawRequest } from "#tests/support/qa/raw-request";
import type { Person } from "#tests/support/world/people";
import { eachAtOnce } from "./each-at-once";
import { startProduct } from "./product-in-process";

/** Requests that a person's browser was made to send, or that somebody made up, against the built web process. */
const origin = `http://127.0.0.1:${await findFreePort()}`;
const product = await startProduct({ appOrigin: origin });
const { describeTried, isOurs, isUnsafe, tryAll } = await import("./forged-requests");
const { tiktok, people, sql } = product;
let web: ProductProcess;
let person: Person;

beforeAll(async () => {
  const starting = startWeb({ environment: { ...product.environment, JOBS: "off", LOG_LEVEL: "error" } });
  await tiktok.addAccount({ openId: "forged", displayName: "Forged", videos: 1 });
  person = await people.signIn("forged");
  web = await starting;
});
afterAll(async () => {
  await web.stop();
  await product.stop();
});

const HEAD = `# What another site can make a browser do: nothing

Every request below was sent to the built product in a session of its own, which its action would end. *ran*: the session
was gone afterwards; *refused*: answered 403 before a route was looked for, and the session stood; *nothing done*: answered
otherwise, and the session stood. The rule (\`app/infra/request-guard.server.ts\`) knows methods and headers only, no
address: where \`Sec-Fetch-Site\` is sent it must be \`same-origin\`, where \`Origin\` is sent it must be the configured one,
and one of them must be there. Two exceptions, by exact address: signed webhooks, and \`/email/unsubscribe\`, which a mail
program posts to from wherever it is (RFC 8058; \`tests/e2e/email.spec.ts\` › letters come once an address is confirmed,
and end by a link that needs no sign-in). The link in a letter carries a keyed hash that ends the letters to one address
and does nothing else; whose session comes along does not matter. Routes without a page are no exception.

Written by \`tests/integration/forged-requests.test.ts\` › a state-changing request runs if and only if it came from our
own pages; the test fails when a request comes out otherwise. After a change that is meant:
\`npx vitest run --project integration tests/integration/forged-requests.test.ts --update\`.

`;

test("a state-changing request runs if and only if it came from our own pages", async () => {
  const tried = await tryAll(origin, sql, person.viewer.userId);
  const may = tried.filter((one) => isUnsafe(one.method) && isOurs(one));
  const mayNot = tried.filter((one) => isUnsafe(one.method) && !isOurs(one));
  expect(mayNot.filter(({ ran, status }) => ran || status !== 403)).toEqual([]);
  expect(tried.filter(({ method, ran }) => !isUnsafe(method) && ran)).toEqual([]);
  const works = may.filter(({ path }) => path === "/logout" || path === "/logout.data");
  expect(works.filter(({ ran }) => !ran)).toEqual([]);
  expect(works).toHaveLength(2 * 4 * 3);
  await expect(`${HEAD}${describeTried(tried)}\n`).toMatchFileSnapshot("../../docs/csrf.md");
});

const signedIn = async (cookie: string) =>
  (await rawRequest(origin, "/studio", { headers: { cookie } })).status === 200;
const planted = `__Host-trendpot=${"A".repeat(43)}`;

test.each<[string, (own: string) => string, boolean]>([
  ["alone", (own) => own, true],
  ["beside other cookies", (own) => `theme=dark; ${own}; x=y`, true],
  ["before a second one of its name", (own) => `${own}; ${planted}`, false],
  ["after a second one of its name", (own) => `${planted}; ${own}`, false],
  ["twice", (own) => `${own}; ${own}`, false],
  ["without its prefix", (own) => own.replace("__Host-", ""), false],
  ["with its prefix in small letters", (own) => own.replace("__Host-", "__host-"), false],
  ["under a name that begins like it", (own) => own.replace("=", "2="), false],
  ["under a name that ends like it", (own) => `x${own}`, false],
  ["in quotes", (own) => own.replace("=", '="').concat('"'), false],
])("a session's cookie %s", async (_how, toss, counts) => {
  expect(await signedIn(toss(person.cookie))).toBe(counts);
});

test("a sign-in that comes back with a second cookie of its name is nobody's, and TikTok is not asked", async () => {
  const begun = await rawRequest(origin, "/auth/tiktok?returnTo=/studio");
  const own = begun.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
  const state = new URL(String(begun.headers.location)).searchParams.get("state");
  expect([own, state]).toEqual([expect.stringContaining("__Host-trendpot_sign_in="), expect.any(String)]);
  const back = `/auth/tiktok/callback?code=stolen&state=${state}`;
  const cookie = `${own}; __Host-trendpot_sign_in=${"B".repeat(43)}`;
  expect((await rawRequest(origin, back, { headers: { cookie } })).status).toBe(400);
  const calls = await tiktok.ledger({ endpoint: "token" });
  expect(calls.filter(({ grantType }) => grantType === "authorization_code")).toEqual([]);
});

test("a bomb of cookies is refused, a load of them is carried, and the process serves on", async () => {
  const junk = (bytes: number) => `${person.cookie}; junk=${"x".repeat(bytes)}`;
  // An answer that comes before all is sent can be lost with the connection; either way nothing was served.
  const bomb = rawRequest(origin, "/studio", { headers: { cookie: junk(40_000) } });
  const outcome = await bomb.then(
    ({ status }) => status,
    (error: NodeJS.ErrnoException) => error.code,
  );
  expect([431, "ECONNRESET"]).toContain(outcome);
  expect(await signedIn(junk(8_000))).toBe(true);
  expect(await signedIn(person.cookie)).toBe(true);
});

test.each(["/studio", "/studio.data", "/studio?index", "/studio?_data=routes%2Fstudio._index", "/%73tudio"])(
  "a body over 1 MB to %s is refused",
  async (path) => {
    // As browsers do it: the answer comes before all is sent, and a connection that is to be closed takes it along.
    const headers = { ...FORM, cookie: person.cookie, origin, connection: "keep-alive" };
    const body = Buffer.alloc(1024 * 1024 + 1, "a");
    expect((await rawRequest(origin, path, { method: "POST", headers, body })).status).toBe(413);
    expect(await sql`select 1 from sync_runs`).toHaveLength(0);
  },
);

test("a request whose end could be read in two ways is not read at all, and TRACE is not known", async () => {
  const headers = { ...FORM, "transfer-encoding": "chunked", "content-length": "4", cookie: person.cookie, origin };
  const twice = await rawRequest(origin, "/logout", { method: "POST", headers, body: "", chunked: true });
  expect(twice.status).toBe(400);
  expect(await signedIn(person.cookie)).toBe(true);
  const traced = await rawRequest(origin, "/", { method: "TRACE", headers: { cookie: person.cookie } });
  expect(traced.status).toBe(403);
  expect(traced.body.toString()).not.toContain("trendpot=");
});

test("who begins sign-ins without end is told when to try again, and leaves no row more", async () => {
  const statuses: number[] = [];
  let waitSeconds = 0;
  await eachAtOnce(8, Array.from({ length: 160 }), async () => {
    const answer = await rawRequest(origin, "/%61uth/tiktok");
    statuses.push(answer.status);
    if (answer.status === 429) waitSeconds = Number(answer.headers["retry-after"]);
  });
  expect(new Set(statuses)).toEqual(new Set([302, 429]));
  expect(waitSeconds).toBeGreaterThan(0);
  expect(waitSeconds).toBeLessThanOrEqual(60);
  const [rows] = await sql`select count(*)::int as count from sign_in_attempts`;
  expect(rows?.count).toBeLessThan(140);
});
