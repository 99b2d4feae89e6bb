import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "#tests/support/world/people";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** Links are kept alive by the clock, and nothing but TikTok's own refusal ends one. */
const { tiktok, kms, sql, people, verbs, environment, schedules, stop } = await startProduct({
  jobs: "work",
});
const { linkQueue, refreshLinks } = await import("~/features/accounts/refresh-links.server");
const { signInWithTikTok } = await import("~/features/accounts/sign-in-with-tiktok.server");
const { requireLink } = await import("~/features/accounts/require-link.server");
const { listVideoPage } = await import("~/infra/tiktok/display-api.server");
const { sendJob } = await import("~/infra/jobs.server");
const { db } = await import("~/infra/db.server");
const watch = watchSyncs(sql, tiktok);
afterAll(stop);
afterEach(async () => {
  await Promise.all([tiktok.clearFaults(), kms.clearFaults()]);
  await tiktok.settings({ accessTtlSeconds: 86_400 });
  await sql`delete from tiktok_credentials`;
});

const COUNT = 8;
let number = 0;
let owners: Person[];
let since = 0;
const openIdOf = (index: number) => `owner-${number}-${index}`;

/** Ends within a quarter of an hour, so it is due; and far from so soon that a call would have refreshed it anyway. */
const DUE_SECONDS = 600;

beforeEach(async () => {
  number += 1;
  await tiktok.settings({ accessTtlSeconds: DUE_SECONDS });
  owners = [];
  for (let index = 0; index < COUNT; index += 1) {
    await tiktok.addAccount({ openId: openIdOf(index), displayName: `Owner ${index}`, videos: 2 });
    owners.push(await people.signIn(openIdOf(index)));
  }
  await tiktok.settings({ accessTtlSeconds: 86_400 });
  since = (await tiktok.ledger()).at(-1)?.seq ?? 0;
});

const refreshes = async () => {
  const calls = await tiktok.ledger({ endpoint: "token", sinceSeq: since });
  return calls.filter(({ grantType }) => grantType === "refresh_token").map(({ openId, code }) => ({ openId, code }));
};
const health = (index: number) => requireLink(owners[index]?.viewer.accountId ?? "").then((link) => link.health);
const healths = () => Promise.all(owners.map((_, index) => health(index)));
const allHealthy = Array.from({ length: COUNT }, () => "healthy");
const versions = async () => {
  const rows = await sql<{ version: number }[]>`select version from tiktok_credentials`;
  return rows.map(({ version }) => version);
};

test("those that end soon are refreshed, each once, although two processes are at it", async () => {
  await people.signIn(openIdOf(0)); // a whole day from now
  const child = fileURLToPath(new URL("children/refresh-links.ts", import.meta.url));
  const other = spawn(process.execPath, ["--import", "tsx", child], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: other.stdout })[Symbol.asyncIterator]();
  await lines.next();
  await tiktok.addFault({ endpoint: "token", kind: "delay", delayMs: 300 });
  other.stdin.write("go\n");
  await refreshLinks();
  await lines.next();
  const asked = (await refreshes()).map(({ openId }) => openId).sort();
  expect(asked).toEqual(Array.from({ length: COUNT - 1 }, (_, index) => openIdOf(index + 1)).sort());
  expect(await versions()).toEqual(Array.from({ length: COUNT }, () => 2));
  expect(await healths()).toEqual(allHealthy);
  await refreshLinks();
  expect(await refreshes()).toHaveLength(COUNT - 1);
});

