import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/**
 * The audit log: what is written, how it is found, that it stays, and how it goes. The product works as a role that owns
 * nothing of it, as with DATABASE_OWNER_URL.
 */
const ownerUrl = process.env.DATABASE_URL ?? "";
const runtime = `audit_runtime_${randomUUID().slice(0, 8)}`;
const runtimeUrl = Object.assign(new URL(ownerUrl), { username: runtime, password: runtime }).href;
await asOwner((owner) => owner.unsafe(`create role ${runtime} login password '${runtime}'`));
const { tiktok, sql, people, verbs, environment, stop } = await startProduct({
  jobs: "send",
  settings: { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: runtimeUrl },
});
const { searchAudit } = await import("~/features/operations/search-audit.server");
const { exportAudit } = await import("~/features/operations/export-audit.server");
const { listAuditActions } = await import("~/features/operations/list-audit-actions.server");
const { removeExpired } = await import("~/features/operations/remove-expired.server");
const { retention } = await import("~/features/accounts/retention");
const { signInWithLink } = await import("~/features/accounts/sign-in-with-link.server");
const { requireViewer } = await import("~/features/accounts/require-viewer.server");
const { setRole } = await import("~/features/accounts/set-role.server");
afterAll(async () => {
  await stop();
  await asOwner((owner) => owner.unsafe(`drop owned by ${runtime} cascade; drop role ${runtime}`));
});

async function asOwner(act: (owner: postgres.Sql) => Promise<unknown>): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  await act(owner);
  await owner.end();
}

const DAY = 86_400_000;
let admin: Person;
let mara: Person;

beforeAll(async () => {
  admin = await people.signIn(ADMIN);
  await tiktok.addAccount({ openId: "-mara_open_id", displayName: "Mara 100%_sure" });
  mara = await people.signIn("-mara_open_id", { role: "moderator" });
});

const asking = ({ cookie }: Person) => new Request(`${environment.APP_ORIGIN}/review`, { headers: { cookie } });
const actionsOf = async (filter: Parameters<typeof searchAudit>[0]) =>
  (await searchAudit(filter, null)).entries.map(({ action }) => action);
const csvOf = async (filter: Parameters<typeof searchAudit>[0]) =>
  new Response(await exportAudit(filter, admin.viewer, "request-csv")).text();

describe("what is written", () => {
  test("who came and went, with what was before and after", async () => {
    await tiktok.addAccount({ openId: "comer", displayName: "Comer" });
    const comer = await people.signIn("comer", { scopes: ["user.info.basic"] });
    await people.signIn("comer");
    await setRole("comer", "moderator");
    const lines =
      await sql`select action, before, after from audit_log where target_id = ${comer.viewer.userId} order by id`;
    const all = environment.TIKTOK_DISPLAY_SCOPES?.split(/[\s,]+/) ?? expect.any(Array);
    expect(lines).toMatchObject([
      { action: "sign_in", before: { health: "disconnected", scopes: [] }, after: { health: "scope_missing" } },
      { action: "sign_in", before: { scopes: ["user.info.basic"] }, after: { health: "healthy", scopes: all } },
      { action: "role.changed", before: { role: "creator" }, after: { role: "moderator", sessionsEnded: 2 } },
    ]);
  });

  test("a sign-in that was refused, but no more of them than tell", async () => {
    const press = () => signInWithLink(new Request(environment.APP_ORIGIN), "A".repeat(43), "request-1");
    for (let attempt = 1; attempt <= 32; attempt += 1) await press();
    const lines = await sql`select distinct actor_kind, reason, after from audit_log where action = 'sign_in.refused'`;
    expect(lines).toContainEqual({ actor_kind: "system", reason: "not_valid", after: { way: "one_time_link" } });
    const [counted] = await sql`select count(*)::int as n from audit_log where action = 'sign_in.refused'`;
    expect(counted?.n).toBe(30);
  });

  test("a token that was refreshed, without the token", async () => {
    const { accountId } = mara.viewer;
    runClock(25 * 3_600_000);
    const token = await verbs.withTikTokToken(accountId, (given) => Promise.resolve(given));
    runClock(0);
    const [line] =
      await sql`select before, after from audit_log where action = 'link.refreshed' and target_id = ${accountId}`;
    expect(line).toMatchObject({ before: { version: 1 }, after: { version: 2, accessExpiresAt: expect.any(String) } });
    expect(JSON.stringify(line)).not.toContain(token.slice(4, 20));
  });

  test("what was done to a challenge, with what it was before", async () => {
    const slug = await openChallenge(verbs, admin.viewer);
    await verbs.actOnChallenge(slug, "pause", admin.viewer, "request-pause");
    await verbs.actOnChallenge(slug, "resume", admin.viewer, "request-resume");
    const { entries } = await searchAudit({ request: "request-resume" }, null);
    expect(entries).toMatchObject([
      { by: { name: admin.viewer.displayName }, target: { kind: "challenge", name: "A challenge" } },
    ]);
    expect(entries[0]?.changes).toEqual([{ field: "pausedAt", before: expect.stringMatching(/^20/), after: "none" }]);
  });
});

