import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "#tests/support/world/people";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** Product invariant 10, and what stands between an account and its silent death: one refresh, stored before its use. */
const { tiktok, kms, sql, people, verbs, environment, stop } = await startProduct({ jobs: "send" });
const { listVideoPage } = await import("~/infra/tiktok/display-api.server");
const { vault } = await import("~/infra/vault.server");
const { tokenContext } = await import("~/features/accounts/store-credential.server");
const { disconnectTikTok } = await import("~/features/personal-data/disconnect-tiktok.server");
const watch = watchSyncs(sql, tiktok);
afterAll(stop);
afterEach(async () => {
  await Promise.all([tiktok.clearFaults(), kms.clearFaults()]);
  await tiktok.settings({ rotateRefreshTokens: true, accessTtlSeconds: 86_400 });
});

const useToken = fileURLToPath(new URL("children/use-token.ts", import.meta.url));
let number = 0;
let openId: string;
let owner: Person;
let since = 0;

beforeEach(async () => {
  number += 1;
  openId = `owner-${number}`;
  await tiktok.addAccount({ openId, displayName: `Owner ${number}`, videos: 3 });
  owner = await people.signIn(openId);
  since = (await tiktok.ledger()).at(-1)?.seq ?? 0;
});

const read = (token: string) => listVideoPage(token, { cursor: null, patience: "person" });
const readVideos = (accountId = owner.viewer.accountId) => verbs.withTikTokToken(accountId, read);

/** A refused refresh does not say whose it was, so all since the test began are counted. */
const refreshes = async () => {
  const calls = await tiktok.ledger({ endpoint: "token", sinceSeq: since });
  return calls.filter(({ grantType }) => grantType === "refresh_token").map(({ code }) => code);
};

async function stored(accountId = owner.viewer.accountId) {
  const [row] = await sql<{ access: Buffer; refresh: Buffer; version: number; health: string; leased: boolean }[]>`
    select c.access_token_sealed as access, c.refresh_token_sealed as refresh, c.version, a.link_health as health,
      c.lease_by is not null as leased
    from tiktok_credentials c join tiktok_accounts a on a.id = c.account_id where a.id = ${accountId}`;
  if (!row) throw new Error("the account has no credential");
  return row;
}

/** Invariant 10: whatever happened, both tokens are there, whole, and open for their own account and field. */
async function expectBothTokens(): Promise<void> {
  const { access, refresh } = await stored();
  const { accountId } = owner.viewer;
  expect(await vault.open(access, tokenContext(accountId, "access"))).toMatch(/^act\..{40}/);
  expect(await vault.open(refresh, tokenContext(accountId, "refresh"))).toMatch(/^rft\..{40}/);
}

