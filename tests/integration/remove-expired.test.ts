import { afterAll, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import { startProduct } from "./product-in-process";

/** What the Privacy page promises to keep no longer is gone. */
const { tiktok, sql, people, schedules, stop } = await startProduct({ jobs: "send" });
const { removeExpired } = await import("~/features/operations/remove-expired.server");
const { makeSignInLink } = await import("~/features/accounts/make-sign-in-link.server");
const { endSessions } = await import("~/features/accounts/end-sessions.server");
const { listSessions } = await import("~/features/accounts/list-sessions.server");
const { findViewer } = await import("~/features/accounts/find-viewer.server");
afterAll(async () => {
  runClock(0);
  await stop();
});

const DAY = 86_400_000;
const asking = (cookie: string) => new Request("http://127.0.0.1:3000/account", { headers: { cookie } });
const count = async (table: string) => (await sql.unsafe(`select 1 from ${table}`)).length;

test("a creator sees their sessions, ends one or all others, and nobody else's", async () => {
  await tiktok.addAccount({ openId: "roamer", displayName: "Roamer" });
  await tiktok.addAccount({ openId: "other", displayName: "Other" });
  const here = await people.signIn("roamer");
  const there = await people.signIn("roamer");
  const third = await people.signIn("roamer");
  const other = await people.signIn("other");
  const listed = await listSessions(asking(here.cookie), here.viewer);
  expect(listed.map(({ isHere }) => isHere)).toEqual([true, false, false]);
  const [foreign] = await listSessions(asking(other.cookie), other.viewer);
  const [thereListed] = (await listSessions(asking(there.cookie), there.viewer)).filter(({ isHere }) => isHere);
  await endSessions(asking(here.cookie), here.viewer, { only: foreign?.id ?? "" }, "request-1");
  expect(await findViewer(asking(other.cookie))).not.toBeNull();
  await endSessions(asking(here.cookie), here.viewer, { only: thereListed?.id ?? "" }, "request-2");
  expect(await findViewer(asking(there.cookie))).toBeNull();
  expect(await findViewer(asking(third.cookie))).not.toBeNull();
  await endSessions(asking(here.cookie), here.viewer, "others", "request-3");
  expect(await findViewer(asking(third.cookie))).toBeNull();
  expect(await findViewer(asking(here.cookie))).not.toBeNull();
  const lines = await sql`select request_id from audit_log where action = 'sessions.ended' order by id`;
  expect(lines.map((line) => line.request_id)).toEqual(["request-2", "request-3"]);
});

test("sessions, sign-ins and events go when their time is over, and not before", async () => {
  await people.signIn("staff-mara", { role: "moderator" });
  expect(await makeSignInLink("staff-mara")).toMatchObject({ outcome: "made" });
  await sql`delete from sessions`;
  const { cookie } = await people.signIn("roamer");
  await sql`insert into sign_in_attempts (state_hash, browser_hash, code_verifier, return_to, expires_at)
    select sha256(n::text::bytea), ''::bytea, 'v', '/', now() + interval '10 minutes' from generate_series(1, 2500) n`;
  await sql`insert into tiktok_webhooks (id, event_hash, event, sent_at, content, received_at, handled_at, outcome)
    values (gen_random_uuid(), sha256('1'), 'e', now(), '', now(), now(), 'unknown_event'),
      (gen_random_uuid(), sha256('2'), 'e', now(), '', now(), null, null)`;
  const tables = ["sessions", "sign_in_attempts", "sign_in_links", "tiktok_webhooks"];
  const left = () => Promise.all(tables.map(count));
  await removeExpired();
  expect(await left()).toEqual([1, 2500, 1, 2]);
  runClock(660_000);
  await removeExpired();
  expect(await left()).toEqual([1, 0, 0, 2]);
  runClock(6.9 * DAY);
  await removeExpired();
  expect(await left()).toEqual([1, 0, 0, 2]);
  runClock(7.1 * DAY);
  expect(await findViewer(asking(cookie))).toBeNull();
  await removeExpired();
  expect(await left()).toEqual([0, 0, 0, 2]);
  runClock(30.1 * DAY);
  await removeExpired();
  expect(await left(), "what is not worked off is kept").toEqual([0, 0, 0, 1]);
  expect(schedules.map(({ name }) => name)).toContain("remove-expired");
});