test("a moderator whose role is taken away is signed out, and a session that were left would be refused at once", async () => {
  expect(await requireViewer(asking(mara), "moderator")).toMatchObject({ role: "moderator" });
  await setRole("-mara_open_id", "creator");
  await expect(requireViewer(asking(mara), "moderator")).rejects.toMatchObject({ status: 302 });
  mara = await people.signIn("-mara_open_id", { role: "moderator" });
  await sql`update users set role = 'creator' where id = ${mara.viewer.userId}`;
  await expect(requireViewer(asking(mara), "moderator")).rejects.toMatchObject({ init: { status: 403 } });
});

describe("the search", () => {
  test.each(["mara 100%_SURE", "-mara_open_id"])(
    "finds a person as %j, in what they did and what was done to them",
    async (person) => {
      const found = await actionsOf({ person });
      expect(found).toContain("sign_in");
      expect(found).toContain("role.changed");
      expect(found).toContain("link.refreshed");
      expect(found).not.toContain("challenge.created");
    },
  );

  test("finds nobody by a name that nobody has, nor by a sign that stands for any", async () => {
    expect(await actionsOf({ person: "nobody" })).toEqual([]);
    expect(await actionsOf({ person: "100_%sure" })).toEqual([]);
  });

  test("finds who has deleted their data by the id that stays", async () => {
    const { userId } = mara.viewer;
    const gone = randomUUID();
    await sql`insert into audit_log (id, at, actor_kind, actor_id, action, target_kind, target_id)
      values (gen_random_uuid(), now(), 'user', ${gone}, 'person.erased', 'user', ${gone})`;
    const { entries } = await searchAudit({ person: gone }, null);
    expect(entries).toMatchObject([{ action: "person.erased", by: { id: gone, name: null } }]);
    expect((await searchAudit({ person: userId }, null)).entries.length).toBeGreaterThan(2);
  });

  test("takes act, target, request and days together, the last day whole", async () => {
    const [line] = await sql`insert into audit_log (id, at, actor_kind, action, target_kind, target_id, request_id)
      values (gen_random_uuid(), '2026-03-05 23:59:59.999999Z', 'system', 'test.act', 'user', ${randomUUID()}, 'request-days')
      returning target_id`;
    const all = {
      action: "test.act",
      target: line?.target_id,
      request: "request-days",
      from: "2026-03-05",
      until: "2026-03-05",
    };
    expect(await actionsOf(all)).toEqual(["test.act"]);
    for (const change of [
      { action: "sign_in" },
      { target: randomUUID() },
      { request: "another" },
      { from: "2026-03-06", until: "2026-03-06" },
      { from: "2026-03-04", until: "2026-03-04" },
    ]) {
      expect(await actionsOf({ ...all, ...change }), JSON.stringify(change)).toEqual([]);
    }
    expect(await listAuditActions()).toEqual(
      (await sql`select distinct action from audit_log order by 1`).map(({ action }) => action),
    );
  });

  test("pages through lines of one moment, and through microseconds, each once", async () => {
    await sql`insert into audit_log (id, at, actor_kind, action, target_kind, target_id)
      select gen_random_uuid(), '2026-04-01Z'::timestamptz + (n / 40) * interval '1 microsecond', 'system', 'paged', 'user', n::text
      from generate_series(1, 120) n`;
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof searchAudit>> = await searchAudit({ action: "paged" }, before);
      seen.push(...page.entries.map(({ target }) => target.id));
      before = page.nextBefore;
    } while (before !== null);
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
    const moments = seen.map((n) => Math.floor(Number(n) / 40));
    expect(moments).toEqual(moments.toSorted((a, b) => b - a));
  });
});

test("the CSV has the lines of the same search, no formula and no name, and its making is a line with ids alone", async () => {
  await sql`insert into audit_log (id, at, actor_kind, actor_id, action, target_kind, target_id, after, reason)
    values (gen_random_uuid(), '2026-02-01Z', 'user', ${mara.viewer.userId}, 'written', 'user', '=1+1', '{"a": 1}', ${'=cmd|"x", y'})`;
  const csv = await csvOf({ person: "Mara", action: "written" });
  expect(csv).toBe(
    '"at","actor_kind","actor_id","action","target_kind","target_id","before","after","reason","request_id"\r\n' +
      `"2026-02-01T00:00:00.000Z","user","${mara.viewer.userId}","written","user","'=1+1","","{""a"":1}","'=cmd|""x"", y",""\r\n`,
  );
  expect((await csvOf({ action: "paged" })).split("\r\n")).toHaveLength(122);
  expect(await csvOf({ person: "nobody" })).toMatch(/^"at",[^\r]+\r\n$/);
  const lines =
    await sql`select actor_id, after, request_id from audit_log where action = 'audit.exported' order by id`;
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatchObject({
    actor_id: admin.viewer.userId,
    request_id: "request-csv",
    after: { action: "written", by: [mara.viewer.userId] },
  });
  expect(JSON.stringify(lines)).not.toMatch(/Mara|nobody/);
});

