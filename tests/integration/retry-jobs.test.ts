import { afterAll, beforeAll, expect, test } from "vitest";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** Dead work as an admin meets it at /admin/jobs; the command is in jobs.test.ts. */
const { tiktok, sql, people, verbs, stop } = await startProduct({ jobs: "work" });
const { showJobs } = await import("~/features/operations/show-jobs.server");
const { retryJobs } = await import("~/features/operations/retry-jobs.server");
const watch = watchSyncs(sql, tiktok);
const deadNow = async () => (await showJobs(new Date())).dead;
let admin: Person;
afterAll(stop);

/** Two syncs die at their first page, at their first attempt. */
beforeAll(async () => {
  admin = await people.signIn(ADMIN);
  await sql.unsafe(`
    create function refuse_page() returns trigger language plpgsql as
    $$ begin if new.pages = 1 then raise exception 'no room for Mara' using errcode = 'disk_full'; end if; return new; end $$;
    create trigger refuse_page before update of pages on sync_runs for each row execute function refuse_page();
    update pgboss.queue set retry_limit = 0 where name = 'sync-videos'`);
  for (const openId of ["dead", "dead-too"]) {
    await tiktok.addAccount({ openId, displayName: openId, videos: 3 });
    const { viewer } = await people.signIn(openId);
    await verbs.requestSync(viewer.accountId);
  }
  await watch.until(async () => (await deadNow())[0]?.shown.filter(({ isTold }) => isTold).length === 2);
  await sql.unsafe("drop trigger refuse_page on sync_runs");
});

test("dead letters say why without anybody's data, are retried once however many press, and the history says who", async () => {
  const [letters, ...others] = await deadNow();
  expect(others).toEqual([]);
  expect(letters).toMatchObject({
    queue: "sync-videos",
    count: 2,
    shown: [1, 2].map(() => ({ attempts: 1, reason: "database error 53100" })),
  });
  const standing = await showJobs(new Date());
  expect(standing.failures.shown).toMatchObject([
    { queue: null, reason: "unexpected", count: 2 },
    { queue: "sync-videos", reason: "database error 53100", count: 2 },
  ]);
  const [kept] = await sql`select count(*)::int as jobs from pgboss.job
    where concat(output, source_output) like any (array['%Mara%', '%params%'])`;
  expect(kept, "what the engine keeps of it").toEqual({ jobs: 0 });
  const id = letters?.shown[0]?.id ?? "";
  const press = (queue = "sync-videos") => retryJobs({ intent: "retry_one", queue, id }, admin.viewer, "request-1");
  expect(await press("no-such-queue")).toBeNull();
  expect((await Promise.all([press(), press()])).sort()).toEqual([0, 1]);
  expect(await press()).toBe(0);
  const pressAll = () => retryJobs({ intent: "retry_all", queue: "sync-videos" }, admin.viewer, "request-2");
  expect(await pressAll(), "the one that is left").toBe(1);
  expect(await pressAll()).toBe(0);
  for (const openId of ["dead", "dead-too"]) {
    await watch.until(async () => (await watch.latestRun(openId)).state === "succeeded");
    expect(await watch.runs(openId)).toMatchObject([{ videosStored: 3, pages: 1 }]);
  }
  expect(await deadNow()).toEqual([]);
  const lines = await sql`select actor_id, target_id = ${id} as is_first, after, request_id from audit_log
    where action = 'job.retried' order by id`;
  const line = { actor_id: admin.viewer.userId, after: { queue: "sync-videos" } };
  expect([...lines]).toEqual([
    { ...line, is_first: true, request_id: "request-1" },
    { ...line, is_first: false, request_id: "request-2" },
  ]);
});
