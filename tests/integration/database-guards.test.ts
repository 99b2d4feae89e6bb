import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** What the database itself refuses, whoever asks: these tests write raw rows because that is the attack. */
const { tiktok, sql, people, verbs, stop } = await startProduct();
afterAll(stop);

const RESTRICTED = "23001";
const CHECK = "23514";
const UNIQUE = "23505";
const INTEGRITY = "23000";
const REFERRED_TO = "0A000";

let submissionId: string;
let before: string;

beforeAll(async () => {
  const admin = await people.signIn(ADMIN);
  await tiktok.addAccount({ openId: "guarded", displayName: "Guarded", videos: [{ agoMs: 60_000 }] });
  const creator = await people.signIn("guarded");
  const slug = await openChallenge(verbs, admin.viewer);
  const [video] = await tiktok.videos("guarded");
  const request = { slug, reference: video?.id ?? "", acceptedRulesVersion: 1, attemptId: randomUUID() };
  ({ submissionId } = await verbs.submitVideo(request, creator.viewer));
  before = await everything();
});

async function everything(): Promise<string> {
  const [row] = await sql`select
    (select jsonb_agg(s order by id) from submissions s)::text || (select jsonb_agg(d order by id) from decisions d)::text ||
    (select jsonb_agg(a order by id) from audit_log a)::text || (select jsonb_agg(c) from tiktok_credentials c)::text as text`;
  return String(row?.text);
}

/** Runs `attack` in one transaction to its commit; it must fail with `code` and leave everything as it was. */
async function expectRefused(code: string, attack: (tx: postgres.TransactionSql) => Promise<unknown>): Promise<void> {
  const refused = await sql
    .begin(async (tx) => {
      await attack(tx);
    })
    .then(
      () => "nobody",
      (error: { code?: string }) => error.code,
    );
  expect(refused).toBe(code);
  expect(await everything()).toBe(before);
}

/** A decision as the product would write it, but for `change`. */
async function decide(tx: postgres.TransactionSql, change: Record<string, unknown>): Promise<void> {
  const [last] = await tx`select * from decisions where submission_id = ${submissionId} order by sequence desc limit 1`;
  const row = {
    ...last,
    id: randomUUID(),
    sequence: 2,
    seen_version: 1,
    actor_kind: "moderator",
    from_state: "pending",
    to_state: "approved",
    ...change,
  };
  await tx`insert into decisions ${tx(row)}`;
}

describe.each(["decisions", "audit_log"])("history in %s", (table) => {
  test.each([
    ["changed", `update ${table} set id = id`],
    ["changed in one row", `update ${table} set id = id where id = (select id from ${table} limit 1)`],
    ["removed", `delete from ${table}`],
    ["truncated", `truncate ${table}`],
    ["truncated with what hangs on it", `truncate ${table} cascade`],
    ["upserted", `insert into ${table} select * from ${table} limit 1 on conflict (id) do update set id = excluded.id`],
  ])("cannot be %s", async (how, statement) => {
    const [rows] = await sql.unsafe(`select count(*)::int as count from ${table}`);
    expect(rows?.count).toBeGreaterThan(0);
    // Other tables refer to decisions: that alone forbids it already.
    const code = table === "decisions" && how === "truncated" ? REFERRED_TO : RESTRICTED;
    await expectRefused(code, (tx) => tx.unsafe(statement));
  });
});

test("an entry cannot be removed from under its decisions", async () => {
  await expectRefused("23503", (tx) => tx`delete from submissions`);
  await expectRefused(RESTRICTED, (tx) => tx`truncate submissions cascade`);
});

describe("a submission that is not the fold of its decisions is refused", () => {
  test.each([
    ["another state", "state = 'approved'"],
    ["another version", "version = version + 1"],
    ["another moment of effect", "effective_at = effective_at - interval '1 second'"],
    ["a state that there is not", "state = 'winner'"],
  ])("%s", async (what, change) => {
    const code = what.includes("there is not") ? CHECK : INTEGRITY;
    await expectRefused(code, (tx) => tx.unsafe(`update submissions set ${change}`));
  });

  test("a decision that its submission does not follow", async () => {
    await expectRefused(INTEGRITY, (tx) => decide(tx, {}));
  });

  test("a submission without any decision", async () => {
    await expectRefused(INTEGRITY, async (tx) => {
      const [entry] = await tx`select * from submissions`;
      const copy = { ...entry, id: randomUUID(), attempt_id: randomUUID(), state: "withdrawn" };
      await tx`insert into submissions ${tx(copy)}`;
    });
  });

  test.each([
    ["that does not continue the one before", INTEGRITY, { from_state: "flagged" }],
    ["that leaves a gap", INTEGRITY, { sequence: 5, seen_version: 4 }],
    ["that comes twice", UNIQUE, { sequence: 1, seen_version: 0, from_state: null }],
    ["of a version that nobody saw", CHECK, { seen_version: 7 }],
    ["that begins anew", INTEGRITY, { from_state: null }],
    ["by nobody", CHECK, { actor_id: null }],
    ["of the system by a person", CHECK, { actor_kind: "system" }],
    ["to a state that there is not", CHECK, { to_state: "winner" }],
    ["that counted before it was made", CHECK, { effective_at: new Date(0) }],
  ] as const)("a decision %s", async (_what, code, change) => {
    await expectRefused(code, async (tx) => {
      await decide(tx, change);
      await tx`update submissions set state = 'approved', version = 2`;
    });
  });
});

describe("a rejection or disqualification needs a reason and words", () => {
  const none = { reason_code: null, message: null };
  test.each([
    ["a rejection without either", { to_state: "rejected", ...none }],
    ["a rejection without words", { to_state: "rejected", reason_code: "OFF_BRIEF", message: null }],
    ["a rejection with blank words", { to_state: "rejected", reason_code: "OFF_BRIEF", message: "  " }],
    ["a rejection without a reason", { to_state: "rejected", reason_code: null, message: "Sorry" }],
    ["a disqualification without either", { to_state: "disqualified", ...none }],
  ])("%s", async (_what, change) => {
    await expectRefused(CHECK, async (tx) => {
      await decide(tx, change);
      await tx`update submissions set state = ${change.to_state}, version = 2`;
    });
  });
});

test("a second live entry of a video in a challenge is refused, also with a good history", async () => {
  await expectRefused(UNIQUE, async (tx) => {
    const [entry] = await tx`select * from submissions`;
    const [first] = await tx`select * from decisions`;
    const id = randomUUID();
    await tx`insert into submissions ${tx({ ...entry, id, attempt_id: randomUUID() })}`;
    await tx`insert into decisions ${tx({ ...first, id: randomUUID(), submission_id: id })}`;
  });
});

describe("a credential that is empty or cut to nothing is refused", () => {
  test.each([
    ["an empty access token", CHECK, "access_token_sealed = ''"],
    ["an empty refresh token", CHECK, "refresh_token_sealed = ''"],
    ["no access token", "23502", "access_token_sealed = null"],
    ["no refresh token", "23502", "refresh_token_sealed = null"],
    ["a plain token", CHECK, "access_token_sealed = 'act.example'::bytea"],
    ["a lease of nobody", CHECK, "lease_until = now(), lease_by = null"],
  ])("%s", async (_what, code, change) => {
    await expectRefused(code, (tx) => tx.unsafe(`update tiktok_credentials set ${change}`));
  });
});
