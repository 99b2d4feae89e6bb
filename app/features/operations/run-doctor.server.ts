import { setTimeout as delay } from "node:timers/promises";
import { sql } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { probeMail, sendsMail } from "~/infra/mail.server";
import { MailFault } from "~/infra/mail-fault";
import { migrationsCurrent } from "~/infra/migrate.server";
import { probeTikTok, type TikTokProbe } from "~/infra/tiktok/probe-tiktok.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { VaultError, vault } from "~/infra/vault.server";
import { checkWebhookDoor } from "./check-webhook-door.server";
import { countGrants } from "./count-grants.server";
import { bad, type Finding, good } from "./finding";
import { judgeAskedScopes, judgeClient, judgeClock, judgeLookup, judgeRedirect } from "./judge-tiktok";

/** More than one answer may take, less than whoever looks on would wait. */
const LONGEST_MS = 20_000;

/**
 * Looks at everything that the settings point to, as far as that can be done without anybody's account: changes nothing
 * that lasts, tells no secret, and waits for no check longer than twenty seconds. The findings come in the order of
 * their checks.
 */
export async function runDoctor(): Promise<Finding[]> {
  const [database, keys, tiktok, webhook, mail] = await Promise.all([
    inTime("database", checkDatabase()),
    inTime("token key", checkKeys()),
    inTime("TikTok", checkTikTok()),
    inTime("webhook", checkWebhookDoor()),
    inTime("e-mail", checkMail()),
  ]);
  // Only a database that is there and is this build's can be asked.
  const grants = database.every(({ ok }) => ok) ? await inTime("scopes granted", checkGrants()) : [];
  return [...database, ...keys, ...tiktok, ...grants, ...webhook, ...mail];
}

/** What was found, or that there was no answer in time. */
async function inTime(check: string, looking: Promise<Finding | Finding[]>): Promise<Finding[]> {
  const timer = new AbortController();
  const late = delay(LONGEST_MS, bad(check, `took more than ${LONGEST_MS / 1_000} s. Try again`), timer);
  try {
    return [await Promise.race([looking, late])].flat();
  } finally {
    timer.abort();
  }
}

async function checkDatabase(): Promise<Finding[]> {
  try {
    const asked = Date.now();
    const [row] = await sql<{ version: string; ms: number }[]>`select current_setting('server_version') as version,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;
    const skewMs = row ? row.ms - (asked + Date.now()) / 2 : null;
    const current = await migrationsCurrent();
    return [
      good("database", `PostgreSQL ${row?.version ?? ""} answers`),
      judgeClock("clock, database", "the database's", skewMs),
      current
        ? good("migrations", "all of this build are applied")
        : bad("migrations", "some of this build are missing. Start the web process or a worker once: they apply them"),
    ];
  } catch {
    // The driver's error may name the address with its password.
    const what = env.DATABASE_URL
      ? "Check DATABASE_URL and that PostgreSQL runs there"
      : "See DATA_DIR and the lines above";
    return [bad("database", `does not answer. ${what}`)];
  }
}

async function checkKeys(): Promise<Finding> {
  const provider = env.keys.provider === "kms" ? "KMS" : "the local key";
  try {
    await vault.check();
    return good("token key", `${provider} sealed and opened a test value`);
  } catch (error) {
    const reason = error instanceof VaultError ? `${error.kind}, ${error.reason}` : "unexpected";
    const setting =
      env.keys.provider === "kms"
        ? "TIKTOK_TOKEN_ENC_KEY_ID, AWS_REGION and the AWS credentials"
        : "TIKTOK_TOKEN_ENC_KEY";
    return bad("token key", `${provider} failed (${reason}). Check ${setting}`);
  }
}

async function checkTikTok(): Promise<Finding[]> {
  const redirectUri = `${env.APP_ORIGIN}/auth/tiktok/callback`;
  let probe: TikTokProbe;
  try {
    probe = await probeTikTok(redirectUri);
  } catch (error) {
    const reason = error instanceof TikTokError ? error.code : "unexpected";
    return [
      bad(
        "TikTok",
        `does not answer (${reason}). Check TIKTOK_DISPLAY_API_BASE_URL, TIKTOK_AUTHORIZE_URL and the network`,
      ),
    ];
  }
  return [
    judgeClock("clock, TikTok", "TikTok's", probe.skewMs),
    judgeClient(probe),
    judgeRedirect(probe, redirectUri),
    judgeAskedScopes(probe, env.TIKTOK_DISPLAY_SCOPES),
    judgeLookup(probe, env.TIKTOK_VIDEO_LOOKUP_PATH),
  ];
}

async function checkMail(): Promise<Finding> {
  const check = "e-mail";
  if (!sendsMail) return good(check, "SMTP_URL is unset, so this instance sends none");
  try {
    await probeMail();
    return good(check, `the mail server takes us; letters come from ${env.MAIL_FROM}`);
  } catch (error) {
    const reason = error instanceof MailFault ? error.reason : "unexpected";
    return bad(check, `the mail server does not take us (${reason}). Check SMTP_URL: host, port, name and password`);
  }
}

/** What people really granted: one link that lacks a scope is a person's choice, all of them are a setting. */
async function checkGrants(): Promise<Finding> {
  const check = "scopes granted";
  const { links, lacking, scopes } = await countGrants();
  if (links === 0) return good(check, "nobody is connected yet");
  const missing = scopes.filter(({ without }) => without === links).map(({ scope }) => scope);
  const says = `${links - lacking} of ${links} links have what syncs and look-ups need`;
  if (missing.length === 0) return good(check, says);
  const nobody = `nobody was given ${missing.join(", ")}`;
  if (lacking < links) return good(check, `${says}; ${nobody}`);
  return bad(check, `${says}: ${nobody}. Check your app's products at TikTok, and TIKTOK_DISPLAY_SCOPES`);
}
