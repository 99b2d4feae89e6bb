import { type AuthorizeRequest, consentPage, refusalPage } from "./consent-page";
import { type Call, html, mediaType, methodNotAllowed, type Reply, redirect } from "./exchange";
import { knownScopes } from "./scopes";
import type { World } from "./world";

/** TikTok's authorize page: GET shows it, POST is the person's answer. */

/** A form that leads to another site: `form-action` would be enforced along the redirect, so it is not set. */
const pageHeaders = {
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
};

const parameters = [
  "client_key",
  "response_type",
  "scope",
  "redirect_uri",
  "state",
  "code_challenge",
  "code_challenge_method",
];

export function authorize(world: World, call: Call): Reply {
  if (call.method === "GET") {
    const request = readAuthorizeRequest(world, call.url.searchParams);
    return "status" in request ? request : html(200, consentPage(world, request), pageHeaders);
  }
  if (call.method !== "POST") return methodNotAllowed("GET, POST");
  if (mediaType(call) !== "application/x-www-form-urlencoded") return page(400, "The form was not understood.");
  const form = new URLSearchParams(call.body);
  const request = readAuthorizeRequest(world, form);
  return "status" in request ? request : answerConsent(world, request, form);
}

/** Continue gives a code; Cancel, an app in draft and a stranger to a sandbox give an error. */
function answerConsent(world: World, request: AuthorizeRequest, form: URLSearchParams): Reply {
  if (form.get("decision") !== "continue") {
    return sendBack(request, { error: "access_denied", error_description: "User cancelled the authorization" });
  }
  const member = world.members.get(form.get("account") ?? "");
  if (!member) return page(400, "Choose one of the accounts.");
  const { appState, sandboxUsers } = world.settings;
  if (appState === "sandbox" && !sandboxUsers.includes(member.openId)) {
    return sendBack(request, {
      error: "access_denied",
      error_description: "The user is not a test user of this sandbox",
      error_type: "non_sandbox_target",
    });
  }
  const ticked = form.getAll("granted");
  // The basic scope cannot be unticked, and nothing can be granted that was not asked for.
  const scopes = request.scopes.filter((scope) => scope === "user.info.basic" || ticked.includes(scope));
  const code = world.tokens.issueCode(
    {
      openId: member.openId,
      clientKey: world.app.clientKey,
      redirectUri: request.redirectUri,
      scopes,
      codeChallenge: request.codeChallenge,
    },
    world.now(),
  );
  return sendBack(request, { code, scopes: scopes.join(",") });
}

/** A checked request; or the answer: a page while it is unsafe to send anybody anywhere, else a redirect with an error. */
function readAuthorizeRequest(world: World, source: URLSearchParams): AuthorizeRequest | Reply {
  const params = new Map<string, string>();
  for (const name of parameters) {
    const [value, ...more] = source.getAll(name);
    if (more.length > 0) return page(400, `${name} is given twice.`);
    if (value !== undefined) params.set(name, value);
  }
  if (source.has("client_id")) return page(400, "client_id is unknown here: the parameter is client_key.");
  if (params.get("client_key") !== world.app.clientKey) return page(400, "client_key: no such app.");
  const redirectUri = params.get("redirect_uri") ?? "";
  // Character for character: a redirect to an address that is not registered would hand codes to strangers.
  if (!world.app.redirectUris.includes(redirectUri)) return page(400, "redirect_uri is not registered for this app.");
  const state = params.get("state") ?? "";
  if (state === "") return page(400, "state is missing.");
  const back = (error: string, type: string, description: string) =>
    sendBack({ redirectUri, state }, { error, error_description: description, error_type: type });
  if (params.get("response_type") !== "code") {
    return back("unsupported_response_type", "response_type", "response_type must be code");
  }
  if (world.settings.appState === "draft") {
    return back("unauthorized_client", "client_key", "The app is not live");
  }
  // Joined by commas: with spaces the whole list is one unknown scope.
  const scopes = (params.get("scope") ?? "").split(",");
  const known = knownScopes(world.settings.contract);
  if (scopes.some((scope) => !known.includes(scope)))
    return back("invalid_scope", "scope", "A scope is not available to this app");
  if (!scopes.includes("user.info.basic")) return back("invalid_scope", "scope", "user.info.basic is required");
  const codeChallenge = params.get("code_challenge") ?? null;
  const method = params.get("code_challenge_method");
  // TikTok wants lower-case hex. A base64url challenge gets past this page, and fails at the token endpoint (reported).
  const isHexOrBase64url = codeChallenge === null || /^([0-9a-f]{64}|[A-Za-z0-9_-]{43})$/.test(codeChallenge);
  if (!isHexOrBase64url || (codeChallenge === null) !== (method === undefined) || (method ?? "S256") !== "S256") {
    return back("invalid_request", "code_challenge", "The code challenge is malformed");
  }
  return { redirectUri, state, scopes: [...new Set(scopes)], codeChallenge, params };
}

/** Where to send somebody back with `error`, if the request names a registered address; for faults. */
export function sendBackWithError(world: World, call: Call, error: string): Reply | undefined {
  const source = call.method === "POST" ? new URLSearchParams(call.body) : call.url.searchParams;
  const redirectUri = source.get("redirect_uri") ?? "";
  if (!world.app.redirectUris.includes(redirectUri)) return undefined;
  return sendBack(
    { redirectUri, state: source.get("state") ?? "" },
    { error, error_description: "The request failed" },
  );
}

function sendBack(to: { redirectUri: string; state: string }, params: Record<string, string>): Reply {
  const target = new URL(to.redirectUri);
  for (const [name, value] of Object.entries({ ...params, state: to.state })) target.searchParams.set(name, value);
  return redirect(target.toString(), params.error ?? "ok");
}

function page(status: number, reason: string): Reply {
  return { ...html(status, refusalPage(reason), pageHeaders), code: "invalid_request" };
}
