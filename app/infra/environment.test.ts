import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { DEFAULT_DISPLAY_SCOPES, DEFAULT_KMS_KEY_ID, readEnvironment } from "./environment";

type Source = Readonly<Record<string, string>>;

const goodKey = randomBytes(32).toString("base64");
const tiktok = { TIKTOK_CLIENT_KEY: "client-key", TIKTOK_CLIENT_SECRET: "client-secret" };
const withLocalKey = { ...tiktok, TIKTOK_TOKEN_ENC_KEY: goodKey };
const withKms = { ...tiktok, AWS_REGION: "eu-central-1" };
const production = { NODE_ENV: "production", APP_ORIGIN: "https://pot.example", SESSION_SECRET: "s".repeat(40) };

function accepted(source: Source) {
  const read = readEnvironment(source);
  if (!read.ok) throw new Error(`refused: ${JSON.stringify(read.problems)}`);
  return read.env;
}

function problemsOf(source: Source): Record<string, string> {
  const read = readEnvironment(source);
  if (read.ok) throw new Error("accepted");
  return Object.fromEntries(read.problems.map(({ name, problem }) => [name, problem]));
}

const namesOf = (source: Source) => Object.keys(problemsOf(source)).sort();

describe("what seals tokens", () => {
  test("is not there when nothing is set: the start is refused and AWS_REGION is named", () => {
    expect(problemsOf({ ...tiktok, SESSION_SECRET: "s".repeat(40) }).AWS_REGION).toMatch(/TIKTOK_TOKEN_ENC_KEY/);
    expect(namesOf({})).toEqual(["AWS_REGION", "TIKTOK_CLIENT_KEY", "TIKTOK_CLIENT_SECRET"]);
  });

  test("is KMS under the default alias when only a region is set", () => {
    expect(DEFAULT_KMS_KEY_ID).toBe("alias/trendpot/tiktok-display-oauth");
    expect(accepted(withKms).keys).toEqual({ provider: "kms", keyId: DEFAULT_KMS_KEY_ID, region: "eu-central-1" });
  });

  test("is KMS under the key that is named", () => {
    const env = accepted({ ...withKms, TIKTOK_TOKEN_ENC_KEY_ID: "alias/mine" });
    expect(env.keys).toMatchObject({ provider: "kms", keyId: "alias/mine" });
  });

  test("is the local key when only that is set, and a region does not change it", () => {
    const key = Buffer.from(goodKey, "base64");
    expect(accepted(withLocalKey).keys).toMatchObject({ provider: "local", key });
    expect(accepted({ ...withLocalKey, AWS_REGION: "eu-central-1" }).keys).toMatchObject({ provider: "local", key });
  });

  test("must be said when both a local key and a key id are set", () => {
    const both = { ...withLocalKey, AWS_REGION: "eu-central-1", TIKTOK_TOKEN_ENC_KEY_ID: "alias/mine" };
    expect(namesOf(both)).toEqual(["TIKTOK_TOKEN_ENC_PROVIDER"]);
    expect(accepted({ ...both, TIKTOK_TOKEN_ENC_PROVIDER: "kms" }).keys.provider).toBe("kms");
    expect(accepted({ ...both, TIKTOK_TOKEN_ENC_PROVIDER: "local" }).keys.provider).toBe("local");
  });

  test.each([
    ["local without its key", { ...withKms, TIKTOK_TOKEN_ENC_PROVIDER: "local" }, "TIKTOK_TOKEN_ENC_KEY"],
    ["kms without a region", { ...withLocalKey, TIKTOK_TOKEN_ENC_PROVIDER: "kms" }, "AWS_REGION"],
    ["a third way", { ...withLocalKey, TIKTOK_TOKEN_ENC_PROVIDER: "session" }, "TIKTOK_TOKEN_ENC_PROVIDER"],
    ["an empty local key", { ...tiktok, TIKTOK_TOKEN_ENC_KEY: "" }, "AWS_REGION"],
  ])("is never replaced by another: %s is refused", (_what, source, name) => {
    expect(namesOf(source)).toEqual([name]);
  });
});

