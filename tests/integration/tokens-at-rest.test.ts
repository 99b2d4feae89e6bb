import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TokenPair } from "#tests/simulators/tiktok/control-answers";
import type { Person } from "#tests/support/world/people";
import { startProduct } from "./product-in-process";

/** Tokens as they lie in the database: unreadable without KMS, of no use in another row, and untouched by its outages. */
const { tiktok, kms, sql, people, verbs, stop } = await startProduct({ jobs: "work" });
const { listVideoPage } = await import("~/infra/tiktok/display-api.server");
const { signInWithTikTok } = await import("~/features/accounts/sign-in-with-tiktok.server");
const { env } = await import("~/infra/env.server");
afterAll(stop);
afterEach(() => kms.clearFaults());

let number = 0;
let openId: string;
let owner: Person;
let pair: TokenPair;

beforeEach(async () => {
  number += 1;
  openId = `holder-${number}`;
  await tiktok.addAccount({ openId, displayName: `Holder ${number}`, videos: 3 });
  owner = await people.signIn(openId);
  pair = await tiktok.grant(openId, env.TIKTOK_DISPLAY_SCOPES);
  await signInWithTikTok({ ...pair, grantedScopes: pair.scopes }, owner.viewer.userId);
});

const readVideos = (accountId = owner.viewer.accountId) =>
  verbs.withTikTokToken(accountId, (token) => listVideoPage(token, { cursor: null, patience: "person" }));
const linkHealth = async (accountId = owner.viewer.accountId) => {
  const [row] = await sql<{ health: string }[]>`
    select link_health as health from tiktok_accounts where id = ${accountId}`;
  return row?.health;
};

test("no table holds a token, in whatever form", async () => {
  await people.sync(owner);
  const tables = await sql<{ name: string }[]>`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'pgboss') order by 1`;
  let rows = "";
  for (const { name } of tables) {
    const [all] = await sql.unsafe(`select coalesce(string_agg(t::text, E'\\n'), '') as text from ${name} t`);
    rows += String(all?.text);
  }
  expect(tables.length).toBeGreaterThan(10);
  expect(rows).toContain(openId);
  for (const token of [pair.accessToken, pair.refreshToken]) {
    const bytes = Buffer.from(token);
    // Base64 of a piece in the middle, however it falls on the groups of three bytes.
    const pieces = [0, 1, 2].map((skip) => bytes.subarray(9 + skip, 33 + skip).toString("base64"));
    for (const form of [token, token.slice(4, 40), bytes.toString("hex"), ...pieces]) expect(rows).not.toContain(form);
  }
});

describe("KMS fails while a token is wanted", () => {
  test.each([
    ["is out of reach", "unavailable", { kind: "status", status: 503 }],
    ["cuts the connection", "unavailable", { kind: "reset" }],
    ["throttles", "unavailable", { kind: "throttle" }],
    ["denies", "denied", { kind: "error", code: "AccessDeniedException" }],
    ["has the key disabled", "disabled", { kind: "error", code: "DisabledException" }],
  ] as const)("it %s: the failure is the key's, the link stays healthy, and it works again after", async (...given) => {
    const [, kind, fault] = given;
    await kms.setFault({ operation: "Decrypt", ...fault });
    await expect(readVideos()).rejects.toMatchObject({ name: "VaultError", kind });
    const { faults } = await kms.state();
    expect(faults[0]?.fired).toBeGreaterThan(0);
    expect(await linkHealth()).toBe("healthy");
    await kms.clearFaults();
    expect((await readVideos()).videos).toHaveLength(3);
  });

  test("a sync says that it is the key service, and keeps the link", async () => {
    await kms.setFault({ operation: "Decrypt", kind: "error", code: "AccessDeniedException" });
    expect(await people.sync(owner)).toMatchObject({ state: "failed", failure: "key_unavailable", count: 0 });
    expect(await linkHealth()).toBe("healthy");
    await kms.clearFaults();
    expect(await people.sync(owner)).toMatchObject({ state: "succeeded", count: 3 });
  });
});

describe("a stored token that was tampered with is refused, and only its account is affected", () => {
  /** An attacker with write access to the database alone. */
  const tamper: [string, (victim: string, other: string) => Promise<unknown>][] = [
    [
      "swapped with another account's",
      (victim, other) => sql`update tiktok_credentials c set access_token_sealed = o.access_token_sealed
        from tiktok_credentials o where c.account_id = ${victim} and o.account_id = ${other}`,
    ],
    [
      "replaced by the account's own refresh token",
      (victim) =>
        sql`update tiktok_credentials set access_token_sealed = refresh_token_sealed where account_id = ${victim}`,
    ],
    [
      "with one bit flipped",
      (victim) => sql`update tiktok_credentials set access_token_sealed = set_bit(access_token_sealed,
        8 * (octet_length(access_token_sealed) - 1), 1 - get_bit(access_token_sealed, 8 * (octet_length(access_token_sealed) - 1)))
        where account_id = ${victim}`,
    ],
    [
      "cut short",
      (victim) => sql`update tiktok_credentials set access_token_sealed =
        substring(access_token_sealed from 1 for octet_length(access_token_sealed) - 1) where account_id = ${victim}`,
    ],
  ];

  test.each(tamper)("%s", async (_how, act) => {
    await tiktok.addAccount({ openId: `neighbour-${number}`, displayName: "Neighbour", videos: 2 });
    const neighbour = await people.signIn(`neighbour-${number}`);
    await act(owner.viewer.accountId, neighbour.viewer.accountId);
    const calls = (await tiktok.ledger({ endpoint: "video_list" })).length;
    await expect(readVideos()).rejects.toMatchObject({ name: "VaultError", kind: "corrupt" });
    expect(await tiktok.ledger({ endpoint: "video_list" })).toHaveLength(calls);
    expect((await readVideos(neighbour.viewer.accountId)).videos).toHaveLength(2);
    expect(await linkHealth()).toBe("healthy");
    expect(await linkHealth(neighbour.viewer.accountId)).toBe("healthy");
    owner = await people.signIn(openId);
    expect((await readVideos()).videos).toHaveLength(3);
  });
});
