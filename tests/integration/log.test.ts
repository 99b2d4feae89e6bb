import { Writable } from "node:stream";
import { sql as raw } from "drizzle-orm";
import pino from "pino";
import { describe, expect, test } from "vitest";
import { users } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { logOptions, withLogFields } from "~/infra/log.server";

const SECRET = "act.planted-secret-0123456789";

/** A log with the product's options, and everything that it wrote. */
function listen() {
  let written = "";
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  return { log: pino({ ...logOptions, level: "trace" }, sink), written: () => written };
}

/** A real refusal of the database: a query whose parameter is a person's secret. */
async function refusedQuery(): Promise<unknown> {
  return db.execute(raw`select ${SECRET}::uuid`).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("a secret that reaches the log by its name is cut out", () => {
  test.each([
    "authorization",
    "cookie",
    "set-cookie",
    "access_token",
    "accessToken",
    "refresh_token",
    "refreshToken",
    "client_secret",
    "clientSecret",
    "code_verifier",
    "codeVerifier",
    "token",
    "secret",
    "password",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "SMTP_URL",
  ])("%s", (name) => {
    const { log, written } = listen();
    log.info({ [name]: SECRET }, "at the top");
    log.info({ answer: { [name]: SECRET } }, "one step down");
    log.info({ request: { headers: { [name]: SECRET } } }, "two steps down");
    expect(written()).not.toContain(SECRET);
    expect(written().match(/\[secret\]/g)).toHaveLength(3);
  });

  test("and a failure's code, which is no secret, is not", () => {
    const { log, written } = listen();
    log.warn({ code: "access_token_invalid", state: "running" }, "refused");
    expect(JSON.parse(written())).toMatchObject({ code: "access_token_invalid", state: "running" });
  });
});

describe("a failed query is told without its parameters", () => {
  test("and its error does carry them, else this proves nothing", async () => {
    expect(String((await refusedQuery()) as Error)).toContain(SECRET);
  });

  test.each<[string, (log: pino.Logger, error: unknown) => void]>([
    ["as err beside a message", (log, error) => log.error({ err: error }, "job failed")],
    ["as err alone", (log, error) => log.error({ err: error })],
    ["as the only argument", (log, error) => log.error(error)],
    ["as the first argument", (log, error) => log.error(error, "job failed")],
    ["as the cause of another error", (log, error) => log.error({ err: new Error("outer", { cause: error }) }, "x")],
    ["as the cause's cause", (log, error) => log.error(new Error("a", { cause: new Error("b", { cause: error }) }))],
    ["under another name", (log, error) => log.error({ error, reason: error }, "job failed")],
  ])("%s", async (_how, write) => {
    const { log, written } = listen();
    write(log, await refusedQuery());
    expect(written()).not.toContain(SECRET);
    expect(written()).toContain("22P02");
    expect(written()).not.toContain("select $1");
  });

  test("a broken constraint is named, with its table and without the row", async () => {
    const { log, written } = listen();
    const at = new Date();
    const role = "emperor" as "admin";
    const id = "00000000-0000-7000-8000-000000000001";
    await db
      .insert(users)
      .values({ id, role, createdAt: at, lastSignedInAt: at })
      .catch((error: unknown) => log.error({ err: error }, "refused"));
    expect(JSON.parse(written())).toMatchObject({ err: { code: "23514", constraint: "users_role", table: "users" } });
    expect(written()).not.toContain("emperor");
  });
});

test("any other error keeps its message and says where it was thrown", () => {
  const { log, written } = listen();
  log.error({ err: new TypeError("the key service answered twice") }, "odd");
  const line = JSON.parse(written());
  expect(line).toMatchObject({ msg: "odd", err: { type: "TypeError", message: "the key service answered twice" } });
  expect(line.err.stack).toContain("log.test");
});

test("every line that is written on account of a request or a job carries its id, however deep, and no other does", async () => {
  const { log, written } = listen();
  const deep = async () => {
    await Promise.resolve();
    log.info("deep");
  };
  await Promise.all([
    withLogFields({ requestId: "r1" }, deep),
    withLogFields({ jobId: "j1" }, () => withLogFields({ attempt: 2 }, deep)),
    deep(),
  ]);
  const lines = written()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const told = lines.map(({ requestId, jobId, attempt }) => ({ requestId, jobId, attempt }));
  expect(told).toEqual([{ requestId: "r1" }, { jobId: "j1", attempt: 2 }, {}]);
});
