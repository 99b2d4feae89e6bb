import { randomBytes } from "node:crypto";
import type { Settings } from "./control-protocol";
import { json, type Reply } from "./exchange";

/** TikTok's two ways of saying no. */

/** Recorded: 14 digits of UTC time and 20 upper-case hex digits. */
function logId(nowMs: number): string {
  const time = new Date(nowMs)
    .toISOString()
    .replace(/[^0-9]/g, "")
    .slice(0, 14);
  return `${time}${randomBytes(10).toString("hex").toUpperCase()}`;
}

const displayErrors: Readonly<Record<string, readonly [status: number, message: string]>> = {
  access_token_invalid: [401, "The access token is invalid or not found in the request."],
  scope_not_authorized: [401, "The user did not authorize the scope required for completing this request."],
  scope_permission_missed: [400, "The field requires a scope that the user did not authorize."],
  invalid_params: [400, "One or more parameters in the request are invalid."],
  rate_limit_exceeded: [429, "The API rate limit was exceeded. Please try again later."],
  internal_error: [500, "Something went wrong. Please try again later."],
};

/** Display API: `error` is an object. Recorded scope refusals carry no `data` at all, others an empty one. */
export function displayError(code: string, nowMs: number, options: { message?: string; status?: number } = {}): Reply {
  const [status, message] = displayErrors[code] ?? [400, "The request failed."];
  const error = { code, message: options.message ?? message, log_id: logId(nowMs) };
  return json(options.status ?? status, code.startsWith("scope_") ? { error } : { data: {}, error }, code);
}

export function displayAnswer(data: unknown, nowMs: number): Reply {
  return json(200, { data, error: { code: "ok", message: "", log_id: logId(nowMs) } }, "ok");
}

/** OAuth: flat, `error` is a string, and the status may be 200 all the same (both were reported). */
export function oauthError(
  error: string,
  description: string,
  nowMs: number,
  status: Settings["oauthErrorStatus"] | number,
): Reply {
  const reply = json(status, { error, error_description: description, log_id: logId(nowMs) }, error);
  return { ...reply, headers: { ...reply.headers, "cache-control": "no-store" } };
}