test("by a job that is scheduled once, and does not overlap itself", async () => {
  expect(schedules).toEqual([
    { name: "keep-deadlines", cron: "* * * * *" },
    { name: "plan-refresh", cron: "* * * * *" },
    { name: "refresh-links", cron: "*/5 * * * *" },
    { name: "remove-expired", cron: "*/10 * * * *" },
    { name: "resanitize-embeds", cron: "*/10 * * * *" },
    { name: "revoke-grants", cron: "* * * * *" },
    { name: "send-letters", cron: "* * * * *" },
    { name: "tell-creators", cron: "* * * * *" },
  ]);
  await tiktok.addFault({ endpoint: "token", kind: "delay", delayMs: 500 });
  const send = () => db.transaction((tx) => sendJob(tx, linkQueue, {}));
  await send();
  await expect(send()).rejects.toThrow("already waiting");
  await watch.until(async () => (await versions()).every((version) => version === 2));
  expect(await refreshes()).toHaveLength(COUNT);
});

test("one that TikTok refuses has expired: it is in the history, and is not asked for again", async () => {
  await tiktok.killRefreshTokens(openIdOf(3));
  await refreshLinks();
  expect(await healths()).toEqual(allHealthy.map((word, index) => (index === 3 ? "expired" : word)));
  const lines = await sql`select action from audit_log where target_id = ${owners[3]?.viewer.accountId ?? ""}`;
  expect(lines).toMatchObject([{ action: "link.expired" }]);
  await refreshLinks();
  expect(await refreshes()).toHaveLength(COUNT);
});

test("a person who took single scopes back is shown what is missing", async () => {
  const pair = await tiktok.grant(openIdOf(2), ["user.info.basic", "video.list"]);
  const whole = [...pair.scopes, "video.data"];
  await signInWithTikTok({ ...pair, accessTtlSeconds: DUE_SECONDS, grantedScopes: whole }, null);
  expect(await health(2)).toBe("healthy");
  await refreshLinks();
  const link = await requireLink(owners[2]?.viewer.accountId ?? "");
  expect(link).toMatchObject({ health: "scope_missing", missingScopes: ["video.data"] });
});

describe("nobody is blamed", () => {
  test.each([
    ["TikTok is down", { kind: "status", status: 503 }],
    ["TikTok says that it is its own trouble", { kind: "error", code: "server_error", status: 200 }],
  ] as const)("when %s; the rest is not even asked, and the next run makes up for it", async (_what, fault) => {
    const { id } = await tiktok.addFault({ endpoint: "token", ...fault });
    await refreshLinks();
    const asked = await tiktok.fired(id);
    expect(asked).toBeGreaterThanOrEqual(5);
    expect(asked).toBeLessThanOrEqual(COUNT);
    expect(await healths()).toEqual(allHealthy);
    await tiktok.clearFaults();
    await refreshLinks();
    expect(await versions()).toEqual(Array.from({ length: COUNT }, () => 2));
  });

  test("when the app's own secret is refused: a wrong setting ends no link", async () => {
    await tiktok.addFault({ endpoint: "token", kind: "error", code: "invalid_client", status: 200 });
    await refreshLinks();
    expect(await healths()).toEqual(allHealthy);
    await expect(
      verbs.withTikTokToken(owners[0]?.viewer.accountId ?? "", async (token) => {
        await tiktok.expireAccessTokens(openIdOf(0));
        return listVideoPage(token, { cursor: null, patience: "person" });
      }),
    ).rejects.toMatchObject({ kind: "misconfigured" });
    expect(await healths()).toEqual(allHealthy);
  });

  test("when the key service is down: TikTok is not asked, so no pair can be lost", async () => {
    await kms.setFault({ operation: "*", kind: "status", status: 503 });
    await refreshLinks();
    expect(await refreshes()).toEqual([]);
    expect(await healths()).toEqual(allHealthy);
    await kms.clearFaults();
    await refreshLinks();
    expect(await versions()).toEqual(Array.from({ length: COUNT }, () => 2));
  });

  test("when one account's record does not open: the others are refreshed", async () => {
    await sql`update tiktok_credentials set refresh_token_sealed = access_token_sealed
      where account_id = ${owners[0]?.viewer.accountId ?? ""}`;
    await refreshLinks();
    expect((await versions()).sort()).toEqual([1, ...Array.from({ length: COUNT - 1 }, () => 2)]);
    expect(await healths()).toEqual(allHealthy);
  });
});
