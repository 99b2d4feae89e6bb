import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** A creator ends their link: here at once, at TikTok as soon as TikTok answers, and nothing is kept for longer. */
const { tiktok, kms, sql, people, verbs, stop } = await startProduct({ jobs: "work" });
const { disconnectTikTok } = await import("~/features/personal-data/disconnect-tiktok.server");
const { requireLink } = await import("~/features/accounts/require-link.server");
const { signInWithTikTok } = await import("~/features/accounts/sign-in-with-tiktok.server");
const { revocationQueue } = await import("~/features/accounts/revoke-grants.server");
const { listVideoPage } = await import("~/infra/tiktok/display-api.server");
const { sendJob } = await import("~/infra/jobs.server");
const { db } = await import("~/infra/db.server");
const watch = watchSyncs(sql, tiktok);
const HOUR_MS = 3600_000;
afterAll(stop);
afterEach(async () => {
  runClock(0);
  await Promise.all([tiktok.clearFaults(), kms.clearFaults()]);
});

let number = 0;
let openId: string;
let owner: Person;
let since = 0;

beforeEach(async () => {
  number += 1;
  openId = `leaver-${number}`;
  await tiktok.addAccount({ openId, displayName: `Leaver ${number}`, videos: 60 });
  owner = await people.signIn(openId);
  since = (await tiktok.ledger()).at(-1)?.seq ?? 0;
});

const disconnect = () => disconnectTikTok(owner.viewer, "request-1");
const health = async () => (await requireLink(owner.viewer.accountId)).health;
const revokes = () => tiktok.ledger({ endpoint: "revoke", sinceSeq: since });
const answersToRevoke = async () => (await revokes()).map(({ code }) => code);
const tryAgain = () => db.transaction((tx) => sendJob(tx, revocationQueue, {}));
const readVideos = () =>
  verbs.withTikTokToken(owner.viewer.accountId, (token) => listVideoPage(token, { cursor: null, patience: "person" }));

/** Rows that hold a token of this account. */
async function tokenRows() {
  const [row] = await sql<{ credentials: number; revocations: number }[]>`
    select (select count(*)::int from tiktok_credentials where account_id = ${owner.viewer.accountId}) as credentials,
      (select count(*)::int from tiktok_revocations where account_id = ${owner.viewer.accountId}) as revocations`;
  return row;
}
const nothingKept = { credentials: 0, revocations: 0 };
const untilNothingIsKept = () => watch.until(async () => (await tokenRows())?.revocations === 0);

const history = async () => {
  const rows = await sql<{ action: string }[]>`
    select action from audit_log where target_id = ${owner.viewer.accountId} order by id`;
  return rows.map(({ action }) => action);
};

describe("a disconnect", () => {
  test("deletes the tokens here, ends the grant at TikTok, and is told once in the history", async () => {
    await Promise.all([disconnect(), disconnect()]);
    expect(await health()).toBe("disconnected");
    await expect(readVideos()).rejects.toMatchObject({ code: "TIKTOK_DISCONNECTED" });
    await expect(verbs.requestSync(owner.viewer.accountId)).rejects.toMatchObject({ code: "TIKTOK_DISCONNECTED" });
    await untilNothingIsKept();
    expect(await tokenRows()).toEqual(nothingKept);
    expect(await answersToRevoke()).toEqual(["ok"]);
    expect(await tiktok.tokenCounts(openId)).toMatchObject({ liveAccessTokens: 0, liveRefreshTokens: 0 });
    expect(await history()).toEqual(["link.disconnected", "grant.revoked"]);
    const [line] = await sql`select actor_id, request_id from audit_log
      where target_id = ${owner.viewer.accountId} and action = 'link.disconnected'`;
    expect(line).toMatchObject({ actor_id: owner.viewer.userId, request_id: "request-1" });
  });

  test("does so with a token that has run out, which TikTok would not take", async () => {
    await tiktok.expireAccessTokens(openId);
    runClock(25 * HOUR_MS);
    await disconnect();
    await untilNothingIsKept();
    const calls = await tiktok.ledger({ sinceSeq: since, openId });
    expect(calls.map(({ endpoint, code }) => [endpoint, code])).toEqual([
      ["token", "ok"],
      ["revoke", "ok"],
    ]);
    expect(await tiktok.tokenCounts(openId)).toMatchObject({ liveAccessTokens: 0, liveRefreshTokens: 0 });
  });

  test("works while the key service does not", async () => {
    await kms.setFault({ operation: "*", kind: "status", status: 503 });
    await disconnect();
    expect(await health()).toBe("disconnected");
    expect((await tokenRows())?.credentials).toBe(0);
  });

  test("in the middle of a sync ends it with its reason, keeps what was read, and asks TikTok for no more", async () => {
    const fault = { endpoint: "video_list", kind: "delay", delayMs: 2_000, after: 1, openId } as const;
    await tiktok.addFault(fault);
    await verbs.requestSync(owner.viewer.accountId);
    await watch.until(async () => (await watch.latestRun(openId)).pages === 1);
    await disconnect();
    const ended = await watch.latestRun(openId);
    expect(ended).toMatchObject({ state: "failed", failure: "link_disconnected" });
    expect(ended.pages).toBeLessThan(3);
    await untilNothingIsKept();
    // The page that was on its way is answered by now, and so is the worker's second look at the run.
    await watch.until(async () => {
      const [busy] = await sql<{ n: number }[]>`
        select count(*)::int as n from pgboss.job where name = 'sync-videos' and state in ('created', 'active', 'retry')`;
      return busy?.n === 0;
    });
    expect(await watch.latestRun(openId)).toEqual(ended);
    expect(await watch.storedIds(openId)).toHaveLength(ended.videosStored);
    expect((await tiktok.ledger({ endpoint: "video_list", openId })).length).toBe(ended.pages + 1);
    expect(await tiktok.ledger({ endpoint: "token", sinceSeq: since })).toEqual([]);
  });
});

