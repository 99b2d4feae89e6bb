import type { TokenPair } from "./control-answers";
import { type Call, json, mediaType, methodNotAllowed, type Reply } from "./exchange";
import { oauthError } from "./tiktok-errors";
import { matchesChallenge } from "./token-store";
import type { World } from "./world";

/** TikTok's token and revoke endpoints (OAuth v2): form-encoded, credentials in the body only, answers flat. */

type Refusal = readonly [error: string, description: string];

const malformed: Refusal = ["invalid_request", "The request parameters are malformed."];

/** POST /v2/oauth/token/ */
export function tokenEndpoint(world: World, call: Call): Reply {
  if (call.method !== "POST") return methodNotAllowed("POST");
  const form = readClientForm(world, call);
  if (!(form instanceof URLSearchParams)) return refuse(world, form);
  switch (form.get("grant_type")) {
    case "authorization_code":
      return exchangeCode(world, form);
    case "refresh_token":
      return refresh(world, form);
    case null:
    case "":
      return refuse(world, ["invalid_request", "Grant type is missed in request."]);
    default:
      return refuse(world, ["unsupported_grant_type", "The grant type is not supported."]);
  }
}

/** POST /v2/oauth/revoke/ : the person's access token, and with it the whole grant. Success is an empty object. */
export function revokeEndpoint(world: World, call: Call): Reply {
  if (call.method !== "POST") return methodNotAllowed("POST");
  const form = readClientForm(world, call);
  if (!(form instanceof URLSearchParams)) return refuse(world, form);
  const token = form.get("token");
  if (!token) return refuse(world, ["invalid_request", "Token is missed in request."]);
  const session = world.tokens.findAccess(token);
  if (!session) return refuse(world, ["invalid_grant", "Access token is invalid or expired."]);
  world.tokens.remove(session.openId);
  return json(200, {}, "ok");
}

/** The form of an authenticated app, or why it is refused. */
function readClientForm(world: World, call: Call): URLSearchParams | Refusal {
  if (mediaType(call) !== "application/x-www-form-urlencoded") return malformed;
  if (call.headers.authorization !== undefined) return malformed;
  // Credentials in a query end up in logs; TikTok reads the body alone, and so a query is somebody's mistake.
  if (call.url.search !== "") return malformed;
  const form = new URLSearchParams(call.body);
  if ([...form.keys()].some((name, i, names) => names.indexOf(name) !== i)) return malformed;
  // TikTok says client_key where OAuth says client_id, which it does not know.
  if (!form.get("client_key")) return ["invalid_request", "Client key is missed in request."];
  if (!form.get("client_secret")) return ["invalid_request", "Client secret is missed in request."];
  if (form.get("client_key") !== world.app.clientKey || form.get("client_secret") !== world.app.clientSecret) {
    return ["invalid_client", "Client key or secret is incorrect."];
  }
  return form;
}

function exchangeCode(world: World, form: URLSearchParams): Reply {
  const code = form.get("code");
  if (!code) return refuse(world, ["invalid_request", "Code is missed in request."]);
  const grant = world.tokens.takeCode(code, world.now());
  if (!grant) return refuse(world, ["invalid_grant", "Authorization code is expired."]);
  if (form.get("redirect_uri") !== grant.redirectUri) {
    return refuse(world, ["invalid_request", "Redirect_uri is not matched with the uri when requesting code."]);
  }
  const verifier = form.get("code_verifier");
  const isProved =
    grant.codeChallenge === null
      ? verifier === null
      : verifier !== null &&
        /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) &&
        matchesChallenge(verifier, grant.codeChallenge);
  if (!isProved) return refuse(world, ["invalid_request", "Code verifier or code challenge is invalid."]);
  return granted(world.tokens.issuePair(grant, world.settings, world.now()));
}

function refresh(world: World, form: URLSearchParams): Reply {
  const token = form.get("refresh_token");
  if (!token) return refuse(world, ["invalid_request", "Refresh token is missed in request."]);
  const pair = world.tokens.refreshPair(token, world.settings, world.settings.rotateRefreshTokens, world.now());
  return pair ? granted(pair) : refuse(world, ["invalid_grant", "Refresh token is invalid or expired."]);
}

function granted(pair: TokenPair): Reply {
  const reply = json(
    200,
    {
      access_token: pair.accessToken,
      expires_in: pair.accessTtlSeconds,
      open_id: pair.openId,
      refresh_expires_in: pair.refreshTtlSeconds,
      refresh_token: pair.refreshToken,
      scope: pair.scopes.join(","),
      token_type: "Bearer",
    },
    "ok",
  );
  return { ...reply, headers: { ...reply.headers, "cache-control": "no-store" } };
}

function refuse(world: World, [error, description]: Refusal): Reply {
  return oauthError(error, description, world.now(), world.settings.oauthErrorStatus);
}
