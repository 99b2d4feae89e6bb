import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FaultSpec } from "#tests/simulators/tiktok/control-protocol";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** What a sync makes of TikTok's and the database's failures: complete, or ended with its reason and resumable. */
const { tiktok, sql, people, verbs, stop } = await startProduct({ jobs: "work" });
const watch = watchSyncs(sql, tiktok);
afterAll(stop);
afterEach(() => tiktok.clearFaults());

let number = 0;
let openId: string;
let since = 0;
beforeEach(async () => {
  number += 1;
  since = (await tiktok.ledger()).at(-1)?.seq ?? 0;
  openId = `creator-${number}`;
  await tiktok.addAccount({ openId, displayName: `Creator ${number}`, videos: 60 });
});

const linkHealth = async () => {
  const [account] = await sql<{ health: string }[]>`
    select link_health as health from tiktok_accounts where open_id = ${openId}`;
  return account?.health;
};
/** Of this test: a refused one does not say whose it was. */
const refreshes = async () =>
  (await tiktok.ledger({ endpoint: "token", sinceSeq: since })).filter(
    ({ grantType }) => grantType === "refresh_token",
  );

describe("TikTok fails in the middle of a sync, and the sync completes", () => {
  test.each<[string, Pick<FaultSpec, "kind" | "status" | "code">]>([
    ["500 in TikTok's own form", { kind: "error", code: "internal_error", status: 500 }],
    ["a bare 503", { kind: "status", status: 503 }],
    ["a page of HTML with 502", { kind: "html", status: 502 }],
    ["a page of HTML with 200", { kind: "html", status: 200 }],
    ["an empty body", { kind: "empty" }],
    ["a connection that is reset", { kind: "reset" }],
    ["an answer that is lost", { kind: "lost_answer" }],
    ["half an answer", { kind: "malformed" }],
  ])("%s", async (_what, kind) => {
    const fault = await tiktok.addFault({ endpoint: "video_list", openId, after: 1, times: 2, ...kind });
    expect(await people.sync(await people.signIn(openId))).toMatchObject({ state: "succeeded", count: 60 });
    expect(await tiktok.fired(fault.id)).toBe(2);
    expect(await watch.storedIds(openId)).toEqual(await watch.listedIds(openId));
    expect(await watch.doubledSnapshots(openId)).toEqual([]);
    expect(await linkHealth()).toBe("healthy");
  });

  test("for longer than one walk tries: the queue tries again from the page it was at", async () => {
    const fault = await tiktok.addFault({
      endpoint: "video_list",
      openId,
      kind: "status",
      status: 500,
      after: 1,
      times: 4,
    });
    expect(await people.sync(await people.signIn(openId))).toMatchObject({
      state: "succeeded",
      count: 60,
      failure: null,
    });
    expect(await tiktok.fired(fault.id)).toBe(4);
    expect(await watch.latestRun(openId)).toMatchObject({ pages: 3 });
    const first = (await tiktok.ledger({ endpoint: "video_list", openId })).filter(
      ({ cursor }) => cursor === undefined,
    );
    expect(first).toHaveLength(1);
    expect(await watch.doubledSnapshots(openId)).toEqual([]);
  });
});

describe("the access token", () => {
  test("dies in the middle: it is refreshed exactly once and the sync completes", async () => {
    const held = await tiktok.addFault({
      endpoint: "video_list",
      openId,
      kind: "delay",
      after: 1,
      times: 1,
      delayMs: 300,
    });
    const person = await people.signIn(openId);
    const running = people.sync(person);
    await watch.until(async () => (await tiktok.fired(held.id)) === 1);
    await tiktok.expireAccessTokens(openId);
    expect(await running).toMatchObject({ state: "succeeded", count: 60 });
    expect(await refreshes()).toHaveLength(1);
    expect(await watch.storedIds(openId)).toEqual(await watch.listedIds(openId));
    expect(await linkHealth()).toBe("healthy");
  });

  test("dies, and TikTok refuses the refresh: the run and the link say expired, what was read stays", async () => {
    const held = await tiktok.addFault({
      endpoint: "video_list",
      openId,
      kind: "delay",
      after: 1,
      times: 1,
      delayMs: 300,
    });
    const person = await people.signIn(openId);
    const running = people.sync(person);
    await watch.until(async () => (await tiktok.fired(held.id)) === 1);
    await tiktok.expireAccessTokens(openId);
    await tiktok.killRefreshTokens(openId);
    expect(await running).toMatchObject({ state: "failed", failure: "link_expired" });
    expect(await watch.storedIds(openId)).toHaveLength(20);
    expect(await linkHealth()).toBe("expired");
    expect(await refreshes()).toHaveLength(1);
    await expect(verbs.requestSync(person.viewer.accountId)).rejects.toMatchObject({
      code: "TIKTOK_EXPIRED",
      words: expect.stringContaining("Reconnect"),
    });
    const again = await people.signIn(openId);
    expect(again.viewer).toMatchObject({ accountId: person.viewer.accountId });
    expect(await people.sync(again)).toMatchObject({ state: "succeeded", count: 60 });
    expect(await linkHealth()).toBe("healthy");
  });
});

