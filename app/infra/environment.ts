import { z } from "zod";
import { readLocalKey } from "./local-key";

/** Every setting of TrendPot, read once. The names are the variables' own, so that one word finds a setting anywhere. */

/** The one source of the scope list: the whole bundle, asked for by the one login. */
export const DEFAULT_DISPLAY_SCOPES = "user.info.basic video.list video.data webhook.subscription";
export const DEFAULT_KMS_KEY_ID = "alias/trendpot/tiktok-display-oauth";

const words = (separator: RegExp) => (text: string) => [...new Set(text.split(separator).filter(Boolean))];
const count = (min: number, max: number, fallback: number) =>
  z.coerce.number({ error: "must be a number" }).int().min(min).max(max).default(fallback);
const origin = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address", abort: true })
  .refine((url) => new URL(url).pathname === "/" && !new URL(url).search, "must be an origin, without a path")
  .transform((url) => new URL(url).origin);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" });
const flag = (on: string) =>
  z
    .enum([on, on === "on" ? "off" : "0"])
    .default(on === "on" ? "off" : "0")
    .transform((value) => value === on);

/** A host as it stands in an address: IPv6 in brackets. */
const inAddress = (host: string) => (host.includes(":") ? `[${host}]` : host);

/** What may be left out. */
const optional = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  HOST: z
    .string()
    .refine((host) => URL.canParse(`http://${inAddress(host)}`), "must be a host name or an IP address")
    .default("127.0.0.1"),
  PORT: count(0, 65535, 3000),
  APP_ORIGIN: origin.optional(),
  TRUST_PROXY: z.string().optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  DATA_DIR: z.string().default(".data"),
  SESSION_SECRET: z
    .string()
    .transform(words(/,/))
    .pipe(z.array(z.string().min(32, "each secret needs 32 characters or more")).min(1))
    .optional(),
  TIKTOK_AUTHORIZE_URL: z.url({ protocol: /^https?$/ }).default("https://www.tiktok.com/v2/auth/authorize/"),
  TIKTOK_DISPLAY_API_BASE_URL: origin.default("https://open.tiktokapis.com"),
  TIKTOK_WEB_BASE_URL: origin.default("https://www.tiktok.com"),
  TIKTOK_DISPLAY_SCOPES: z
    .string()
    .default(DEFAULT_DISPLAY_SCOPES)
    .transform(words(/[\s,]+/))
    .refine((scopes) => scopes.includes("user.info.basic"), "must hold user.info.basic: without it nobody can sign in"),
  TIKTOK_VIDEO_LOOKUP_PATH: z
    .string()
    .regex(/^\/[a-z0-9/_.-]+\/$/, "must be a path that begins and ends with a slash")
    .default("/v2/video/data/"),
  TIKTOK_PKCE: z.enum(["hex", "off"]).default("hex"),
  TIKTOK_TOKEN_ENC_PROVIDER: z.enum(["kms", "local"]).optional(),
  TIKTOK_TOKEN_ENC_KEY_ID: z.string().min(1).optional(),
  TIKTOK_TOKEN_ENC_KEY: z.string().optional(),
  TIKTOK_TOKEN_ENC_OLD_KEYS: z.string().default("").transform(words(/,/)),
  AWS_REGION: z.string().min(1).optional(),
  TIKTOK_INGESTION_PAGE_SIZE: count(1, 20, 20),
  TIKTOK_INGESTION_RATE_LIMIT_PER_MIN: count(1, 1_000_000, 540),
  TIKTOK_ACCOUNT_PAGES_PER_MIN: count(0, 1_000_000, 60),
  TIKTOK_METRICS_REFRESH_INTERVAL_MS: count(1_000, 86_400_000, 900_000),
  TIKTOK_CORPUS_REFRESH_INTERVAL_MS: count(1_000, 604_800_000, 43_200_000),
  TIKTOK_AIGC_FIELD: flag("on"),
  TIKTOK_WEBHOOK_SECRET: z.string().default("").transform(words(/,/)),
  TIKTOK_WEBHOOK_TOLERANCE_SECONDS: count(1, 86_400, 300),
  ADMIN_OPEN_IDS: z.string().default("").transform(words(/,/)),
  JOBS: z.enum(["inline", "off"]).default("inline"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  METRICS_TOKEN: z.string().min(16, "needs 16 characters or more").optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" }).optional(),
  MAIL_FROM: z.email({ error: "must be an e-mail address" }).optional(),
  INSECURE_COOKIES: flag("1"),
});

const schema = optional.extend({
  TIKTOK_CLIENT_KEY: z.string({ error: "is required: the client key of your TikTok app" }).min(1),
  TIKTOK_CLIENT_SECRET: z.string({ error: "is required: the client secret of your TikTok app" }).min(1),
});

type Parsed = z.infer<typeof schema>;
type Optional = z.infer<typeof optional>;

/** What seals tokens: there is no third way, and nothing is derived from another secret. */
export type KeyProviderSettings =
  | { provider: "kms"; keyId: string; region: string }
  | { provider: "local"; key: Uint8Array; region?: string };

export interface Env
  extends Omit<
    Parsed,
    | "APP_ORIGIN"
    | "SESSION_SECRET"
    | "TIKTOK_WEBHOOK_SECRET"
    | "TIKTOK_TOKEN_ENC_KEY"
    | "TIKTOK_TOKEN_ENC_OLD_KEYS"
    | "MAIL_FROM"
  > {
  APP_ORIGIN: string;
  /** Whom letters come from: `no-reply` at the host of APP_ORIGIN when none is set. */
  MAIL_FROM: string;
  /** The first one signs, all are accepted. Outside production one is made at each start when none is set. */
  SESSION_SECRET: readonly string[];
  /** Any of them may have signed; the client secret when none is set. */
  TIKTOK_WEBHOOK_SECRET: readonly string[];
  keys: KeyProviderSettings;
  /** Former local keys, for opening only. */
  oldLocalKeys: readonly Uint8Array[];
}