describe("TikTok does not answer", () => {
  test.each([
    ["a 503", { kind: "status", status: 503 }],
    ["a page of HTML", { kind: "html", status: 200 }],
    ["server_error with status 200", { kind: "error", code: "server_error", status: 200 }],
    ["a cut connection", { kind: "reset" }],
  ] as const)("but with %s: disconnected here at once, and there when it answers again", async (_what, fault) => {
    const { id } = await tiktok.addFault({ endpoint: "revoke", ...fault });
    await disconnect();
    expect(await health()).toBe("disconnected");
    await watch.until(async () => (await tiktok.fired(id)) === 1);
    expect(await tokenRows()).toEqual({ credentials: 0, revocations: 1 });
    await tiktok.clearFaults();
    runClock(HOUR_MS);
    await tryAgain();
    await untilNothingIsKept();
    expect((await answersToRevoke()).at(-1)).toBe("ok");
    expect(await tiktok.tokenCounts(openId)).toMatchObject({ liveAccessTokens: 0, liveRefreshTokens: 0 });
  });

  test("to say that it has done it: the next try learns that there is nothing left", async () => {
    await tiktok.addFault({ endpoint: "revoke", kind: "lost_answer", times: 1 });
    await disconnect();
    await watch.until(async () => (await revokes()).length === 1);
    runClock(HOUR_MS);
    await tryAgain();
    await untilNothingIsKept();
    expect(await history()).toEqual(["link.disconnected", "grant.revoked"]);
  });

  test("for three days: the tokens are deleted all the same, and the history says that TikTok was not told", async () => {
    const { id } = await tiktok.addFault({ endpoint: "revoke", kind: "status", status: 503 });
    await disconnect();
    await watch.until(async () => (await tiktok.fired(id)) === 1);
    runClock(71 * HOUR_MS);
    await tryAgain();
    await watch.until(async () => (await tiktok.fired(id)) === 2);
    expect(await tokenRows()).toEqual({ credentials: 0, revocations: 1 });
    runClock(73 * HOUR_MS);
    await tiktok.addFault({ endpoint: "token", kind: "status", status: 503 });
    await tryAgain();
    await untilNothingIsKept();
    expect(await tokenRows()).toEqual(nothingKept);
    expect(await history()).toEqual(["link.disconnected", "grant.revocation_given_up"]);
  });
});

describe("after a disconnect", () => {
  test("the same account restores everything, also while TikTok had not heard of the disconnect", async () => {
    await people.sync(owner);
    const { id } = await tiktok.addFault({ endpoint: "revoke", kind: "status", status: 503 });
    await disconnect();
    await watch.until(async () => (await tiktok.fired(id)) === 1);
    await tiktok.clearFaults();
    const back = await people.signIn(openId);
    expect(back.viewer).toEqual(owner.viewer);
    runClock(HOUR_MS);
    await tryAgain();
    await watch.until(async () => {
      const [row] = await sql<{ n: number }[]>`
        select count(*)::int as n from pgboss.job where name = 'revoke-grants' and state in ('created', 'active')`;
      return row?.n === 0;
    });
    expect(await health()).toBe("healthy");
    expect(await tokenRows()).toEqual({ credentials: 1, revocations: 0 });
    expect((await readVideos()).videos).toHaveLength(20);
    expect(await answersToRevoke()).toEqual(["http_503"]);
    expect(await watch.storedIds(openId)).toHaveLength(60);
  });

  test("another account changes nothing", async () => {
    await disconnect();
    await tiktok.addAccount({ openId: `stranger-${number}`, displayName: "Stranger" });
    const pair = await tiktok.grant(`stranger-${number}`, ["user.info.basic", "video.list", "video.data"]);
    const arrival = await signInWithTikTok({ ...pair, grantedScopes: pair.scopes }, owner.viewer.userId);
    expect(arrival).toEqual({ outcome: "another_account" });
    expect(await health()).toBe("disconnected");
    expect((await tokenRows())?.credentials).toBe(0);
    const strangers = await sql`select 1 from tiktok_accounts where open_id = ${`stranger-${number}`}`;
    expect(strangers).toHaveLength(0);
  });
});
