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

/** A sync dies at its first page, at its first attempt. */
beforeAll(async () => {
  admin = await people.signIn(ADMIN);
  await sql.unsafe(`
    create function refuse_page() returns trigger language plpgsql as
    $$ begin if new.pages = 1 then raise exception 'no room for Mara' using errcode = 'disk_full'; end if; return new; end $$;
    create trigger refuse_page before update of pages on sync_runs for each row execute function refuse_page();
    update pgboss.queue set retry_limit = 0 where name = 'sync-videos'`);
  await tiktok.addAccount({ openId: "dead", displayName: "Dead", videos: 3 });
  const { viewer } = await people.signIn("dead");
  await verbs.requestSync(viewer.accountId);
  await watch.until(async () => (await deadNow())[0]?.shown[0]?.isTold === true);
  await sql.unsafe("drop trigger refuse_page on sync_runs");
});

test("a dead letter says why without anybody's data, is retried once however many press, and the history says who", async () => {
  const [letters, ...others] = await deadNow();
  expect(others).toEqual([]);
  expect(letters).toMatchObject({
    queue: "sync-videos",
    count: 1,
    shown: [{ attempts: 1, reason: "database error 53100" }],
  });
  const standing = await showJobs(new Date());
  expect(standing.failures.shown).toMatchObject([
    { queue: null, reason: "unexpected", count: 1 },
    { queue: "sync-videos", reason: "database error 53100", count: 1 },
  ]);
  const [kept] = await sql`select count(*)::int as jobs from pgboss.job
    where concat(output, source_output) like any (array['%Mara%', '%params%'])`;
  expect(kept, "what the engine keeps of it").toEqual({ jobs: 0 });
  const id = letters?.shown[0]?.id ?? "";
  const press = (queue = "sync-videos") => retryJobs({ intent: "retry_one", queue, id }, admin.viewer, "request-1");
  expect(await press("no-such-queue")).toBeNull();
  expect((await Promise.all([press(), press()])).sort()).toEqual([0, 1]);
  expect(await press()).toBe(0);
  await watch.until(async () => (await watch.latestRun("dead")).state === "succeeded");
  expect(await watch.runs("dead")).toMatchObject([{ videosStored: 3, pages: 1 }]);
  expect(await deadNow()).toEqual([]);
  const lines = await sql`select actor_id, target_id, after, request_id from audit_log where action = 'job.retried'`;
  expect([...lines]).toEqual([
    { actor_id: admin.viewer.userId, target_id: id, after: { queue: "sync-videos" }, request_id: "request-1" },
  ]);
});
