import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { brokenInvariants } from "./fold-of-decisions";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** Somebody deletes their data while TikTok is down: nothing names them any more, and what was decided stands. */
const { tiktok, sql, people, verbs, stop } = await startProduct({ jobs: "work" });
const { erasePerson } = await import("~/features/personal-data/erase-person.server");
const { giveAddress } = await import("~/features/notifications/give-address.server");
const { writeNote } = await import("~/features/moderation/write-note.server");
const { findViewer } = await import("~/features/accounts/find-viewer.server");
const { listReviewQueue } = await import("~/features/moderation/list-review-queue.server");
const { revocationQueue } = await import("~/features/accounts/revoke-grants.server");
const { sendJob } = await import("~/infra/jobs.server");
const { db } = await import("~/infra/db.server");
const { serveProduct } = await import("./serve-product");
const watch = watchSyncs(sql, tiktok);
const { origin, close } = await serveProduct();
afterAll(async () => {
  runClock(0);
  await close();
  await stop();
});

const openId = "-canary_open_id";
const NAME = "Canary Weiss";
const ADDRESS = "canary.weiss@example.org";
let owner: Person;
let moderator: Person;
let slug: string;
const entries = { frozen: "", pending: "", rejected: "", appealed: "" };
let named: string[];

/** Not the empty text of a field that TikTok left empty. */
const isName = (value: unknown): value is string => typeof value === "string" && value !== "";

/** Every row of every table, as text. */
async function everything(): Promise<string> {
  const tables = await sql<{ name: string }[]>`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'pgboss') order by 1`;
  const texts = tables.map(async ({ name }) => {
    const [all] = await sql.unsafe(`select coalesce(string_agg(t::text, E'\\n'), '') as text from ${name} t`);
    return `${name}\n${all?.text}`;
  });
  return (await Promise.all(texts)).join("\n");
}

