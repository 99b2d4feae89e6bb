import {
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  pbkdf2Sync,
  randomBytes,
  randomUUID,
  scryptSync,
} from "node:crypto";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ADMIN } from "#tests/support/world/staff";
import { readEnvironment } from "~/infra/environment";
import { decodeRecord } from "~/infra/vault/sealed-record";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** The four faults of the earlier system (product.md, section 1), each told by what TikTok and KMS were asked. */
const { tiktok, kms, sql, people, verbs, environment, stop } = await startProduct({ jobs: "work" });
const watch = watchSyncs(sql, tiktok);
afterAll(stop);

const BUNDLE = ["user.info.basic", "video.list", "video.data", "webhook.subscription"];
const PUBLIC_BUNDLE = ["user.info.basic", "user.info.profile", "video.list"];
const FORGED = /^(act|rft)\./;

let openId: string;
beforeEach(async () => {
  openId = `person-${randomUUID()}`;
  await tiktok.addAccount({ openId, displayName: "Person", videos: 60 });
});

/** Presses *Continue with TikTok*: asks the door, and follows it to TikTok. Gives what TikTok was asked. */
async function askForConsent() {
  const { loader } = await import("~/routes/auth.tiktok._index");
  const request = new Request(`${environment.APP_ORIGIN}/auth/tiktok?returnTo=/studio`);
  const context = { nonce: "", requestId: "", sender: "", at: new Date(), shutdown: AbortSignal.timeout(10_000) };
  const answer = await loader({ request, params: {}, context }).catch((thrown: unknown) => thrown);
  if (!(answer instanceof Response)) throw answer;
  expect(answer.status).toBe(302);
  const asked = await fetch(answer.headers.get("location") ?? "", { redirect: "manual" });
  expect(asked.status).toBe(200);
  return (await tiktok.ledger({ endpoint: "authorize" })).at(-1);
}

/** Loads the product anew under other settings, as a restart would; the database and the simulators stay. */
async function restartUnder(settings: Record<string, string>) {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.resetModules();
  return {
    people: await import("#tests/support/world/people"),
    verbs: (await import("./product-verbs")).verbs,
    requireLink: (await import("~/features/accounts/require-link.server")).requireLink,
  };
}

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.resetModules();
  await tiktok.settings({ contract: "mission" });
});

describe("fault 1: the login asked for user.info.basic only", () => {
  test("the one login asks for the whole bundle when TIKTOK_DISPLAY_SCOPES is unset", async () => {
    expect(process.env.TIKTOK_DISPLAY_SCOPES).toBeUndefined();
    expect(await askForConsent()).toMatchObject({ scopes: BUNDLE, status: 200 });
  });

  test("whoever grants the bundle has all that the work needs; whoever grants less is told what is missing", async () => {
    const { requireLink } = await import("~/features/accounts/require-link.server");
    const whole = await people.signIn(openId);
    expect(await requireLink(whole.viewer.accountId)).toMatchObject({ health: "healthy", missingScopes: [] });
    const less = await people.signIn(openId, { scopes: ["user.info.basic", "video.list"] });
    expect(await requireLink(less.viewer.accountId)).toMatchObject({
      health: "scope_missing",
      missingScopes: ["video.data"],
    });
  });

  test("another list in TIKTOK_DISPLAY_SCOPES is read everywhere: login, profile, link health, list and look-up", async () => {
    await tiktok.settings({ contract: "public" });
    const restarted = await restartUnder({
      TIKTOK_DISPLAY_SCOPES: PUBLIC_BUNDLE.join(", "),
      TIKTOK_VIDEO_LOOKUP_PATH: "/v2/video/query/",
    });
    expect(await askForConsent()).toMatchObject({ scopes: PUBLIC_BUNDLE, status: 200 });
    const { viewer } = await restarted.people.signIn(openId);
    expect(await restarted.requireLink(viewer.accountId)).toMatchObject({ health: "healthy", missingScopes: [] });
    const [profile] = await tiktok.ledger({ endpoint: "user_info", openId });
    expect(profile).toMatchObject({ code: "ok", fields: expect.arrayContaining(["display_name", "username"]) });
    const admin = await restarted.people.signIn(ADMIN);
    const slug = await openChallenge(restarted.verbs, admin.viewer);
    const [video] = await tiktok.videos(openId);
    const request = { slug, reference: video?.id ?? "", acceptedRulesVersion: 1, attemptId: randomUUID() };
    await restarted.verbs.submitVideo(request, viewer);
    const lookups = await tiktok.ledger({ endpoint: "video_lookup", openId });
    expect(lookups).toMatchObject([{ path: "/v2/video/query/", code: "ok" }]);
  });
});

