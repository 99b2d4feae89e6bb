import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { sendBackWithError } from "./authorize";
import type { Endpoint, FaultState } from "./control-protocol";
import { type Call, html, type Reply } from "./exchange";
import { twistsPage } from "./fault-book";
import { noteCaller, type Route, routeOf } from "./surface";
import { displayError, oauthError } from "./tiktok-errors";
import type { World } from "./world";

/** How an answer leaves: whole, a byte a second, never, or with the connection cut. */
type Delivery = "whole" | "slow" | "never" | "cut";

/** Answers one request to the TikTok surface. The ledger has it before the client has the answer. */
export async function answerRequest(world: World, call: Call, response: ServerResponse): Promise<void> {
  const arrivedMs = Date.now();
  const started = performance.now();
  const route = routeOf(call);
  noteCaller(world, call, route.endpoint);
  const isApi = route.isDisplay || route.endpoint === "token" || route.endpoint === "revoke";
  if (isApi && world.settings.latencyMs > 0) await wait(world.settings.latencyMs);
  const fault = world.faults.fire(route.endpoint, call.notes.openId);
  if (fault?.delayMs) await wait(fault.delayMs);
  const { reply, delivery } = underFault(world, call, route, fault);
  const isSent = delivery === "whole" || delivery === "slow";
  world.ledger.add({
    at: new Date(arrivedMs).toISOString(),
    endpoint: route.endpoint,
    method: call.method,
    path: call.url.pathname.slice(0, 200),
    ...call.notes,
    status: isSent ? reply.status : 0,
    code: isSent ? reply.code : (fault?.kind ?? reply.code),
    ...(fault ? { fault: fault.kind } : {}),
    ms: Math.round(performance.now() - started),
  });
  await deliver(world, call, response, reply, delivery);
}

function underFault(
  world: World,
  call: Call,
  route: Route,
  fault: FaultState | undefined,
): { reply: Reply; delivery: Delivery } {
  const whole = (reply: Reply) => ({ reply, delivery: "whole" as const });
  if (!fault) return whole(processed(world, call, route));
  if (twistsPage(fault)) {
    call.pageFault = fault;
    return whole(processed(world, call, route));
  }
  const status = fault.status;
  switch (fault.kind) {
    case "status":
      return whole(withRetryAfter(plain(status ?? 500, fault.code), fault));
    case "error":
      return whole(withRetryAfter(refusalFor(world, call, route.endpoint, fault), fault));
    case "rate_limit":
      return whole(withRetryAfter(rateLimited(world, route.endpoint, status), fault));
    case "html":
      return whole(withRetryAfter(html(status ?? 502, "<!doctype html><html><h1>Bad gateway</h1></html>"), fault));
    case "empty":
      return whole({ status: status ?? 200, headers: {}, body: "", code: "empty" });
    case "hang":
      return { reply: plain(504), delivery: "never" };
    case "reset":
      return { reply: plain(504), delivery: "cut" };
    case "slow":
      return { reply: processed(world, call, route), delivery: "slow" };
    case "lost_answer":
      return { reply: processed(world, call, route), delivery: "cut" };
    case "malformed": {
      const reply = processed(world, call, route);
      return whole({ ...reply, body: reply.body.subarray(0, Math.floor(reply.body.length / 2)) });
    }
    default:
      return whole(processed(world, call, route));
  }
}

function processed(world: World, call: Call, route: Route): Reply & { body: Buffer } {
  const { clientKey } = call.notes;
  const key = `${route.endpoint} ${clientKey}`;
  const { rateLimitPerMinute } = world.settings;
  const isAdmitted = !route.isDisplay || clientKey === null || world.rate.admit(key, rateLimitPerMinute, world.now());
  const reply = isAdmitted ? route.handle(world, call) : rateLimited(world, route.endpoint, undefined);
  return { ...reply, body: Buffer.from(reply.body) };
}

function plain(status: number, code?: string): Reply {
  return { status, headers: { "content-type": "text/plain" }, body: `${status}\n`, code: code ?? `http_${status}` };
}

function rateLimited(world: World, endpoint: Endpoint, status: number | undefined): Reply {
  if (isOAuth(endpoint)) return oauthError("rate_limit_exceeded", "Too many requests.", world.now(), status ?? 429);
  return displayError("rate_limit_exceeded", world.now(), { status });
}

/** TikTok's own words for `code`, in the form of the endpoint: envelope, flat, or a redirect back to the app. */
function refusalFor(world: World, call: Call, endpoint: Endpoint, fault: FaultState): Reply {
  const { code, status } = fault;
  if (endpoint === "authorize" || endpoint === "consent") {
    const back = sendBackWithError(world, call, code ?? "server_error");
    if (back) return back;
  }
  if (isOAuth(endpoint)) {
    return oauthError(code ?? "server_error", "Injected.", world.now(), status ?? world.settings.oauthErrorStatus);
  }
  return displayError(code ?? "internal_error", world.now(), { status });
}

function isOAuth(endpoint: Endpoint): boolean {
  return endpoint === "token" || endpoint === "revoke";
}

function withRetryAfter(reply: Reply, fault: FaultState): Reply {
  if (fault.retryAfter === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, "retry-after": fault.retryAfter } };
}

async function deliver(world: World, call: Call, response: ServerResponse, reply: Reply, how: Delivery): Promise<void> {
  if (how === "never") return;
  if (how === "cut") {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    date: new Date(world.now()).toUTCString(),
    "x-content-type-options": "nosniff",
    ...reply.headers,
    "content-length": body.byteLength,
  });
  if (call.method === "HEAD") response.end();
  else if (how === "whole") response.end(body);
  else await trickle(response, body);
}

/** One byte a second, until it is over or the client is gone. */
async function trickle(response: ServerResponse, body: Buffer): Promise<void> {
  for (const byte of body) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    await wait(1_000, undefined, { ref: false });
  }
  response.end();
}
