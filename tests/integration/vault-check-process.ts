import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

/** Real processes that check their vault as the product's do at start, each with an environment of its own. */
const child = fileURLToPath(new URL("children/check-vault.ts", import.meta.url));
const LONGEST_LIFE_MS = 80_000;

export const EXIT_CONFIG = 78;
export const ALIAS = "alias/trendpot/tiktok-display-oauth";
export const region = "eu-central-1";
export const credentials = { accessKeyId: "AKIATRENDPOTTEST", secretAccessKey: randomBytes(30).toString("base64") };
export const SESSION_SECRET = randomBytes(32).toString("base64");

export type Settings = Readonly<Record<string, string>>;

/** What a process needs besides its key. */
const base: Settings = {
  APP_ORIGIN: "http://127.0.0.1:3000",
  LOG_LEVEL: "warn",
  SESSION_SECRET,
  TIKTOK_CLIENT_KEY: "client-key",
  TIKTOK_CLIENT_SECRET: randomBytes(20).toString("hex"),
  // The SDK must find no credentials but those given here: not of this machine's user, nor of its cloud.
  HOME: "/nonexistent",
  AWS_EC2_METADATA_DISABLED: "true",
};
const secretNames = [
  "SESSION_SECRET",
  "TIKTOK_CLIENT_SECRET",
  "TIKTOK_TOKEN_ENC_KEY",
  "TIKTOK_TOKEN_ENC_OLD_KEYS",
  "AWS_SECRET_ACCESS_KEY",
];

export function settingsForKms(origin: string): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_ENDPOINT_URL_KMS: origin,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}

/**
 * Starts one; it ends with its stdin. Its whole environment is given: nothing of this process's, whose default key
 * would slip in. `ended` gives its exit code, and fails if a secret was ever said.
 */
export function startVaultCheck(settings: Settings) {
  const env: NodeJS.ProcessEnv = { NODE_ENV: "production", PATH: process.env.PATH, ...base, ...settings };
  const one = spawn(process.execPath, ["--import", "tsx", child], {
    env,
    timeout: LONGEST_LIFE_MS,
    killSignal: "SIGKILL",
  });
  const said = { stdout: "", stderr: "" };
  one.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.stdout += text;
  });
  one.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.stderr += text;
  });
  const ended = once(one, "close").then(([code]) => {
    expectNoSecrets(said.stdout + said.stderr, { ...base, ...settings });
    return Number(code ?? -1);
  });
  return { stdin: one.stdin, said, ended };
}

function expectNoSecrets(text: string, settings: Settings): void {
  const values = secretNames.map((name) => settings[name] ?? "").filter((value) => value.length >= 8);
  for (const value of values) expect(text).not.toContain(value);
  expect(text).not.toMatch(/AWS4-HMAC|Signature=/);
  expect(text, "a stack").not.toMatch(/^\s+at /m);
}