async function submit(address: string, reference: string): Promise<string> {
  const request = { slug: address, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
  return (await verbs.submitVideo(request, owner.viewer)).submissionId;
}

/** One appeal was dismissed with words, the other is open; both once the rejections have taken effect. */
async function askAgain(): Promise<void> {
  runClock(11_000);
  const statement = `I am ${NAME}.`;
  for (const submissionId of [entries.rejected, entries.appealed]) {
    await verbs.openAppeal({ submissionId, statement }, owner.viewer);
  }
  const second = await people.signIn("second", { role: "moderator" });
  const judgement = {
    intent: "dismiss",
    submissionId: entries.rejected,
    seenVersion: 2,
    answer: `No, ${NAME}.`,
  } as const;
  await verbs.judgeAppeal(judgement, second.viewer, randomUUID());
}

const sendEvent = () =>
  tiktok.sendWebhook({ event: "portability.ready", content: { of: NAME }, openId, url: `${origin}/webhooks/tiktok` });
const untilEventsAreHandled = () =>
  watch.until(async () => (await sql`select 1 from tiktok_webhooks where handled_at is null`).length === 0);
const erase = () => erasePerson(owner.viewer, "request-1");
const entry = async (id: string) => {
  const [row] = await sql`select state, video_id, eligibility from submissions where id = ${id}`;
  return row;
};

beforeAll(async () => {
  const admin = await people.signIn(ADMIN);
  for (const judge of ["judge", "second"]) await tiktok.addAccount({ openId: judge, displayName: judge });
  moderator = await people.signIn("judge", { role: "moderator" });
  const clips = [1, 2, 3].map((n) => ({ caption: `canary caption ${n} #home`, agoMs: n * 60_000 }));
  await tiktok.addAccount({ openId, displayName: NAME, username: "canary.weiss", videos: clips });
  const scopes = ["user.info.basic", "user.info.profile", "video.list", "video.data"];
  owner = await people.signIn(openId, { scopes });
  await people.signIn(openId, { scopes });
  await people.sync(owner);
  slug = await openChallenge(verbs, admin.viewer, { hashtags: "home" });
  const over = await openChallenge(verbs, admin.viewer);
  const [a, b, c] = await watch.storedIds(openId);
  if (!a || !b || !c) throw new Error("three videos were synced");
  entries.frozen = await submit(over, a);
  entries.pending = await submit(slug, a);
  entries.rejected = await submit(slug, b);
  entries.appealed = await submit(slug, c);
  const decide = (verdict: Parameters<typeof verbs.decideSubmission>[0]) =>
    verbs.decideSubmission(verdict, moderator.viewer, randomUUID());
  await decide({ intent: "approve", submissionId: entries.frozen, seenVersion: 1 });
  const message = `Sorry, ${NAME}.`;
  for (const submissionId of [entries.rejected, entries.appealed]) {
    await decide({ intent: "reject", submissionId, seenVersion: 1, reason: "OFF_BRIEF", message });
  }
  // Until the approval counts, nobody can report it.
  runClock(11_000);
  await sql`update challenges set frozen_at = closes_at where slug = ${over}`;
  await verbs.reportEntry(entries.frozen, { reason: "OTHER", words: `Is that ${NAME}?` }, "192.0.2.1");
  await askAgain();
  // Somebody wrote about them, beside deciding.
  await writeNote({ submissionId: entries.pending, words: `Is this ${NAME}?` }, moderator.viewer, "request-1");
  await sql`insert into holds (id, submission_id, actor_kind, reason_code, note, held_at, view_count)
    values (gen_random_uuid(), ${entries.frozen}, 'system', 'OTHER', ${`So many views, ${NAME}`}, now(), 123456789)`;
  // They were a moderator for a while, and looked at an entry.
  await sql`insert into claims (submission_id, moderator_id, until)
    values (${entries.frozen}, ${owner.viewer.userId}, clock_timestamp() + interval '5 minutes')`;
  await giveAddress(owner.viewer, ADDRESS);
  await sql`insert into desk_settings values (${owner.viewer.userId}, true, true, 'alt')`;
  await sendEvent();
  await untilEventsAreHandled();
  const [profile] = await sql`select open_id, union_id, display_name, avatar_url, username, bio_description, profile_url
    from tiktok_accounts where open_id = ${openId}`;
  const videos = await sql`select tiktok_video_id, caption, share_url, cover_url from videos
    where account_id = ${owner.viewer.accountId}`;
  named = [ADDRESS, ...[profile, ...videos].flatMap((row) => Object.values(row ?? {}))].filter(isName);
  const before = await everything();
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((value) => !before.includes(value))).toEqual([]);
  expect(before).toContain(message);
  expect(before).toContain(`Is that ${NAME}?`);

  await tiktok.addFault({ endpoint: "revoke", kind: "status", status: 503 });
  await Promise.all([erase(), erase()]);
});

