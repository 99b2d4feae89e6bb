import { db } from "~/infra/db.server";
import { log } from "~/infra/log.server";
import { findSession, openSession } from "~/infra/session.server";
import { SignInError, type SignInFailure } from "~/infra/tiktok/tiktok-strategy.server";
import { VaultError } from "~/infra/vault.server";
import { authenticator } from "./authenticator.server";
import { recordRefusedSignIn } from "./record-refused-sign-in.server";

export type SignInProblem = SignInFailure | "another_account" | "keys_unavailable";

export type SignInResult =
  | { outcome: "signed_in"; cookie: string; returnTo: string }
  | { outcome: "refused"; problem: SignInProblem };

/**
 * Finishes a sign-in on TikTok's return. Signed in: a new session's Set-Cookie value and the local path to go on to.
 * Refused: why; there is no session then, no redirect back to TikTok, and a line in the audit log.
 */
export async function finishSignIn(request: Request): Promise<SignInResult> {
  const result = await trySignIn(request);
  if (result.outcome === "refused") {
    await recordRefusedSignIn("tiktok", result.problem, (await findSession(request))?.userId ?? null);
  }
  return result;
}

async function trySignIn(request: Request): Promise<SignInResult> {
  try {
    const arrival = await authenticator.authenticate("tiktok", request);
    if (arrival.outcome === "another_account") return { outcome: "refused", problem: "another_account" };
    const cookie = await db.transaction((tx) => openSession(tx, request, arrival.userId));
    return { outcome: "signed_in", cookie, returnTo: arrival.returnTo };
  } catch (error) {
    if (error instanceof SignInError) {
      reportMisconfiguration(error.reason);
      return { outcome: "refused", problem: error.reason };
    }
    if (error instanceof VaultError) {
      log.error({ kind: error.kind }, "a sign-in could not seal its tokens");
      return { outcome: "refused", problem: "keys_unavailable" };
    }
    throw error;
  }
}

/** The operator's to mend, so the operator's log names the setting. */
function reportMisconfiguration(reason: SignInFailure): void {
  if (reason === "scope_misconfigured") {
    log.error({ setting: "TIKTOK_DISPLAY_SCOPES" }, "TikTok does not let this app ask for one of the scopes");
  }
  if (reason === "app_misconfigured") {
    log.error({ setting: "TIKTOK_CLIENT_KEY" }, "TikTok refuses this app's key, secret or redirect URI");
  }
}