describe("fault 2: the token key was derived from the session secret", () => {
  async function sealedTokens(accountId: string) {
    const [row] = await sql<{ access: Buffer; refresh: Buffer }[]>`
      select access_token_sealed as access, refresh_token_sealed as refresh from tiktok_credentials
      where account_id = ${accountId}`;
    if (!row) throw new Error("nothing is stored");
    return row;
  }
  const contextOf = (account: string, field: "access" | "refresh") => ({ purpose: "tiktok-token", account, field });

  /** A vault as a process would have it that starts under these settings. */
  async function vaultUnder(settings: Record<string, string>) {
    const read = readEnvironment({ ...environment, ...settings });
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const { createVault } = await import("~/infra/vault.server");
    return createVault(read.env.keys, read.env.oldLocalKeys);
  }

  test("both tokens are sealed under the KMS key, each by a data key of its own for its own row", async () => {
    await kms.clearLedger();
    const { viewer } = await people.signIn(openId);
    const { keys } = await kms.state();
    const key = keys.find(({ aliases }) => aliases.includes("alias/trendpot/tiktok-display-oauth"));
    const asked = (await kms.ledger()).filter(({ operation }) => operation === "GenerateDataKey");
    expect(asked).toHaveLength(2);
    for (const call of asked) expect(call).toMatchObject({ keyId: key?.arn, status: 200 });
    expect(asked.map(({ encryptionContext }) => encryptionContext?.field).sort()).toEqual(["access", "refresh"]);
    expect(new Set(asked.map(({ encryptionContext }) => encryptionContext?.account))).toEqual(
      new Set([viewer.accountId]),
    );
    const { access, refresh } = await sealedTokens(viewer.accountId);
    for (const sealed of [access, refresh])
      expect(decodeRecord(sealed)).toMatchObject({ provider: "kms", keyId: key?.arn });
  });

  test("the session secret has no part in it: under another one they open, without KMS they do not", async () => {
    const { viewer } = await people.signIn(openId);
    const { access } = await sealedTokens(viewer.accountId);
    const context = contextOf(viewer.accountId, "access");
    const other = await vaultUnder({ SESSION_SECRET: randomBytes(32).toString("hex") });
    expect(await other.open(access, context)).toMatch(FORGED);
    const withoutKms = await vaultUnder({
      TIKTOK_TOKEN_ENC_PROVIDER: "local",
      TIKTOK_TOKEN_ENC_KEY: randomBytes(32).toString("base64"),
      AWS_REGION: "",
    });
    await expect(withoutKms.open(access, context)).rejects.toMatchObject({ name: "VaultError" });
  });

  test("an explicit local key seals and opens alone, and with no key at all there is no third way", async () => {
    const local = { TIKTOK_TOKEN_ENC_KEY: randomBytes(32).toString("base64"), AWS_REGION: "" };
    const context = contextOf("an account", "access");
    const sealed = await (await vaultUnder(local)).seal("act.example", context);
    expect(decodeRecord(sealed)).toMatchObject({ provider: "local" });
    expect(await (await vaultUnder({ ...local, SESSION_SECRET: "another ".repeat(8) })).open(sealed, context)).toBe(
      "act.example",
    );
    const another = await vaultUnder({ ...local, TIKTOK_TOKEN_ENC_KEY: randomBytes(32).toString("base64") });
    await expect(another.open(sealed, context)).rejects.toMatchObject({ name: "VaultError" });
    const none = readEnvironment({ ...environment, AWS_REGION: "" });
    expect(none).toMatchObject({ ok: false, problems: [{ name: "AWS_REGION" }] });
  });

  test("no key that can be derived from the session secret opens what is stored", async () => {
    const { viewer } = await people.signIn(openId);
    const { access } = await sealedTokens(viewer.accountId);
    const local = await vaultUnder({ TIKTOK_TOKEN_ENC_KEY: randomBytes(32).toString("base64"), AWS_REGION: "" });
    const context = contextOf(viewer.accountId, "access");
    const sealedLocally = await local.seal("act.example", context);
    const { createVault } = await import("~/infra/vault.server");
    const keys = keysDerivedFrom(environment.SESSION_SECRET ?? "");
    for (const key of keys) {
      const vault = createVault({ provider: "local", key }, keys);
      for (const sealed of [access, sealedLocally]) {
        await expect(vault.open(sealed, context)).rejects.toMatchObject({ name: "VaultError" });
        expect(openedBare(sealed, key)).not.toMatch(FORGED);
      }
    }
  });

  function keysDerivedFrom(secret: string): Buffer[] {
    const salts = ["", "salt", "trendpot", "tiktok", "token", "trendpot token v1", "trendpot data key wrapping v1"];
    return [
      Buffer.from(secret.padEnd(32)).subarray(0, 32),
      Buffer.concat([Buffer.from(secret, "base64"), Buffer.alloc(32)]).subarray(0, 32),
      createHash("sha256").update(secret).digest(),
      createHash("sha512").update(secret).digest().subarray(0, 32),
      ...salts.flatMap((salt) => [
        createHmac("sha256", secret).update(salt).digest(),
        createHmac("sha256", salt).update(secret).digest(),
        Buffer.from(hkdfSync("sha256", secret, "", salt, 32)),
        Buffer.from(hkdfSync("sha256", secret, salt, "", 32)),
        pbkdf2Sync(secret, salt, 1_000, 32, "sha256"),
        scryptSync(secret, salt, 32, { N: 1024 }),
      ]),
    ];
  }

  /** What a key makes of the ciphertext when nobody checks whether it is authentic. */
  function openedBare(sealed: Uint8Array, key: Buffer): string {
    const { iv, ciphertext } = decodeRecord(sealed);
    return createDecipheriv("aes-256-gcm", key, iv, { authTagLength: 16 }).update(ciphertext).toString("latin1");
  }
});

