import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { spawnProduct } from "#tests/support/product-process";
import type { Person } from "#tests/support/world/people";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** Every stored token moves to another key, seen from the database and from KMS; whoever stores a newer one wins. */
const { tiktok, kms, sql, people, verbs, environment, stop } = await startProduct({ jobs: "send" });
const { createVault, vault } = await import("~/infra/vault.server");
const { rotateKeys } = await import("~/features/accounts/rotate-keys.server");
const { tokenContext } = await import("~/features/accounts/store-credential.server");
const { disconnectTikTok } = await import("~/features/personal-data/disconnect-tiktok.server");
const { listVideoPage } = await import("~/infra/tiktok/display-api.server");
const watch = watchSyncs(sql, tiktok);
afterAll(stop);
afterEach(() => Promise.all([tiktok.clearFaults(), kms.clearFaults()]));

const ALIAS = "alias/trendpot/tiktok-display-oauth";
/** The last of them has disconnected, so theirs is kept for the revocation only. */
const PAIRS = 10;
const owners: Person[] = [];

beforeAll(async () => {
  for (let at = 1; at <= PAIRS; at += 1) {
    await tiktok.addAccount({ openId: `owner-${at}`, displayName: `Owner ${at}`, videos: 1 });
    owners.push(await people.signIn(`owner-${at}`));
  }
  await disconnectTikTok(owner(PAIRS).viewer, "request-1");
});

function owner(number: number): Person {
  const found = owners[number - 1];
  if (!found) throw new Error(`there is no owner ${number}`);
  return found;
}

const readVideos = ({ viewer }: Person) =>
  verbs.withTikTokToken(viewer.accountId, (token) => listVideoPage(token, { cursor: null, patience: "person" }));

/** Token pairs of which a half names this key, or both do. */
async function pairsUnder(keyId: string): Promise<{ any: number; whole: number }> {
  const [row] = await sql<{ any: number; whole: number }[]>`
    select count(*) filter (where named_by_access or named_by_refresh)::int as any,
      count(*) filter (where named_by_access and named_by_refresh)::int as whole
    from (
      select position(convert_to(${keyId}, 'UTF8') in access_token_sealed) > 0 as named_by_access,
        position(convert_to(${keyId}, 'UTF8') in refresh_token_sealed) > 0 as named_by_refresh
      from (select access_token_sealed, refresh_token_sealed from tiktok_credentials
        union all select access_token_sealed, refresh_token_sealed from tiktok_revocations) as pairs
    ) as names`;
  if (!row) throw new Error("a count has one row");
  return row;
}
const none = { any: 0, whole: 0 };
const all = { any: PAIRS, whole: PAIRS };

async function moveAlias(): Promise<{ from: string; to: string }> {
  const { keys } = await kms.state();
  const from = keys.find(({ aliases }) => aliases.includes(ALIAS))?.arn ?? "";
  const to = await kms.addKey();
  await kms.moveAlias(ALIAS, to.keyId);
  await kms.clearLedger();
  return { from, to: to.arn };
}

/** Flips a bit of owner 1's access token; once more, and it is whole again. */
const spoil = () => sql`update tiktok_credentials set access_token_sealed = set_bit(access_token_sealed,
  8 * (octet_length(access_token_sealed) - 1), 1 - get_bit(access_token_sealed, 8 * (octet_length(access_token_sealed) - 1)))
  where account_id = ${owner(1).viewer.accountId}`;

function startCommand(settings: Record<string, string> = {}) {
  const command = spawnProduct("keys-rotate", [], { environment: { ...environment, ...settings } });
  const ended = once(command.child, "close").then(([code]) => {
    const said = command.output();
    const secrets = [environment.AWS_SECRET_ACCESS_KEY, ...(settings.TIKTOK_TOKEN_ENC_OLD_KEYS ?? "").split(",")];
    for (const secret of secrets.filter(Boolean)) expect(said).not.toContain(secret);
    return { code: Number(code ?? -1), said };
  });
  return { command, ended };
}
const rotate = (settings?: Record<string, string>) => startCommand(settings).ended;

