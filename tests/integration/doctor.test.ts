import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { findFreePort } from "#tests/support/product-process";
import { rawRequest } from "#tests/support/qa/raw-request";
import { startProduct } from "./product-in-process";

/** The doctor names each fault by the setting that mends it, and lets nothing else suffer from it. */
const port = await findFreePort();
const appOrigin = `http://127.0.0.1:${port}`;
const { tiktok, kms, smtp, sql, people, environment, stop } = await startProduct({ jobs: "send", appOrigin });
const { serveProduct } = await import("./serve-product");
const { runDoctor } = await import("~/features/operations/run-doctor.server");
let served = await serveProduct(port);
afterAll(async () => {
  await served.close();
  await stop();
});
afterEach(async () => {
  await Promise.all([tiktok.clearFaults(), kms.clearFaults()]);
  await tiktok.settings({ clockOffsetMs: 0, contract: "mission", appState: "live" });
});
beforeAll(async () => {
  await tiktok.addAccount({ openId: "somebody", displayName: "Somebody" });
  await people.signIn("somebody");
});

/** What failed, by check. */
const failures = async () => {
  const findings = await runDoctor();
  return Object.fromEntries(findings.filter(({ ok }) => !ok).map(({ check, says }) => [check, says]));
};

test("when all is well every check says so, and nothing is left behind", async () => {
  const findings = await runDoctor();
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  expect(findings.map(({ check }) => check)).toEqual([
    "database",
    "clock, database",
    "migrations",
    "token key",
    "clock, TikTok",
    "client key and secret",
    "redirect URI",
    "scopes asked",
    "look-up endpoint",
    "scopes granted",
    "webhook",
    "e-mail",
  ]);
  expect(await sql`select 1 from tiktok_webhooks`).toHaveLength(0);
  expect((await tiktok.ledger({ endpoint: "video_lookup" })).map(({ openId }) => openId)).toEqual([null]);
});

describe("it names", () => {
  test("a clock that is off", async () => {
    await tiktok.settings({ clockOffsetMs: 120_000 });
    expect(await failures()).toEqual({ "clock, TikTok": expect.stringMatching(/^1(19|20|21) s from TikTok's clock/) });
  });

  test("scopes and a look-up path of the other contract, as configuration faults", async () => {
    await tiktok.settings({ contract: "public" });
    const failed = await failures();
    expect(Object.keys(failed)).toEqual(["scopes asked", "look-up endpoint"]);
    expect(failed["scopes asked"]).toContain("TIKTOK_DISPLAY_SCOPES");
    expect(failed["look-up endpoint"]).toContain("404 at /v2/video/data/. Set TIKTOK_VIDEO_LOOKUP_PATH");
  });

  test("an app in draft, and a client secret that TikTok does not know", async () => {
    await tiktok.settings({ appState: "draft" });
    expect(Object.keys(await failures())).toEqual(["redirect URI"]);
    await tiktok.settings({ appState: "live" });
    await tiktok.addFault({ endpoint: "token", kind: "error", code: "invalid_client", status: 200 });
    expect((await failures())["client key and secret"]).toContain("TIKTOK_CLIENT_SECRET");
  });

  test("a redirect URI that is not registered", async () => {
    await tiktok.addFault({ endpoint: "authorize", kind: "status", status: 400 });
    expect((await failures())["redirect URI"]).toContain(`Register ${appOrigin}/auth/tiktok/callback`);
  });

  test("scopes that nobody was given", async () => {
    await sql`update tiktok_accounts set granted_scopes = array['user.info.basic']`;
    expect((await failures())["scopes granted"]).toContain("0 of 1 links");
    await people.signIn("somebody");
  });

  test("a key service that is down", async () => {
    await kms.setFault({ operation: "*", kind: "error", code: "AccessDeniedException" });
    expect((await failures())["token key"]).toContain("denied, AccessDeniedException");
  });

  test("a mail server that does not take us", async () => {
    smtp.setFault({ stage: "AUTH", kind: "refuse", reply: "535 5.7.8 No", times: 1 });
    expect(await failures()).toEqual({ "e-mail": expect.stringContaining("(535 AUTH PLAIN). Check SMTP_URL") });
  });

  test("TikTok out of reach, once, and goes on with the rest", async () => {
    await tiktok.addFault({ endpoint: "*", kind: "reset" });
    expect(Object.keys(await failures())).toEqual(["TikTok"]);
  });

  test("migrations that are missing", async () => {
    const [last] = await sql`delete from drizzle.__drizzle_migrations
      where id = (select max(id) from drizzle.__drizzle_migrations) returning *`;
    if (!last) throw new Error("there is no migration");
    expect((await failures()).migrations).toContain("Start the web process");
    await sql`insert into drizzle.__drizzle_migrations ${sql(last)}`;
  });

  test("a web process that is not there", async () => {
    await served.close();
    expect((await failures()).webhook).toContain("nobody answers");
    served = await serveProduct(port);
  });
});

test("npm run doctor prints a line per check without a secret, and exits 0; with a failed one it exits 1", async () => {
  const good = await runProcess({});
  expect(good.said).not.toContain("failed");
  expect(good.said.split("\n").filter((line) => line.startsWith("ok"))).toHaveLength(12);
  expect(good.code).toBe(0);
  const bad = await runProcess({
    TIKTOK_CLIENT_SECRET: "a-planted-wrong-secret",
    TIKTOK_WEBHOOK_SECRET: "another-planted",
  });
  expect(bad.said).toMatch(/^failed {2}client key and secret: /m);
  expect(bad.said).toMatch(/^failed {2}webhook: .*refuses our own signature/m);
  expect(bad.code).toBe(1);
  for (const { said } of [good, bad]) {
    for (const name of [
      "TIKTOK_CLIENT_SECRET",
      "SESSION_SECRET",
      "AWS_SECRET_ACCESS_KEY",
      "DATABASE_URL",
      "SMTP_URL",
    ]) {
      expect(said).not.toContain(environment[name]);
    }
    expect(said).not.toContain("planted");
  }
});

async function runProcess(change: Record<string, string>): Promise<{ said: string; code: unknown }> {
  const entry = fileURLToPath(new URL("../../app/processes/doctor.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", entry], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...environment, ...change },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const [code] = await once(child, "close");
  return { said, code };
}

test("metrics are not there while METRICS_TOKEN is unset", async () => {
  const answer = await rawRequest(appOrigin, "/metrics", { headers: { authorization: "Bearer " } });
  expect(answer.status).toBe(404);
});