describe("the lines stay", () => {
  const old = (days: number) =>
    sql`insert into audit_log (id, at, actor_kind, action, target_kind, target_id)
      select gen_random_uuid(), now() - ${days} * interval '1 day', 'system', 'old', 'user', n::text from generate_series(1, 1500) n`;
  const left = async () => (await sql`select 1 from audit_log where action = 'old'`).length;

  test("for their time, and go with a trace of how many", async () => {
    await old(retention.auditDays - 1);
    await removeExpired();
    expect(await left()).toBe(1500);
    await old(retention.auditDays + 1);
    await removeExpired();
    expect(await left()).toBe(1500);
    const traces = await sql`select actor_kind, after from audit_log where action = 'audit.removed' order by at`;
    expect(traces).toMatchObject([
      { actor_kind: "system", after: { lines: 1000, from: expect.any(String) } },
      { actor_kind: "system", after: { lines: 500 } },
    ]);
  });

  test("a clock that is wrong removes nothing early", async () => {
    runClock(500 * DAY);
    await removeExpired();
    runClock(0);
    expect(await left()).toBe(1500);
  });

  test("whoever deletes by hand gets no line that is younger, and leaves the same trace", async () => {
    await expect(sql`delete from audit_log where action = 'old'`).rejects.toMatchObject({ code: "23001" });
    await old(retention.auditDays + 1);
    await sql`delete from audit_log where at < now() - interval '400 days' and target_id = '7'`;
    const [trace] = await sql`select after from audit_log where action = 'audit.removed' order by at desc limit 1`;
    expect(trace).toMatchObject({ after: { lines: 1 } });
  });

  test("the product's own role reads and adds lines and decisions, lets old lines go, and can do no more to them", async () => {
    const product = postgres(runtimeUrl, { max: 1, onnotice: () => undefined });
    const denied = { code: "42501" };
    for (const table of ["audit_log", "decisions"]) {
      for (const statement of [
        `delete from ${table}`,
        `update ${table} set id = id`,
        `truncate ${table}`,
        `alter table ${table} disable trigger all`,
        `drop table ${table} cascade`,
      ]) {
        await expect(product.unsafe(statement), statement).rejects.toMatchObject(denied);
      }
    }
    await expect(
      product`create or replace function keep_audit_line() returns trigger language plpgsql as ''`,
    ).rejects.toMatchObject(denied);
    expect(await product`select remove_old_audit(now(), 2000) as lines`).toEqual([{ lines: 1499 }]);
    await product.end();
    const [owned] =
      await sql`select count(*)::int as tables from pg_tables where tableowner = ${runtime} and schemaname <> 'pgboss'`;
    expect(owned).toEqual({ tables: 0 });
  });
});

test("every way of asking goes through an index, however many lines there are", async () => {
  await sql`insert into audit_log (id, at, actor_kind, actor_id, action, target_kind, target_id, request_id)
    select gen_random_uuid(), now() - n * interval '1 minute', 'user', md5((n % 500)::text)::uuid, 'act.' || n % 40, 'user', md5(n::text)::uuid::text, 'request-' || n
    from generate_series(1, 10000) n`;
  await sql`analyze audit_log`;
  const { id } = (await sql`select id from audit_log order by at limit 1 offset 5000`)[0] ?? {};
  const person = "c4ca4238-a0b9-2382-0dcc-509a6f75849b";
  const asked = {
    nothing: "true",
    person: `(actor_id in ('${person}') or target_id in ('${person}', '${randomUUID()}'))`,
    action: "action = 'act.7'",
    target: `target_id = '${randomUUID()}'`,
    request: "request_id = 'request-9'",
    days: "at >= now() - interval '9 days' and at < now() - interval '8 days'",
  };
  for (const [what, where] of Object.entries(asked)) {
    const plan = await sql.unsafe(`explain select * from audit_log where ${where}
      and (at, id) < (select l.at, l.id from audit_log l where l.id = '${id}') order by at desc, id desc limit 51`);
    const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
    expect(text, what).not.toContain("Seq Scan");
    expect(text, what).toMatch(/Index (Only )?Scan/);
  }
});