export interface Problem {
  name: string;
  problem: string;
}

/** Reads the whole environment; returns the settings, or every problem at once by name, never with a value. */
export function readEnvironment(
  source: Readonly<Record<string, string | undefined>>,
): { ok: true; env: Env } | { ok: false; problems: Problem[] } {
  // An empty variable is an unset one: compose files and CI write `NAME=`.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = schema.safeParse(given);
  const problems: Problem[] = [];
  const complain = (name: string, problem: string) => {
    if (!problems.some((known) => known.name === name)) problems.push({ name, problem });
  };
  for (const { path, message } of parsed.error?.issues ?? []) complain(String(path[0]), message);
  // The rules between variables are checked over what can be read of the rest, so that everything is told at once.
  const settings = parsed.data ?? optional.parse(without(given, problems));
  const appOrigin = settings.APP_ORIGIN ?? `http://${inAddress(settings.HOST)}:${settings.PORT}`;
  checkOrigin(settings, appOrigin, complain);
  checkOwner(settings, complain);
  if (settings.NODE_ENV === "production" && !settings.SESSION_SECRET) {
    complain("SESSION_SECRET", "is required in production: 32 random characters or more");
  }
  const secrets = [...words(/,/)(given.SESSION_SECRET ?? ""), given.TIKTOK_CLIENT_SECRET ?? ""];
  const keys = readKeyProvider(settings, secrets, complain);
  const oldLocalKeys = settings.TIKTOK_TOKEN_ENC_OLD_KEYS.flatMap((base64) => {
    const read = readLocalKey(base64, secrets);
    if ("key" in read) return [read.key];
    complain("TIKTOK_TOKEN_ENC_OLD_KEYS", `an entry ${read.problem}`);
    return [];
  });
  if (!parsed.success || problems.length > 0 || !keys) return { ok: false, problems };
  const SESSION_SECRET = settings.SESSION_SECRET ?? [`${crypto.randomUUID()}${crypto.randomUUID()}`];
  const { TIKTOK_WEBHOOK_SECRET: own, TIKTOK_CLIENT_SECRET } = parsed.data;
  const TIKTOK_WEBHOOK_SECRET = own.length > 0 ? own : [TIKTOK_CLIENT_SECRET];
  const MAIL_FROM = parsed.data.MAIL_FROM ?? `no-reply@${new URL(appOrigin).hostname}`;
  const made = { APP_ORIGIN: appOrigin, SESSION_SECRET, TIKTOK_WEBHOOK_SECRET, MAIL_FROM };
  return { ok: true, env: { ...parsed.data, ...made, keys, oldLocalKeys } };
}

function without(given: Readonly<Record<string, unknown>>, problems: readonly Problem[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !problems.some((known) => known.name === name)));
}

type Complain = (name: string, problem: string) => void;

function checkOrigin(settings: Optional, appOrigin: string, complain: Complain): void {
  if (settings.NODE_ENV !== "production" || isLoopback(appOrigin)) return;
  if (!appOrigin.startsWith("https:")) {
    complain("APP_ORIGIN", "must be https in production (plain http only on this machine's loopback)");
  }
  if (settings.INSECURE_COOKIES) complain("INSECURE_COOKIES", "is refused in production unless APP_ORIGIN is loopback");
}

/** An owner that is the product's own role would take rights from itself. */
function checkOwner({ DATABASE_OWNER_URL: owner, DATABASE_URL: url }: Optional, complain: Complain): void {
  if (owner === undefined) return;
  if (url === undefined)
    complain("DATABASE_OWNER_URL", "goes with a DATABASE_URL of another role in the same database");
  else if (new URL(owner).username === new URL(url).username) {
    complain("DATABASE_OWNER_URL", "names the same role as DATABASE_URL: give the product one that owns nothing");
  }
}

/** An address that leads to this machine alone. */
export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function readKeyProvider(
  settings: Optional,
  secrets: readonly string[],
  complain: Complain,
): KeyProviderSettings | undefined {
  const { TIKTOK_TOKEN_ENC_KEY: localKey, TIKTOK_TOKEN_ENC_KEY_ID: keyId } = settings;
  if (!settings.TIKTOK_TOKEN_ENC_PROVIDER && localKey && keyId) {
    complain(
      "TIKTOK_TOKEN_ENC_PROVIDER",
      "say kms or local: both TIKTOK_TOKEN_ENC_KEY and TIKTOK_TOKEN_ENC_KEY_ID are set",
    );
    return undefined;
  }
  const read = localKey === undefined ? undefined : readLocalKey(localKey, secrets);
  if (read && "problem" in read) {
    complain("TIKTOK_TOKEN_ENC_KEY", read.problem);
    return undefined;
  }
  const provider = settings.TIKTOK_TOKEN_ENC_PROVIDER ?? (localKey && !keyId ? "local" : "kms");
  if (provider === "local") {
    if (read) return { provider, key: read.key, region: settings.AWS_REGION };
    complain("TIKTOK_TOKEN_ENC_KEY", "is required with TIKTOK_TOKEN_ENC_PROVIDER=local (openssl rand -base64 32)");
    return undefined;
  }
  if (!settings.AWS_REGION) {
    complain("AWS_REGION", "is required: tokens are sealed with AWS KMS (or set TIKTOK_TOKEN_ENC_KEY for a local key)");
    return undefined;
  }
  return { provider, keyId: keyId ?? DEFAULT_KMS_KEY_ID, region: settings.AWS_REGION };
}