describe("npm run keys:rotate", () => {
  const [keyA, keyB] = [randomBytes(32), randomBytes(32)];
  const local = (key: Uint8Array) => ({
    TIKTOK_TOKEN_ENC_PROVIDER: "local",
    TIKTOK_TOKEN_ENC_KEY: Buffer.from(key).toString("base64"),
  });
  const former = (...keys: Uint8Array[]) => ({
    TIKTOK_TOKEN_ENC_OLD_KEYS: keys.map((key) => Buffer.from(key).toString("base64")).join(","),
  });
  const idOf = (key: Uint8Array) => createVault({ provider: "local", key }, []).check();

  test("after an alias was moved: killed in the middle, the next run finishes it", async () => {
    const { from, to } = await moveAlias();
    await kms.setFault({ operation: "GenerateDataKey", kind: "delay", delayMs: 1_000, after: 2 });
    const first = startCommand();
    await watch.until(async () => (await pairsUnder(to)).whole > 0);
    await first.command.kill();
    await first.ended;
    await kms.clearFaults();
    const { whole: done } = await pairsUnder(to);
    expect(done).toBeLessThan(PAIRS);
    expect(await rotate()).toEqual({
      code: 0,
      said: `The key is ${to}.\n${PAIRS - done} re-sealed, ${done} already under it.`,
    });
    expect([await pairsUnder(from), await pairsUnder(to)]).toEqual([none, all]);
    const history = await sql`select action, actor_kind as by, target_id as key from audit_log
      where action like 'keys.%' order by id`;
    const entry = { by: "operator", key: to };
    expect(history).toEqual(["begun", "begun", "ended"].map((act) => ({ action: `keys.rotation_${act}`, ...entry })));
  });

  test("from KMS to a local key: KMS only opens", async () => {
    await kms.clearLedger();
    expect(await rotate(local(keyA))).toMatchObject({ code: 0 });
    expect(await pairsUnder(await idOf(keyA))).toEqual(all);
    const asked = (await kms.ledger()).map(({ operation }) => operation);
    expect(asked).toEqual(Array.from({ length: 2 * PAIRS }, () => "Decrypt"));
    await kms.clearLedger();
  });

  test("to a new local key: one that does not open is told, left as it is, and keeps nobody else back", async () => {
    await spoil();
    const { code, said } = await rotate({ ...local(keyB), ...former(keyA) });
    expect(said).toContain(`${PAIRS - 1} re-sealed, 0 already under it.\n1 failed: corrupt (not_authentic)`);
    expect(said).toContain("1 still under another key");
    expect(code).toBe(1);
    expect(await pairsUnder(await idOf(keyB))).toEqual({ any: PAIRS - 1, whole: PAIRS - 1 });
    expect(await kms.ledger()).toEqual([]);
    await spoil();
  });

  test("from local keys to KMS, and every token is what it was", async () => {
    expect(await rotate(former(keyA, keyB))).toMatchObject({ code: 0 });
    const arn = await vault.check();
    expect([await pairsUnder(await idOf(keyA)), await pairsUnder(await idOf(keyB))]).toEqual([none, none]);
    expect(await pairsUnder(arn)).toEqual(all);
    for (const one of owners.slice(0, -1)) expect((await readVideos(one)).videos).toHaveLength(1);
    const { accountId } = owner(PAIRS).viewer;
    const [kept] = await sql<{ access: Buffer }[]>`
      select access_token_sealed as access from tiktok_revocations where account_id = ${accountId}`;
    expect(await vault.open(kept?.access ?? Buffer.alloc(0), tokenContext(accountId, "access"))).toMatch(/^act\./);
  });
});

describe("beside a refresh", () => {
  const versionOf = async ({ viewer }: Person) => {
    const [row] = await sql<{ version: number; health: string }[]>`
      select c.version, a.link_health as health from tiktok_credentials c
      join tiktok_accounts a on a.id = c.account_id where a.id = ${viewer.accountId}`;
    return row;
  };

  test("that stores first: the newer pair stays", async () => {
    const { from, to } = await moveAlias();
    // Past the check of the key, so that the rotation has opened the old pair and waits for keys to seal it with.
    await kms.setFault({ operation: "GenerateDataKey", kind: "delay", delayMs: 3_000, after: 1, times: 16 });
    const rotating = rotateKeys();
    const fired = async () => (await kms.state()).faults[0]?.fired ?? 0;
    await watch.until(async () => (await fired()) === 16);
    await tiktok.expireAccessTokens("owner-1");
    expect((await readVideos(owner(1))).videos).toHaveLength(1);
    expect(await versionOf(owner(1))).toEqual({ version: 2, health: "healthy" });
    expect(await rotating).toMatchObject({ resealed: PAIRS - 1, alreadyCurrent: 1, remaining: 0 });
    expect((await readVideos(owner(1))).videos).toHaveLength(1);
    expect([await pairsUnder(from), await pairsUnder(to)]).toEqual([none, all]);
  });

  test("that TikTok is still answering: the pair that it gives is stored, and none is lost", async () => {
    const { from, to } = await moveAlias();
    await tiktok.expireAccessTokens("owner-2");
    const slow = await tiktok.addFault({ endpoint: "token", kind: "delay", delayMs: 3_000, times: 1 });
    const reading = readVideos(owner(2));
    await watch.until(async () => (await tiktok.fired(slow.id)) === 1);
    expect(await rotateKeys()).toMatchObject({ resealed: PAIRS, remaining: 0 });
    expect(await versionOf(owner(2))).toMatchObject({ version: 1 });
    expect((await reading).videos).toHaveLength(1);
    expect(await versionOf(owner(2))).toEqual({ version: 2, health: "healthy" });
    expect([await pairsUnder(from), await pairsUnder(to)]).toEqual([none, all]);
  });
});

test("KMS out of reach ends a run at once, with what is left told, and changes nothing", async () => {
  const { from } = await moveAlias();
  await kms.setFault({ operation: "Decrypt", kind: "status", status: 503, after: 1 });
  const { resealed, failed, remaining } = await rotateKeys();
  expect({ resealed, remaining }).toEqual({ resealed: 0, remaining: PAIRS });
  expect([...failed.values()]).toEqual([8]);
  expect(await pairsUnder(from)).toEqual(all);
});