describe("a local key", () => {
  const bytes = Buffer.from(goodKey, "base64");
  const unpadded = goodKey.replace(/=+$/, "");

  test.each([
    ["not base64", "this is not a key, it is a sentence of words"],
    ["hex", bytes.toString("hex")],
    ["of 31 bytes", bytes.subarray(1).toString("base64")],
    ["of 33 bytes", Buffer.concat([bytes, Buffer.from([7])]).toString("base64")],
    ["with a space after it", `${goodKey} `],
    ["with something after it", `${goodKey}AAAA`],
    ["of equal bytes", Buffer.alloc(32, 0xa7).toString("base64")],
    ["of zeros", Buffer.alloc(32).toString("base64")],
    ["of few different bytes", Buffer.from(Array.from({ length: 32 }, (_, i) => 200 + (i % 8))).toString("base64")],
    ["of printable text", Buffer.from("correct horse battery staple 123").toString("base64")],
  ])("%s is refused by name, as the current one and as a former one", (_what, key) => {
    expect(namesOf({ ...tiktok, TIKTOK_TOKEN_ENC_KEY: key })).toEqual(["TIKTOK_TOKEN_ENC_KEY"]);
    expect(namesOf({ ...withLocalKey, TIKTOK_TOKEN_ENC_OLD_KEYS: `${goodKey},${key}` })).toEqual([
      "TIKTOK_TOKEN_ENC_OLD_KEYS",
    ]);
  });

  test.each([
    ["as it is written", goodKey],
    ["without its padding", unpadded],
    ["in the URL-safe alphabet", bytes.toString("base64url")],
    ["in hex", bytes.toString("hex")],
    ["as the second of a list", `${"s".repeat(40)},${goodKey}`],
  ])("equal to the session secret %s is refused", (_what, SESSION_SECRET) => {
    const problems = problemsOf({ ...withLocalKey, SESSION_SECRET });
    expect(problems).toEqual({ TIKTOK_TOKEN_ENC_KEY: "must not be equal to another secret" });
    expect(namesOf({ ...withKms, TIKTOK_TOKEN_ENC_OLD_KEYS: goodKey, SESSION_SECRET })).toEqual([
      "TIKTOK_TOKEN_ENC_OLD_KEYS",
    ]);
  });

  test("made of the very bytes of another secret is refused", () => {
    const TIKTOK_CLIENT_SECRET = "ключи-сессии-12345678";
    const key = Buffer.from(TIKTOK_CLIENT_SECRET);
    expect(key).toHaveLength(32);
    const source = { ...tiktok, TIKTOK_CLIENT_SECRET, TIKTOK_TOKEN_ENC_KEY: key.toString("base64") };
    expect(namesOf(source)).toEqual(["TIKTOK_TOKEN_ENC_KEY"]);
  });

  test("is read with and without padding", () => {
    expect(accepted({ ...tiktok, TIKTOK_TOKEN_ENC_KEY: unpadded }).keys).toMatchObject({ key: bytes });
  });

  test("of former times is kept for opening, beside either provider", () => {
    const old = randomBytes(32);
    const former = { TIKTOK_TOKEN_ENC_OLD_KEYS: old.toString("base64") };
    expect(accepted({ ...withLocalKey, ...former }).oldLocalKeys).toEqual([old]);
    expect(accepted({ ...withKms, ...former })).toMatchObject({ keys: { provider: "kms" }, oldLocalKeys: [old] });
  });
});

describe("scopes", () => {
  const bundle = ["user.info.basic", "video.list", "video.data", "webhook.subscription"];

  test("are the whole bundle when unset or empty", () => {
    expect(DEFAULT_DISPLAY_SCOPES.split(" ")).toEqual(bundle);
    expect(accepted(withLocalKey).TIKTOK_DISPLAY_SCOPES).toEqual(bundle);
    expect(accepted({ ...withLocalKey, TIKTOK_DISPLAY_SCOPES: "" }).TIKTOK_DISPLAY_SCOPES).toEqual(bundle);
  });

  test("are read with commas or spaces, and never without the one that signs people in", () => {
    const given = { ...withLocalKey, TIKTOK_DISPLAY_SCOPES: "user.info.basic,video.list video.list" };
    expect(accepted(given).TIKTOK_DISPLAY_SCOPES).toEqual(["user.info.basic", "video.list"]);
    expect(namesOf({ ...withLocalKey, TIKTOK_DISPLAY_SCOPES: "video.list" })).toEqual(["TIKTOK_DISPLAY_SCOPES"]);
  });
});

