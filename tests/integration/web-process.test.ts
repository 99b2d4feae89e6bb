import { createHmac } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findFreePort, type ProductProcess, startWeb } from "#tests/support/product-process";
import { rawRequest } from "#tests/support/qa/raw-request";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** The built web process as an operator meets it: what it counts, and how it ends. */
const TOKEN = "a-token-for-the-scraper";
/** Real browsers', old browsers', nobody's. */
const ENCODINGS = ["gzip, deflate, br, zstd", "gzip", "identity"];
const AT_ONCE = 20;
const origin = `http://127.0.0.1:${await findFreePort()}`;
const { tiktok, sql, environment, stop } = await startProduct({
  appOrigin: origin,
  jobs: "send",
  settings: { METRICS_TOKEN: TOKEN },
});
const watch = watchSyncs(sql, tiktok);
let web: ProductProcess;

beforeAll(async () => {
  web = await startWeb({ environment: { ...environment, JOBS: "off", LOG_LEVEL: "info" } });
});
afterAll(async () => {
  if (web.child.exitCode === null && web.child.signalCode === null) await web.kill();
  await stop();
});

test("requests are counted by route, method and answer, and never by what a visitor wrote into the URL", async () => {
  const asked = [
    "/",
    "/_root.data",
    "/login?next=secret",
    "/challenges/nowhere",
    "/challenges/nowhere.data",
    "/nothing%zz",
  ];
  for (const path of asked) await rawRequest(origin, path);
  const { body } = await rawRequest(origin, "/metrics", { headers: { authorization: `Bearer ${TOKEN}` } });
  const counted = [...body.toString().matchAll(/^trendpot_http_request_seconds_count\{(.*)\} (\d+)$/gm)];
  const series = Object.fromEntries(counted.map(([, labels, count]) => [labels, Number(count)]));
  expect(series).toMatchObject({
    'route="routes/_index",method="GET",status="2xx"': 2,
    'route="routes/login",method="GET",status="2xx"': 1,
    'route="routes/challenges.$slug._index",method="GET",status="4xx"': 2,
    'route="none",method="GET",status="4xx"': 1,
  });
  expect(body.toString()).not.toMatch(/nowhere|secret|nothing/);
});

test("a crowd of visitors costs the database what one does, and is given the same page however it is encoded", async () => {
  /** Asks for the home page while its challenges are locked, and counts the statements that wait for them. */
  const whileLocked = async (cookies: string[], statements: number) => {
    const { answers, waiting } = await sql.begin(async (tx) => {
      await tx`lock table challenges in access exclusive mode`;
      // Another address each time: what was drawn a moment ago for one is given to the crowd too.
      const page = `${origin}/?visitors=${cookies.length}`;
      const answers = cookies.map((cookie, nth) => {
        const encoding = { "accept-encoding": ENCODINGS[nth % ENCODINGS.length] ?? "" };
        return fetch(page, { headers: cookie ? { cookie, ...encoding } : encoding });
      });
      const count = async () => {
        // Other tests' databases are in the same server.
        const [row] = await sql`select count(*)::int from pg_locks where not granted
          and relation = 'challenges'::regclass
          and database = (select oid from pg_database where datname = current_database())`;
        return row?.count as number;
      };
      await expect.poll(count, { timeout: 5_000 }).toBeGreaterThanOrEqual(statements);
      return { answers, waiting: await count() };
    });
    return { answers: await Promise.all(answers), waiting };
  };
  const one = await whileLocked(["theme=dark"], 1);
  // The last one, whose cookie may be a session, is drawn for alone; all before it have then been taken.
  const crowd = await whileLocked([...Array<string>(AT_ONCE).fill(""), "other=1"], 2 * one.waiting);
  expect(crowd.waiting).toBe(2 * one.waiting);
  const pages = await Promise.all(crowd.answers.map((answer) => answer.text()));
  const [page = "", ...others] = pages.slice(0, AT_ONCE);
  expect(page).toContain("</html>");
  expect(page, "a nonce of one visitor is no other's").not.toContain("nonce");
  for (const other of others) expect(other).toBe(page);
  const encodings = crowd.answers.slice(0, 3).map(({ headers }) => headers.get("content-encoding"));
  expect(encodings).toEqual(["br", "gzip", null]);
  for (const { headers } of crowd.answers) expect(headers.get("vary")).toContain("Accept-Encoding");
  // What is drawn for one alone is sent as it is made, and its length is known to nobody.
  const lengths = crowd.answers.map(({ headers }) => headers.has("content-length"));
  expect(lengths).toEqual([...Array<boolean>(AT_ONCE).fill(true), false]);
  const policies = crowd.answers.map(({ headers }) => headers.get("content-security-policy"));
  expect(new Set(policies).size, "each has a policy of their own").toBe(AT_ONCE + 1);
});

/** An event whose body is half sent: the server has taken the request and waits for the rest. */
async function beginEvent(number: number): Promise<{ finish: () => Promise<number> }> {
  const second = Math.floor(Date.now() / 1000);
  const event = { event: "video.publish.completed", create_time: second - number, user_openid: "x", content: "{}" };
  const body = JSON.stringify({ client_key: environment.TIKTOK_CLIENT_KEY, ...event });
  const mac = createHmac("sha256", environment.TIKTOK_CLIENT_SECRET ?? "")
    .update(`${second}.${body}`)
    .digest("hex");
  const headers = {
    "content-length": String(Buffer.byteLength(body)),
    "tiktok-signature": `t=${second},s=${mac}`,
    expect: "100-continue",
  };
  const request = http.request(`${origin}/webhooks/tiktok`, { method: "POST", headers, agent: false });
  request.flushHeaders();
  await once(request, "continue");
  request.write(body.slice(0, 10));
  return {
    finish: async () => {
      const answered = once(request, "response") as Promise<[http.IncomingMessage]>;
      request.end(body.slice(10));
      const [response] = await answered;
      response.resume();
      return response.statusCode ?? 0;
    },
  };
}

test("a process that is told to stop finishes what it has taken, takes nothing more, and ends in order", async () => {
  const events = await Promise.all(Array.from({ length: AT_ONCE }, (_, number) => beginEvent(number)));
  const ended = once(web.child, "exit");
  web.child.kill("SIGTERM");
  await watch.until(async () => web.output().includes('"stopping"'));
  await expect(rawRequest(origin, "/healthz")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  const answers = await Promise.all(events.map(({ finish }) => finish()));
  expect(answers).toEqual(Array.from({ length: AT_ONCE }, () => 200));
  expect((await ended)[0]).toBe(0);
  expect(web.output()).not.toContain("stopped the hard way");
  const [kept] = await sql`
    select (select count(*)::int from tiktok_webhooks) as events,
      (select count(*)::int from pgboss.job where name = 'handle-webhook' and state = 'created') as jobs`;
  expect(kept).toEqual({ events: AT_ONCE, jobs: AT_ONCE });
});
