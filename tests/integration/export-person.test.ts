import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TokenPair } from "#tests/simulators/tiktok/control-answers";
import { runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** Somebody asks for a copy of all that is held on them: nothing is missing, and nothing of anybody else is in it. */
const { tiktok, kms, sql, people, verbs, environment, stop } = await startProduct({ jobs: "work" });
const { exportPerson } = await import("~/features/personal-data/export-person.server");
const { giveAddress } = await import("~/features/notifications/give-address.server");
const { tellCreators } = await import("~/features/notifications/tell-creators.server");
const { makeSignInLink } = await import("~/features/accounts/make-sign-in-link.server");
const { signInWithTikTok } = await import("~/features/accounts/sign-in-with-tiktok.server");
afterAll(async () => {
  runClock(0);
  await stop();
});

/**
 * Every table: which rows are about a person (`$1` user, `$2` account, `$3` open_id), and which columns of them are left
 * out, and why. Or why none are. A table or a column that is added has to be thought of here.
 */
const KEY = "opens the account to whoever holds it";
const WORKINGS = "says how the machine stands, not who somebody is";
const JOINS = "joins rows; what it joins is written in one";
const OTHERS = "names somebody else";
const tables: Record<string, { rows: string; leftOut?: Record<string, string> } | string> = {
  users: { rows: "id = $1" },
  tiktok_accounts: { rows: "user_id = $1" },
  tiktok_credentials: {
    rows: "account_id = $2",
    leftOut: {
      access_token_sealed: KEY,
      refresh_token_sealed: KEY,
      version: WORKINGS,
      lease_by: WORKINGS,
      lease_until: WORKINGS,
    },
  },
  tiktok_revocations: {
    rows: "account_id = $2",
    leftOut: { open_id_hash: KEY, access_token_sealed: KEY, refresh_token_sealed: KEY, attempts: WORKINGS },
  },
  tiktok_webhooks: { rows: "open_id = $3", leftOut: { event_hash: WORKINGS } },
  videos: { rows: "account_id = $2", leftOut: { embed_html_raw: "unsafe to open; embed_html is what is kept of it" } },
  video_metric_snapshots: { rows: "video_id in (select id from videos where account_id = $2)" },
  sync_runs: { rows: "account_id = $2" },
  submissions: {
    rows: "creator_id = $1",
    leftOut: {
      challenge_id: JOINS,
      video_id: JOINS,
      attempt_id: WORKINGS,
      version: "would tell of a decision inside its window",
      effective_at: "stands at the decision",
      effective_state_before: "stands at the decision",
      resubmitted_at: "stands at the decision",
    },
  },
  decisions: {
    rows: "submission_id in (select id from submissions where creator_id = $1)",
    leftOut: {
      id: JOINS,
      submission_id: JOINS,
      sequence: WORKINGS,
      seen_version: WORKINGS,
      bulk_id: WORKINGS,
      undo_of: JOINS,
      actor_kind: "written as a part: you, a moderator, TrendPot",
      actor_id: OTHERS,
      note: "is between moderators, and may speak of others",
      review_rule_id: WORKINGS,
      review_rule_version: WORKINGS,
    },
  },
  appeals: {
    rows: "creator_id = $1",
    leftOut: {
      id: JOINS,
      submission_id: JOINS,
      decision_sequence: WORKINGS,
      upheld_sequence: WORKINGS,
      decided_by: OTHERS,
    },
  },
  holds: {
    rows: "submission_id in (select id from submissions where creator_id = $1)",
    leftOut: {
      id: JOINS,
      submission_id: JOINS,
      actor_kind: "written as a part",
      held_by: OTHERS,
      released_by: OTHERS,
      doubted_at: "stands in what was found",
      review_rule_id: WORKINGS,
      review_rule_version: WORKINGS,
      bulk_id: WORKINGS,
      note: "is between moderators, and may speak of others",
      release_note: "is between moderators, and may speak of others",
    },
  },
  mail_addresses: { rows: "user_id = $1", leftOut: { id: JOINS } },
  letters: {
    rows: "address_id in (select id from mail_addresses where user_id = $1)",
    leftOut: { id: JOINS, address_id: JOINS, lease_until: WORKINGS },
  },
  notifications: {
    rows: "user_id = $1",
    leftOut: { id: JOINS, submission_id: JOINS, decision_id: JOINS, letter_id: JOINS },
  },
  standings: {
    rows: "submission_id in (select id from submissions where creator_id = $1)",
    leftOut: { challenge_id: JOINS, submission_id: JOINS },
  },
  desk_settings: { rows: "user_id = $1" },
  rule_acceptances: { rows: "user_id = $1", leftOut: { challenge_id: JOINS } },
  sessions: { rows: "user_id = $1", leftOut: { id_hash: KEY } },
  sign_in_links: { rows: "user_id = $1", leftOut: { token_hash: KEY } },
  audit_log: {
    rows: "target_id in ($1::uuid::text, $2::uuid::text)",
    leftOut: { actor_kind: "written as a part", actor_id: OTHERS },
  },
  challenges: "a work of the organisers; which ones somebody made is in the export",
  challenge_rules: "the rules of a challenge",
  sign_in_attempts: "nobody is known yet; gone in ten minutes",
  rate_buckets: "counts calls to TikTok by endpoint and app, and for hours how many letters somebody asked for",
  process_metrics: "counts of a process",
  review_rules: "a work of the organisers; the ones that acted stand in the history of an entry",
  review_rule_versions: "what organisers' rules say",
  review_suggestions: "are between a rule and moderators",
  claims: "says for five minutes which entry a moderator looks at",
  entry_notes: "are between moderators, and may speak of others",
  message_templates: "words for many entries, about nobody",
  decision_effects: "an outbox: what it holds stands at the decision",
  reports: "are between visitors and moderators; the reporter is not known, and the words may speak of others",
  results: "name winners by their entries; the place of an entry stands in standings",
};

const NOTE = "Looks like the one that Ottilie sent";
const MESSAGE = "Please name the place.";
const openId = "-export_open_id";
let owner: Person;
let judge: Person;
let other: Person;
let tokens: TokenPair;
let text: string;
let exported: Record<string, unknown>;

/** Every value in it that is no object, as text. */
function leaves(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (value instanceof Date) return [value.toISOString()];
  if (typeof value === "object") return Object.values(value).flatMap(leaves);
  return [String(value)];
}

async function exportOf(person: Person): Promise<string> {
  const made = await exportPerson(person.viewer, "request-1");
  if (made.outcome !== "exported") throw new Error("no export");
  return new Response(made.body).text();
}

async function submit(person: Person, slug: string, reference: string): Promise<string> {
  const request = { slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
  return (await verbs.submitVideo(request, person.viewer)).submissionId;
}

const decide = (verdict: Parameters<typeof verbs.decideSubmission>[0], by: Person) =>
  verbs.decideSubmission(verdict, by.viewer, randomUUID());

beforeAll(async () => {
  const admin = await people.signIn(ADMIN);
  await tiktok.addAccount({ openId: "judge", displayName: "Judge Ottilie" });
  judge = await people.signIn("judge", { role: "moderator" });
  await tiktok.addAccount({ openId: "other", displayName: "Other Person", videos: [{ agoMs: 60_000 }] });
  other = await people.signIn("other");
  const clips = [1, 2, 3].map((n) => ({ caption: `exported caption ${n}`, agoMs: n * 60_000 }));
  await tiktok.addAccount({ openId, displayName: "Exported", username: "exported.one", videos: clips });
  const scopes = ["user.info.basic", "user.info.profile", "video.list", "video.data"];
  owner = await people.signIn(openId, { scopes, role: "moderator" });
  tokens = await tiktok.grant(openId, scopes);
  await signInWithTikTok({ ...tokens, grantedScopes: tokens.scopes }, owner.viewer.userId);
  await makeSignInLink(openId);
  await people.sync(owner);
  const slug = await openChallenge(verbs, admin.viewer);
  const [own, second, third] = (await tiktok.videos(openId)).map(({ id }) => id);
  const [foreign] = (await tiktok.videos("other")).map(({ id }) => id);
  const entry = await submit(owner, slug, own ?? "");
  const undecided = await submit(owner, slug, second ?? "");
  const refused = await submit(owner, slug, third ?? "");
  const theirs = await submit(other, slug, foreign ?? "");
  runClock(-60_000);
  await decide({ intent: "request_change", submissionId: entry, seenVersion: 1, message: MESSAGE, note: NOTE }, judge);
  await decide(
    { intent: "reject", submissionId: theirs, seenVersion: 1, reason: "OFF_BRIEF", message: "To another" },
    owner,
  );
  await decide(
    { intent: "reject", submissionId: refused, seenVersion: 1, reason: "OFF_BRIEF", message: undefined },
    judge,
  );
  runClock(0);
  await verbs.openAppeal({ submissionId: refused, statement: "Please look again." }, owner.viewer);
  await giveAddress(owner.viewer, "exported@example.org");
  await tellCreators();
  await sql`insert into standings (challenge_id, submission_id, rank, score, view_count, metrics_at)
    select challenge_id, id, 7, 7654321, 7654, now() from submissions where id = ${entry}`;
  await decide({ intent: "request_change", submissionId: undecided, seenVersion: 1, message: "Not yet told" }, judge);
  await sql`insert into holds (id, submission_id, actor_kind, held_by, reason_code, note, held_at, view_count, like_count,
      comment_count, share_count, metrics_at, released_at, released_by, release_note)
    values (gen_random_uuid(), ${entry}, 'moderator', ${judge.viewer.userId}, 'UNLIKELY_MIX', ${NOTE}, now(), 801, 802,
      803, 804, now() - interval '1 hour', now() + interval '1 hour', ${judge.viewer.userId}, ${NOTE})`;
  await sql`insert into entry_notes (id, submission_id, author_id, words, written_at)
    values (gen_random_uuid(), ${entry}, ${judge.viewer.userId}, ${NOTE}, now())`;
  await sql`insert into tiktok_webhooks (id, event_hash, event, open_id, sent_at, content, received_at)
    values (gen_random_uuid(), sha256('1'), 'portability.ready', ${openId}, now(), '{"of":"exported"}', now())`;
  await sql`insert into tiktok_revocations (account_id, open_id_hash, access_token_sealed, refresh_token_sealed,
      access_expires_at, refresh_expires_at, attempts, next_try_at, give_up_at)
    select account_id, sha256('1'), access_token_sealed, refresh_token_sealed, access_expires_at, refresh_expires_at, 0,
      now() + interval '1 day', now() + interval '3 days'
    from tiktok_credentials where account_id = ${owner.viewer.accountId}`;
  await sql`insert into desk_settings values (${owner.viewer.userId}, true, true, 'alt')`;
  text = await exportOf(owner);
  exported = JSON.parse(text);
});

test("every table is in it, or is named with the reason why it is not", async () => {
  const there = await sql<
    { name: string }[]
  >`select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  expect(Object.keys(tables).sort()).toEqual(there.map(({ name }) => name));
});

test("every value of every row about them is in it, but for columns with a reason", async () => {
  const held = new Set(leaves(exported));
  const { userId, accountId } = owner.viewer;
  for (const [table, about] of Object.entries(tables)) {
    if (typeof about === "string") continue;
    const { rows, leftOut = {} } = about;
    // Parameters that a table has no use for are still named, so that all three may be given.
    const found = await sql.unsafe(
      `select * from ${table} where (${rows}) and $1::uuid is not null and $2::uuid is not null and $3::text is not null`,
      [userId, accountId, openId],
    );
    expect(found.length, `the world has rows of ${table}`).toBeGreaterThan(0);
    expect(
      Object.keys(leftOut).filter((column) => !(column in (found[0] ?? {}))),
      table,
    ).toEqual([]);
    // What is decided and not yet in effect is nobody's to know outside the desk.
    const shown = found.filter(({ effective_at: effective }) => table !== "decisions" || effective <= new Date());
    const missing = shown.flatMap((row) =>
      Object.entries(row)
        .filter(([column]) => !(column in leftOut))
        .flatMap(([column, value]) => leaves(value).map((leaf) => [table, column, leaf] as const))
        .filter(([, , leaf]) => !held.has(leaf)),
    );
    expect(missing).toEqual([]);
  }
});

test("it has its shape: parts, the videos with their numbers, entries with what is decided and in effect, and by whom as a part", () => {
  expect(exported).toMatchObject({ format: "trendpot-export", version: 1, exportedAt: expect.any(String) });
  expect(exported.videos).toHaveLength(3);
  expect(exported.videos).toMatchObject([1, 2, 3].map(() => ({ numbers: [{ takenAt: expect.any(String) }] })));
  expect(exported.entries).toMatchObject([
    {
      state: "changes_requested",
      decisions: [{ by: "you" }, { by: "a moderator", to: "changes_requested", message: MESSAGE }],
    },
    { state: "pending", appeal: null, decisions: [{ by: "you" }] },
    { state: "rejected", appeal: { statement: "Please look again." }, frozenStanding: null },
  ]);
  expect(exported.verdicts).toMatchObject([{ to: "rejected", reason: "OFF_BRIEF" }]);
  expect(exported.history).toMatchObject([
    { action: "person.exported", by: "you", requestId: "request-1" },
    { action: "mail_address.given", by: "you" },
    { action: "sign_in_link.made", by: "the operator" },
    { action: "sign_in" },
    { action: "role.changed", by: "the operator", before: { role: "creator" }, after: { role: "moderator" } },
    { action: "sign_in" },
    { action: "submission.rejected", by: "you", targetKind: "submission" },
  ]);
});

test("no token, no key material and nobody else is in it", async () => {
  const [sealed] =
    await sql`select encode(access_token_sealed, 'base64') as access, encode(refresh_token_sealed, 'hex') as refresh
    from tiktok_credentials where account_id = ${owner.viewer.accountId}`;
  const [session] =
    await sql`select encode(id_hash, 'hex') as hash from sessions where user_id = ${owner.viewer.userId}`;
  const [link] = await sql`select encode(token_hash, 'hex') as hash from sign_in_links`;
  const [key] = (await kms.ledger()).map(({ keyId }) => keyId).filter(Boolean);
  const canaries = {
    "access token": tokens.accessToken,
    "refresh token": tokens.refreshToken,
    "sealed access token": String(sealed?.access).slice(0, 40),
    "sealed refresh token": String(sealed?.refresh).slice(0, 40),
    cookie: owner.cookie.split("=")[1],
    "session's hash": session?.hash,
    "link's hash": link?.hash,
    key,
    "client key": environment.TIKTOK_CLIENT_KEY,
    "client secret": environment.TIKTOK_CLIENT_SECRET,
    "session secret": process.env.SESSION_SECRET,
    note: NOTE,
    "what is inside its window": "Not yet told",
    "what was written to another": "To another",
    ...Object.fromEntries(
      [judge, other].flatMap(({ viewer }) => [
        [`name of ${viewer.displayName}`, viewer.displayName],
        [`user ${viewer.displayName}`, viewer.userId],
        [`account ${viewer.displayName}`, viewer.accountId],
      ]),
    ),
    "admin's open_id": ADMIN,
  };
  for (const [what, canary] of Object.entries(canaries)) {
    expect(String(canary).length, what).toBeGreaterThan(4);
    expect(text.includes(String(canary)), what).toBe(false);
  }
});

test("a fourth in a row has to wait, and every one left a line", async () => {
  await exportOf(owner);
  await exportOf(owner);
  expect(await exportPerson(owner.viewer, "request-2")).toMatchObject({
    outcome: "rate_limited",
    waitSeconds: expect.closeTo(600, -2),
  });
  const lines = await sql`select request_id from audit_log where action = 'person.exported'`;
  expect(lines.map(({ request_id }) => request_id)).toEqual(["request-1", "request-1", "request-1"]);
  expect(await exportOf(other), "of another person it is the first").toContain("Other Person");
});
