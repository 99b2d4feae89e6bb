import type { Env } from "~/infra/environment";
import type { TikTokTokens } from "~/infra/tiktok/oauth.server";
import { parseScopes } from "~/infra/tiktok/scopes";
import { SignInError, TikTokStrategy } from "~/infra/tiktok/tiktok-strategy.server";
import { awaitReturn } from "./await-return";
import { type Findings, plainName } from "./findings";
import type { Wire } from "./wire";

const WAIT_MS = 10 * 60_000;
const KNOWN_PARAMETERS = ["code", "scopes", "state"];

type Outcome = { back: URLSearchParams } & ({ tokens: TikTokTokens } | { refused: SignInError });

/** Signs a person in the product's way; says what that showed. Gives the reason when nobody is signed in. */
export async function signIn(
  env: Env,
  wire: Wire,
  findings: Findings,
  say: (line: string) => void,
): Promise<{ tokens: TikTokTokens } | { failed: string }> {
  const open = new Map<string, string>();
  const strategy = new TikTokStrategy<TikTokTokens>(
    {
      begin: async (_request, { state, codeVerifier }) => {
        open.set(state, codeVerifier);
        return new Headers();
      },
      take: async (_request, state) => {
        const codeVerifier = open.get(state);
        open.delete(state);
        return codeVerifier === undefined ? null : { codeVerifier, returnTo: "/" };
      },
    },
    async ({ tokens }) => tokens,
  );
  const redirectUri = new URL("/auth/tiktok/callback", env.APP_ORIGIN);
  const start = await startOf(strategy, env);
  const outcome = await awaitReturn<Outcome>(redirectUri, {
    say,
    timeoutMs: WAIT_MS,
    invite: () => say(`Open this address and sign in as a test user of your app:\n\n  ${start}\n`),
    accept: async (address) => {
      const back = address.searchParams;
      wire.hide(back.get("code"));
      try {
        return { done: { back, tokens: await strategy.authenticate(new Request(address)) } };
      } catch (error) {
        if (!(error instanceof SignInError)) throw error;
        if (error.reason === "unknown_state")
          return { ignored: "Somebody came back who did not start here; waiting on." };
        return { done: { back, refused: error } };
      }
    },
  });
  if (outcome === null) return { failed: `nobody came back within ${WAIT_MS / 60_000} minutes` };
  judgeReturn(env, findings, outcome);
  if ("refused" in outcome) {
    judgeRefusal(env, wire, findings, outcome.refused);
    return { failed: `nobody was signed in (${outcome.refused.reason})` };
  }
  judgeGrant(env, wire, findings, outcome);
  return { tokens: outcome.tokens };
}

async function startOf(strategy: TikTokStrategy<TikTokTokens>, env: Env): Promise<string> {
  const thrown: unknown = await strategy.authenticate(new Request(`${env.APP_ORIGIN}/auth/tiktok`)).catch((out) => out);
  const target = thrown instanceof Response ? thrown.headers.get("location") : null;
  if (target === null) throw new Error("the sign-in did not start");
  return target;
}

function judgeReturn(env: Env, findings: Findings, { back }: Outcome): void {
  const error = back.get("error");
  if (error !== null) {
    const said = [error, back.get("error_type")].filter((part) => part !== null).map(plainName);
    if (error === "invalid_scope") {
      findings.judge("scopes_accepted", false, `${said.join(", ")}: change TIKTOK_DISPLAY_SCOPES`);
    } else findings.skip("scopes_accepted", `TikTok sent the person back: ${said.join(", ")}`);
    return;
  }
  findings.judge("scopes_accepted", true, `${env.TIKTOK_DISPLAY_SCOPES.length} scopes asked for, none refused`);
  const unknown = [...back.keys()].filter((name) => !KNOWN_PARAMETERS.includes(name));
  const missing = KNOWN_PARAMETERS.filter((name) => !back.has(name));
  const seen = [
    missing.length === 0 ? "all three" : `missing: ${missing.join(" ")}`,
    ...(unknown.length === 0 ? [] : [`also: ${unknown.map(plainName).join(" ")}`]),
  ];
  findings.judge("callback_form", missing.length + unknown.length === 0, seen.join("; "));
}

function judgeRefusal(env: Env, wire: Wire, findings: Findings, refused: SignInError): void {
  const { body, status } = wire.last ?? { body: null, status: 0 };
  const error =
    typeof body === "object" && body !== null && "error" in body ? plainName(body.error) : `status ${status}`;
  if (refused.reason === "code_refused" && env.TIKTOK_PKCE === "hex") {
    findings.judge("pkce", false, `the exchange was refused: ${error}; TIKTOK_PKCE=off tells whether PKCE is why`);
  }
}

function judgeGrant(
  env: Env,
  wire: Wire,
  findings: Findings,
  outcome: { back: URLSearchParams; tokens: TikTokTokens },
): void {
  const { back, tokens } = outcome;
  if (env.TIKTOK_PKCE === "hex") findings.judge("pkce", true, "the code was exchanged with the hex form's verifier");
  else findings.skip("pkce", "TIKTOK_PKCE is off");
  findings.skip("pkce_base64url", "it would take a sign-in that is bound to fail");
  const asked = env.TIKTOK_DISPLAY_SCOPES;
  const granted = tokens.grantedScopes;
  const isPart = granted.every((scope) => asked.includes(scope)) && granted.includes("user.info.basic");
  findings.judge("scopes_granted", isPart, `${granted.length} of ${asked.length}: ${granted.map(plainName).join(" ")}`);
  judgeScopeText(wire, findings, { asked, granted, ofCallback: parseScopes(back.get("scopes") ?? "") });
  const { accessTtlSeconds, refreshTtlSeconds } = tokens;
  const isKnown = [
    [86_400, 31_536_000],
    [7_200, 15_552_000],
  ].some(([access, refresh]) => access === accessTtlSeconds && refresh === refreshTtlSeconds);
  findings.judge("lifetimes", isKnown, `${accessTtlSeconds} s and ${refreshTtlSeconds} s`);
}

function judgeScopeText(
  wire: Wire,
  findings: Findings,
  lists: { asked: readonly string[]; granted: readonly string[]; ofCallback: readonly string[] },
): void {
  const { asked, granted, ofCallback } = lists;
  const body = wire.last?.body;
  const text = typeof body === "object" && body !== null && "scope" in body ? String(body.scope) : "";
  const hasCommasAlone = /^[a-z._]+(,[a-z._]+)*$/.test(text);
  const isSame = new Set([...granted, ...ofCallback]).size === granted.length && granted.length === ofCallback.length;
  const isInOrder = asked.filter((scope) => granted.includes(scope)).join() === granted.join();
  const seen = [
    hasCommasAlone ? "commas alone" : "other separators too",
    isInOrder ? "in the order asked" : "in another order",
    isSame ? "the same as the callback's" : "not the callback's",
  ];
  findings.judge("scope_separator", hasCommasAlone && isSame, seen.join(", "));
}
