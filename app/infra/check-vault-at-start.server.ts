import { env } from "./env.server";
import { log } from "./log.server";
import { once } from "./once.server";
import { refuseToStart } from "./runtime.server";
import { VaultError, vault } from "./vault.server";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

const state = once("vault-state", () => ({ ready: false }));

/** Whether the key provider has answered since the process started. */
export function vaultReady(): boolean {
  return state.ready;
}

/**
 * One real round trip to the key provider. Refused, disabled or not there: the process exits 78 and names the variable.
 * Merely out of reach: it stays up, not ready, and tries again in the background.
 */
export async function checkVaultAtStart(): Promise<void> {
  await attempt(FIRST_RETRY_MS);
}

async function attempt(retryMs: number): Promise<void> {
  try {
    await vault.check();
    state.ready = true;
  } catch (error) {
    if (!(error instanceof VaultError) || error.kind !== "unavailable") refuseToStart([adviceFor(error)]);
    log.warn({ reason: error.reason, retryMs }, "the key provider is out of reach; not ready");
    setTimeout(() => void attempt(Math.min(retryMs * 2, LONGEST_RETRY_MS)), retryMs).unref();
  }
}

function adviceFor(error: unknown): string {
  const variable = env.keys.provider === "local" ? "TIKTOK_TOKEN_ENC_KEY" : "TIKTOK_TOKEN_ENC_KEY_ID";
  if (!(error instanceof VaultError)) return `${variable} could not be checked`;
  switch (error.kind) {
    case "denied":
      return `${variable}: KMS refuses this key to us (${error.reason}). Check the AWS credentials, the key's policy and AWS_REGION`;
    case "disabled":
      return `${variable}: the key is disabled or about to be deleted (${error.reason})`;
    case "configuration":
      return `${variable}: there is no such key, or no AWS credentials (${error.reason}). Check it and AWS_REGION`;
    case "corrupt":
    case "unavailable":
      return `${variable}: the key provider's answer does not hold (${error.reason})`;
  }
}