describe("production", () => {
  const base = { ...withLocalKey, ...production };

  test("starts when all is right", () => {
    expect(accepted(base)).toMatchObject({ APP_ORIGIN: "https://pot.example", SESSION_SECRET: ["s".repeat(40)] });
  });

  test.each([
    ["no session secret", { SESSION_SECRET: "" }, "SESSION_SECRET"],
    ["a short session secret", { SESSION_SECRET: "short" }, "SESSION_SECRET"],
    ["a short one in the list", { SESSION_SECRET: `${"s".repeat(40)},short` }, "SESSION_SECRET"],
    ["plain http on a name", { APP_ORIGIN: "http://pot.example" }, "APP_ORIGIN"],
    ["plain http on a name that begins as loopback does", { APP_ORIGIN: "http://127.0.0.1.example" }, "APP_ORIGIN"],
    ["plain http by the default origin", { APP_ORIGIN: "", HOST: "0.0.0.0" }, "APP_ORIGIN"],
    ["cookies without Secure", { INSECURE_COOKIES: "1" }, "INSECURE_COOKIES"],
  ])("is refused with %s", (_what, change, name) => {
    expect(namesOf({ ...base, ...change })).toEqual([name]);
  });

  test.each(["http://127.0.0.1:3000", "http://localhost:3000", "http://[::1]:3000"])(
    "may be plain http on loopback: %s",
    (APP_ORIGIN) => {
      expect(accepted({ ...base, APP_ORIGIN, INSECURE_COOKIES: "1" })).toMatchObject({ APP_ORIGIN });
    },
  );

  test("on an IPv6 host has an address that can be written", () => {
    expect(accepted({ ...base, APP_ORIGIN: "", HOST: "::1" }).APP_ORIGIN).toBe("http://[::1]:3000");
  });

  test("elsewhere a session secret is made for each start, and never the same", () => {
    const [one, other] = [accepted(withLocalKey), accepted(withLocalKey)];
    expect(one.SESSION_SECRET[0]?.length).toBeGreaterThanOrEqual(32);
    expect(one.SESSION_SECRET).not.toEqual(other.SESSION_SECRET);
  });
});

test("webhooks are signed with the client secret, or with any of those that are set instead", () => {
  const signed = (TIKTOK_WEBHOOK_SECRET: string) =>
    accepted({ ...withLocalKey, TIKTOK_CLIENT_SECRET: "app-secret", TIKTOK_WEBHOOK_SECRET }).TIKTOK_WEBHOOK_SECRET;
  expect(signed("")).toEqual(["app-secret"]);
  expect(signed("next,former")).toEqual(["next", "former"]);
});

test("whoever owns the tables is another role than the product's own, in a database that was named", () => {
  const urls = (DATABASE_OWNER_URL: string, DATABASE_URL: string) => ({
    ...withLocalKey,
    DATABASE_OWNER_URL,
    DATABASE_URL,
  });
  const [owner, runtime] = ["postgres://owner:a@db/pot", "postgres://runtime:b@db/pot"];
  expect(accepted(urls(owner, runtime)).DATABASE_OWNER_URL).toBe(owner);
  expect(namesOf(urls(owner, owner))).toEqual(["DATABASE_OWNER_URL"]);
  expect(namesOf({ ...withLocalKey, DATABASE_OWNER_URL: owner })).toEqual(["DATABASE_OWNER_URL"]);
});

describe("what is wrong", () => {
  /** Every setting that can be wrong, each wrong in a way of its own; the mark stands for a secret typed in there. */
  const mark = "Zq7mark9Xw";
  const wrong: Source = {
    NODE_ENV: mark,
    HOST: `${mark} ${mark}`,
    PORT: mark,
    APP_ORIGIN: mark,
    DATABASE_URL: mark,
    DATABASE_OWNER_URL: mark,
    SESSION_SECRET: mark,
    TIKTOK_AUTHORIZE_URL: mark,
    TIKTOK_DISPLAY_API_BASE_URL: mark,
    TIKTOK_WEB_BASE_URL: `https://tiktok.example/${mark}`,
    TIKTOK_DISPLAY_SCOPES: mark,
    TIKTOK_VIDEO_LOOKUP_PATH: mark,
    TIKTOK_PKCE: mark,
    TIKTOK_TOKEN_ENC_PROVIDER: mark,
    TIKTOK_TOKEN_ENC_KEY: mark,
    TIKTOK_TOKEN_ENC_OLD_KEYS: mark,
    TIKTOK_INGESTION_PAGE_SIZE: "21",
    TIKTOK_INGESTION_RATE_LIMIT_PER_MIN: "0",
    TIKTOK_ACCOUNT_PAGES_PER_MIN: "-1",
    TIKTOK_METRICS_REFRESH_INTERVAL_MS: "1.5",
    TIKTOK_CORPUS_REFRESH_INTERVAL_MS: mark,
    TIKTOK_AIGC_FIELD: mark,
    TIKTOK_WEBHOOK_TOLERANCE_SECONDS: mark,
    JOBS: mark,
    LOG_LEVEL: mark,
    METRICS_TOKEN: mark,
    SMTP_URL: mark,
    MAIL_FROM: mark,
    INSECURE_COOKIES: mark,
  };

  test("is told all at once, by name, once each", () => {
    const read = readEnvironment(wrong);
    if (read.ok) throw new Error("accepted");
    const names = read.problems.map(({ name }) => name);
    expect([...names].sort()).toEqual([...Object.keys(wrong), "TIKTOK_CLIENT_KEY", "TIKTOK_CLIENT_SECRET"].sort());
  });

  test("is told without any value", () => {
    expect(JSON.stringify(problemsOf(wrong))).not.toContain(mark);
    for (const [name, value] of Object.entries(wrong)) {
      expect(problemsOf({ ...withLocalKey, [name]: value })[name], name).not.toContain(value);
    }
  });
});