describe("a token is refreshed", () => {
  test("ahead of its end, before TikTok could refuse it", async () => {
    await tiktok.settings({ accessTtlSeconds: 200 });
    owner = await people.signIn(openId);
    await tiktok.settings({ accessTtlSeconds: 86_400 });
    expect((await readVideos()).videos).toHaveLength(3);
    await readVideos();
    expect(await refreshes()).toEqual(["ok"]);
    const calls = await tiktok.ledger({ endpoint: "video_list", openId });
    expect(calls.map(({ status }) => status)).toEqual([200, 200]);
  });

  test("once when TikTok calls it invalid, and the call is made again", async () => {
    await tiktok.expireAccessTokens(openId);
    expect((await readVideos()).videos).toHaveLength(3);
    expect(await refreshes()).toEqual(["ok"]);
    expect(await stored()).toMatchObject({ health: "healthy", version: 2, leased: false });
  });

  test("once, and no more, when TikTok calls the new one invalid too: then the link is expired", async () => {
    await tiktok.addFault({ endpoint: "video_list", kind: "error", code: "access_token_invalid", status: 401, openId });
    await expect(readVideos()).rejects.toMatchObject({ code: "TIKTOK_EXPIRED" });
    expect(await refreshes()).toEqual(["ok"]);
    expect(await stored()).toMatchObject({ health: "expired" });
    await expect(readVideos()).rejects.toMatchObject({ code: "TIKTOK_EXPIRED" });
    expect(await refreshes()).toEqual(["ok"]);
  });

  test("once for 20 callers at once in each of two processes", async () => {
    const other = spawn(process.execPath, ["--import", "tsx", useToken, owner.viewer.accountId, "20"], {
      env: { PATH: process.env.PATH, NODE_ENV: "test", ...environment },
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface({ input: other.stdout })[Symbol.asyncIterator]();
    await lines.next();
    await tiktok.expireAccessTokens(openId);
    await tiktok.addFault({ endpoint: "token", kind: "delay", delayMs: 300 });
    other.stdin.write("go\n");
    const here = await Promise.all(Array.from({ length: 20 }, () => readVideos()));
    const there = JSON.parse(String((await lines.next()).value)) as string[];
    expect(here).toHaveLength(20);
    expect(there).toEqual(Array.from({ length: 20 }, () => "fulfilled"));
    expect(await refreshes()).toEqual(["ok"]);
    expect(await stored()).toMatchObject({ version: 2, health: "healthy" });
  });

  test("not at all when TikTok says that a scope is missing", async () => {
    const refusal = { kind: "error", code: "scope_not_authorized", status: 401, times: 1 } as const;
    await tiktok.addFault({ endpoint: "video_list", openId, ...refusal });
    await expect(readVideos()).rejects.toMatchObject({ kind: "scope_missing" });
    expect(await refreshes()).toEqual([]);
    expect(await stored()).toMatchObject({ version: 1 });
  });

  test("and stores nothing over the link that took the place of the one it was for", async () => {
    await tiktok.expireAccessTokens(openId);
    const slow = await tiktok.addFault({ endpoint: "token", kind: "delay", delayMs: 1_500, times: 1 });
    const reading = readVideos();
    await watch.until(async () => (await tiktok.fired(slow.id)) === 1);
    await disconnectTikTok(owner.viewer, "request");
    await people.signIn(openId);
    const { access, refresh } = await stored();
    // It may be refused or served by the new pair; what counts is what is stored.
    await Promise.allSettled([reading]);
    expect(await refreshes()).toContain("ok");
    expect(await stored()).toMatchObject({ access, refresh, version: 1, health: "healthy" });
  });

  test("and the new pair is stored before it is used", async () => {
    const before = await stored();
    await tiktok.expireAccessTokens(openId);
    const seen: string[] = [];
    const crash = verbs.withTikTokToken(owner.viewer.accountId, async (token) => {
      await read(token);
      const { access, version } = await stored();
      expect(version).toBe(before.version + 1);
      seen.push(token, await vault.open(access, tokenContext(owner.viewer.accountId, "access")));
      throw new Error("the process dies here");
    });
    await expect(crash).rejects.toThrow("the process dies here");
    expect(seen[0]).toBe(seen[1]);
    expect((await readVideos()).videos).toHaveLength(3);
    expect(await refreshes()).toEqual(["ok"]);
  });
});

describe("a refresh that goes wrong", () => {
  test("with its answer lost and the old token dead: the account is plainly expired, and a reconnect mends it", async () => {
    await tiktok.expireAccessTokens(openId);
    const lost = await tiktok.addFault({ endpoint: "token", kind: "lost_answer", times: 1 });
    await expect(readVideos()).rejects.toMatchObject({ kind: "unavailable" });
    expect(await tiktok.fired(lost.id)).toBe(1);
    expect(await stored()).toMatchObject({ health: "healthy", leased: false });
    await expectBothTokens();
    await expect(readVideos()).rejects.toMatchObject({ code: "TIKTOK_EXPIRED" });
    expect(await stored()).toMatchObject({ health: "expired" });
    await expectBothTokens();
    await people.signIn(openId);
    expect((await readVideos()).videos).toHaveLength(3);
    expect(await stored()).toMatchObject({ health: "healthy" });
  });

  test("in a process that is killed before it could store TikTok's answer: the account is plainly expired", async () => {
    await tiktok.expireAccessTokens(openId);
    const { id } = await tiktok.addFault({ endpoint: "token", kind: "slow", times: 1 });
    const child = spawn(process.execPath, ["--import", "tsx", useToken, owner.viewer.accountId, "1"], {
      env: { PATH: process.env.PATH, NODE_ENV: "test", ...environment },
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdin.write("\n");
    await watch.until(async () => (await tiktok.fired(id)) === 1, 60_000);
    child.kill("SIGKILL");
    expect(await stored()).toMatchObject({ health: "healthy", leased: true });
    // Half a minute later its lease has run out.
    await sql`update tiktok_credentials set lease_until = clock_timestamp() where account_id = ${owner.viewer.accountId}`;
    await expect(readVideos()).rejects.toMatchObject({ code: "TIKTOK_EXPIRED" });
    expect(await refreshes()).toHaveLength(2);
    expect(await stored()).toMatchObject({ health: "expired", leased: false });
    await expectBothTokens();
  });

  test("with its answer lost and the old token still good: the account is fresh after the next try", async () => {
    await tiktok.settings({ rotateRefreshTokens: false });
    await tiktok.expireAccessTokens(openId);
    await tiktok.addFault({ endpoint: "token", kind: "lost_answer", times: 1 });
    await expect(readVideos()).rejects.toMatchObject({ kind: "unavailable" });
    expect((await readVideos()).videos).toHaveLength(3);
    expect(await stored()).toMatchObject({ health: "healthy" });
  });

  test.each([
    ["a 500", { kind: "status", status: 500 }],
    ["server_error with status 200", { kind: "error", code: "server_error", status: 200 }],
    ["HTML", { kind: "html", status: 200 }],
    ["an empty body", { kind: "empty" }],
  ] as const)("with %s: nothing is overwritten and nobody is blamed", async (_what, fault) => {
    const before = await stored();
    await tiktok.expireAccessTokens(openId);
    await tiktok.addFault({ endpoint: "token", times: 1, ...fault });
    await expect(readVideos()).rejects.toMatchObject({ name: "TikTokError", kind: "unavailable" });
    expect(await stored()).toEqual(before);
    expect((await readVideos()).videos).toHaveLength(3);
  });

  test("refused while a newer pair is stored: the newer one is used, and the link stays", async () => {
    await tiktok.expireAccessTokens(openId);
    const refusal = { kind: "error", code: "invalid_grant", delayMs: 1_500, times: 1 } as const;
    const fault = await tiktok.addFault({ endpoint: "token", ...refusal });
    const reading = readVideos();
    await watch.until(async () => (await tiktok.fired(fault.id)) === 1);
    await people.signIn(openId);
    expect((await reading).videos).toHaveLength(3);
    expect(await refreshes()).toEqual(["invalid_grant"]);
    expect(await stored()).toMatchObject({ health: "healthy", version: 2, leased: false });
  });

  test("because KMS fails once TikTok has been asked: the new pair is sealed all the same, and none is lost", async () => {
    await tiktok.expireAccessTokens(openId);
    const slow = await tiktok.addFault({ endpoint: "token", kind: "delay", delayMs: 1_500, times: 1 });
    const reading = readVideos().catch((error: unknown) => error);
    await watch.until(async () => (await tiktok.fired(slow.id)) === 1);
    await kms.setFault({ operation: "*", kind: "status", status: 503 });
    // It cannot be opened for its use, which says nothing about the link.
    expect(await reading).toMatchObject({ name: "VaultError", kind: "unavailable" });
    expect(await stored()).toMatchObject({ health: "healthy", version: 2, leased: false });
    await kms.clearFaults();
    await expectBothTokens();
    expect((await readVideos()).videos).toHaveLength(3);
    expect(await refreshes()).toEqual(["ok"]);
  });

  test("because KMS cannot seal the new pair: nothing empty is stored, and the failure is the key service's", async () => {
    await tiktok.expireAccessTokens(openId);
    await kms.setFault({ operation: "GenerateDataKey", kind: "status", status: 503 });
    await expect(readVideos()).rejects.toMatchObject({ name: "VaultError", kind: "unavailable" });
    expect(await stored()).toMatchObject({ health: "healthy", leased: false });
    await expectBothTokens();
  });
});