describe("fault 3: only the first page was ever read", () => {
  test("a sync follows TikTok's cursor until it says that there is no more", async () => {
    expect(await people.sync(await people.signIn(openId))).toMatchObject({ state: "succeeded", count: 60 });
    const pages = await tiktok.ledger({ endpoint: "video_list", openId });
    expect(pages).toHaveLength(3);
    expect(pages[0]).not.toHaveProperty("cursor");
    const [, second = 0, third = 0] = pages.map(({ cursor }) => cursor);
    expect(second).toBeGreaterThan(third);
    expect(third).toBeGreaterThan(1_600_000_000_000);
    expect(await watch.storedIds(openId)).toEqual(await watch.listedIds(openId));
  });
});

describe("fault 4: a single video was looked up at the list endpoint", () => {
  test.each(["its bare id", "its page's address", "a short link"])(
    "by %s, it is asked of the look-up endpoint",
    async (how) => {
      const { viewer } = await people.signIn(openId);
      const admin = await people.signIn(ADMIN);
      const slug = await openChallenge(verbs, admin.viewer);
      const video = (await tiktok.videos(openId)).at(45);
      if (!video) throw new Error("there is no such video");
      const references = {
        "its bare id": video.id,
        "its page's address": video.shareUrl,
        "a short link": video.shortUrl,
      };
      const reference = references[how as keyof typeof references];
      const request = { slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
      await verbs.submitVideo(request, viewer);
      const lookups = await tiktok.ledger({ endpoint: "video_lookup", openId });
      expect(lookups).toMatchObject([{ path: "/v2/video/data/", method: "POST", videoIds: [video.id], code: "ok" }]);
      expect(await tiktok.ledger({ endpoint: "video_list", openId })).toEqual([]);
      expect(await watch.storedIds(openId)).toEqual([video.id]);
    },
  );

  test("the list endpoint was never asked for ids, by anything in this file", async () => {
    const lists = (await tiktok.ledger()).filter(({ path }) => path === "/v2/video/list/");
    expect(lists.length).toBeGreaterThan(0);
    expect(lists.filter(({ videoIds }) => videoIds !== undefined)).toEqual([]);
  });
});
