import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import express, { type RequestHandler } from "express";
import { env } from "~/infra/env.server";
import { configuredHostOnly, sameOriginOnly } from "~/infra/request-guard.server";
import { securityHeaders } from "~/infra/security-headers.server";
import { type Comparison, compare, measureRounds, ROUNDS } from "./compare";

const ANSWERED = 5_000;

/** Microseconds of CPU to answer a form in express behind the guard and with the headers, against without them. */
export async function compareGuard(): Promise<Comparison> {
  const guarded = answerer(securityHeaders, configuredHostOnly, sameOriginOnly);
  const bare = answerer();
  if (!guarded().hasHeader("Content-Security-Policy")) throw new Error("the guard is not there");
  const floor = async () => perAnswer(bare);
  const rounds = await measureRounds(
    { ours: async () => perAnswer(guarded), floor, control: floor },
    { rounds: 5 * ROUNDS, warmUps: ROUNDS },
  );
  return compare(rounds, (microseconds) => microseconds);
}

/** Gives a request that is one of our own pages' to an app with these handlers in front, and its answer. */
function answerer(...handlers: RequestHandler[]): () => ServerResponse {
  const app = express();
  if (handlers.length > 0) app.use(...handlers);
  app.use((_request, response) => void response.end());
  const headers = { host: new URL(env.APP_ORIGIN).host, origin: env.APP_ORIGIN, "sec-fetch-site": "same-origin" };
  const socket = new Socket();
  return () => {
    const request = Object.assign(new IncomingMessage(socket), { method: "POST", url: "/studio" });
    Object.assign(request.headers, headers);
    const response = new ServerResponse(request);
    app(request, response);
    if (response.statusCode !== 200 || !response.writableEnded) throw new Error(`answered ${response.statusCode}`);
    return response;
  };
}

function perAnswer(answer: () => ServerResponse): number {
  const before = process.cpuUsage();
  for (let done = 0; done < ANSWERED; done += 1) answer();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / ANSWERED;
}