describe("after somebody has deleted their data", () => {
  test("no row of any table names them, says what they posted or what was written to them", async () => {
    const after = await everything();
    expect([...named, NAME].filter((value) => after.includes(value))).toEqual([]);
    expect(await sql`select 1 from sessions where user_id = ${owner.viewer.userId}`).toHaveLength(0);
    expect(await sql`select 1 from claims`).toHaveLength(0);
    expect(await sql`select 1 from letters`).toHaveLength(0);
    expect(await sql`select 1 from entry_notes`).toHaveLength(0);
    expect(await sql`select note, view_count, reason_code from holds`).toEqual([
      { note: null, view_count: null, reason_code: "OTHER" },
    ]);
    expect(await sql`select 1 from desk_settings`).toHaveLength(0);
    expect(await findViewer(new Request(origin, { headers: { cookie: owner.cookie } }))).toBeNull();
  });

  test("what was decided stands: frozen standings keep their entry, what still could be is withdrawn", async () => {
    const gone = { video_id: null, eligibility: [] };
    expect(await entry(entries.frozen)).toEqual({ state: "approved", ...gone });
    expect(await entry(entries.pending)).toEqual({ state: "withdrawn", ...gone });
    expect(await entry(entries.rejected)).toEqual({ state: "rejected", ...gone });
    const kept = await sql`select reason_code, message, actor_id from decisions
      where submission_id = ${entries.rejected} order by sequence`;
    const words = "Erased with the data of its creator.";
    expect(kept).toMatchObject([
      { reason_code: null, message: null, actor_id: owner.viewer.userId },
      { reason_code: "OFF_BRIEF", message: words, actor_id: moderator.viewer.userId },
    ]);
    expect(await sql`select submission_id, statement, outcome, answer from appeals`).toEqual([
      { submission_id: entries.rejected, statement: words, outcome: "dismissed", answer: words },
    ]);
    expect(await brokenInvariants(sql, slug)).toEqual([]);
    const queue = await listReviewQueue(new Date());
    expect(queue.find((row) => row.slug === slug)).toMatchObject({ pending: 0, rejected: 0, appeals: 0 });
  });

  test("the history says so once, and the rest of it is untouched", async () => {
    const lines = await sql`select action, after, request_id from audit_log where actor_id = ${owner.viewer.userId}`;
    expect(lines.map(({ action }) => action)).toEqual([
      "sign_in",
      "sign_in",
      "mail_address.given",
      "link.disconnected",
      "person.erased",
    ]);
    expect(lines.at(-1)).toMatchObject({ after: { withdrawn: 1 }, request_id: "request-1" });
  });

  test("an event that TikTok sends late is recorded without a name", async () => {
    await sendEvent();
    await untilEventsAreHandled();
    expect(await sql`select open_id, content, outcome from tiktok_webhooks`).toEqual([
      { open_id: null, content: "", outcome: "unknown_event" },
    ]);
  });

  test("whoever comes back is somebody new, whose grant is not ended by what TikTok had not heard of", async () => {
    const [waiting] = await sql`select 1 from tiktok_revocations`;
    expect(waiting, "TikTok was down").toBeDefined();
    const back = await people.signIn(openId);
    expect(back.viewer.userId).not.toBe(owner.viewer.userId);
    expect(back.viewer.role).toBe("creator");
    await tiktok.clearFaults();
    runClock(3_600_000);
    await db.transaction((tx) => sendJob(tx, revocationQueue, {}));
    await people.sync(back);
    expect(await watch.storedIds(openId)).toHaveLength(3);
    expect(await sql`select 1 from tiktok_revocations`).toHaveLength(0);
    expect(await tiktok.tokenCounts(openId)).toMatchObject({ liveRefreshTokens: expect.any(Number) });
  });
});

test("in the middle of a sync: nothing of the page that was on its way is kept, not even in the job's error", async () => {
  const clips = Array.from({ length: 45 }, (_, n) => ({ caption: `marmot ${n}`, agoMs: (n + 1) * 60_000 }));
  await tiktok.addAccount({ openId: "walker", displayName: "Walker", videos: clips });
  const walker = await people.signIn("walker");
  await tiktok.addFault({ endpoint: "video_list", kind: "delay", delayMs: 1_000, after: 1, openId: "walker" });
  await verbs.requestSync(walker.viewer.accountId);
  await watch.until(async () => (await watch.latestRun("walker")).pages === 1);
  await erasePerson(walker.viewer, "request-2");
  await watch.until(async () => {
    const [busy] = await sql<{ n: number }[]>`
      select count(*)::int as n from pgboss.job where name = 'sync-videos' and state in ('created', 'active', 'retry')`;
    return busy?.n === 0;
  });
  expect(await everything()).not.toContain("marmot");
});

test("a decision loses its words only with its creator", async () => {
  await tiktok.addAccount({ openId: "stays", displayName: "Stays", videos: [{ agoMs: 60_000 }] });
  owner = await people.signIn("stays");
  const [video] = await tiktok.videos("stays");
  const submissionId = await submit(await openChallenge(verbs, (await people.signIn(ADMIN)).viewer), video?.id ?? "");
  await verbs.decideSubmission(
    { intent: "request_change", submissionId, seenVersion: 1, message: "Louder, please." },
    moderator.viewer,
    randomUUID(),
  );
  await expect(sql`select erase_words(${owner.viewer.userId})`).rejects.toMatchObject({ code: "23001" });
});