describe("the scope for videos", () => {
  test("was not granted: the link says so, and no sync begins", async () => {
    const person = await people.signIn(openId, { scopes: ["user.info.basic"] });
    expect(await linkHealth()).toBe("scope_missing");
    await expect(verbs.requestSync(person.viewer.accountId)).rejects.toMatchObject({
      code: "TIKTOK_SCOPE_MISSING",
      words: expect.stringContaining("video boxes ticked"),
    });
    expect(await watch.runs(openId)).toEqual([]);
    expect(await tiktok.ledger({ endpoint: "video_list", openId })).toEqual([]);
  });

  test("is refused in the middle: the run ends with that reason, without a refresh and without another try", async () => {
    const fault = await tiktok.addFault({
      endpoint: "video_list",
      openId,
      kind: "error",
      code: "scope_not_authorized",
      status: 401,
      after: 2,
    });
    expect(await people.sync(await people.signIn(openId))).toMatchObject({ state: "failed", failure: "scope_missing" });
    expect(await watch.storedIds(openId)).toHaveLength(40);
    expect(await tiktok.fired(fault.id)).toBe(1);
    expect(await refreshes()).toEqual([]);
  });

  test("is refused in the middle: the link says so, nothing asks again, and reconnecting mends it", async () => {
    const refused = { kind: "error", code: "scope_not_authorized", status: 401, after: 1 } as const;
    const fault = await tiktok.addFault({ endpoint: "video_list", openId, ...refused });
    const person = await people.signIn(openId);
    expect(await people.sync(person)).toMatchObject({ state: "failed", failure: "scope_missing", resumable: true });
    expect(await linkHealth()).toBe("scope_missing");
    for (const ask of [verbs.requestSync, verbs.resumeSync]) {
      await expect(ask(person.viewer.accountId)).rejects.toMatchObject({ code: "TIKTOK_SCOPE_MISSING" });
    }
    expect(await tiktok.fired(fault.id)).toBe(1);
    await tiktok.clearFaults();
    await people.signIn(openId);
    expect(await linkHealth()).toBe("healthy");
    await verbs.resumeSync(person.viewer.accountId);
    await watch.until(async () => (await watch.latestRun(openId)).ended);
    expect(await watch.runs(openId)).toMatchObject([{ state: "succeeded", videosStored: 60 }]);
  });
});

describe("a page is stored whole or not at all", () => {
  const refusePage = (page: number) =>
    sql.unsafe(`
    create or replace function refuse_page() returns trigger language plpgsql as
    $$ begin if new.pages = ${page} then raise exception 'disk full' using errcode = 'disk_full'; end if; return new; end $$;
    create trigger refuse_page before update of pages on sync_runs for each row execute function refuse_page()`);

  test("when the database fails after a page's videos were written, none of them is there", async () => {
    await refusePage(2);
    const person = await people.signIn(openId);
    const running = people.sync(person);
    await watch.until(async () => (await watch.runs(openId))[0]?.failure === "unexpected");
    expect(await watch.latestRun(openId)).toMatchObject({ pages: 1, videosStored: 20, ended: false });
    expect(await watch.storedIds(openId)).toHaveLength(20);
    const [snapshots] = await sql<{ count: number }[]>`select count(*)::int as count from video_metric_snapshots s
      join videos v on v.id = s.video_id where v.account_id = ${person.viewer.accountId}`;
    expect(snapshots?.count).toBe(20);
    await sql`drop trigger refuse_page on sync_runs`;
    expect(await running).toMatchObject({ state: "succeeded", count: 60 });
    expect(await watch.doubledSnapshots(openId)).toEqual([]);
  });

  test("and at every moment a run has exactly as many videos as it says", async () => {
    await tiktok.addAccount({ openId: "long", displayName: "Long", videos: 240 });
    const running = people.sync(await people.signIn("long"));
    const seen: unknown[] = [];
    let active = true;
    while (active) {
      const [moment] = await sql<{ said: number; there: number; pages: number; ended: boolean }[]>`
        select r.videos_stored as said, r.pages, r.ended_at is not null as ended,
          (select count(*)::int from videos v where v.listed_in_run = r.id) as there
        from sync_runs r join tiktok_accounts a on a.id = r.account_id where a.open_id = 'long'`;
      if (!moment) continue;
      expect(moment).toMatchObject({ there: moment.said, said: moment.pages * 20 });
      seen.push(moment.pages);
      active = !moment.ended;
    }
    expect(await running).toMatchObject({ state: "succeeded", count: 240 });
    expect(new Set(seen).size).toBeGreaterThan(2);
  });
});
