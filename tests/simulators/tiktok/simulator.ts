import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { CaughtLetter } from "../smtp/catcher";
import { answerRequest } from "./answer-request";
import { type CastMember, defaultCast } from "./cast";
import { answerControl, CONTROL_PREFIX } from "./control-api";
import { readCall } from "./exchange";
import { createWorld, type World } from "./world";

export interface TikTokSimulatorOptions {
  /** Default 0: any free one. */
  port?: number;
  /** Which of the two contracts is spoken, strictly. Default "mission". */
  contract?: "mission" | "public";
  clientKey: string;
  clientSecret: string;
  /** Registered, compared character for character. */
  redirectUris: readonly string[];
  cast?: readonly CastMember[];
  /** Per Display endpoint in a sliding minute; default 600 (TikTok's), 0 = off. */
  rateLimitPerMinute?: number;
  /** Added to each API answer. */
  latencyMs?: number;
  /** What the app sent by e-mail, for the panel to show beside the rest. */
  letters?: () => readonly CaughtLetter[];
}

/**
 * A TikTok that refuses what TikTok would refuse: login, Display API, oEmbed, player and covers on one origin, and
 * `/__control/` for tests. Reachable from this machine only, as `localhost`: the app is at 127.0.0.1, so that the two
 * are different sites to a browser, as in life.
 */
export async function startTikTokSimulator(
  options: TikTokSimulatorOptions,
): Promise<{ origin: string; stop(): Promise<void> }> {
  const { clientKey, clientSecret, redirectUris } = options;
  const app = { clientKey, clientSecret, redirectUris, letters: options.letters ?? (() => []) };
  const world = createWorld(app, options.cast ?? defaultCast(), {
    contract: options.contract ?? "mission",
    appState: "live",
    sandboxUsers: [],
    rotateRefreshTokens: true,
    accessTtlSeconds: 86_400,
    refreshTtlSeconds: 31_536_000,
    rateLimitPerMinute: options.rateLimitPerMinute ?? 600,
    latencyMs: options.latencyMs ?? 0,
    oauthErrorStatus: 400,
    coverTtlSeconds: 6 * 3600,
    clockOffsetMs: 0,
  });
  const server = createServer((request, response) => {
    answer(world, request, response).catch((error: unknown) => {
      if (isGone(request)) return;
      process.stderr.write(`TikTok simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
      response.destroy();
    });
  });
  // Longer than any client keeps an idle connection: otherwise a reused one is cut now and then, which no test asked for.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The simulator has no port");
  world.origin = `http://localhost:${address.port}`;
  return {
    origin: world.origin,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Hanging answers too.
        server.closeAllConnections();
      }),
  };
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url?.startsWith(CONTROL_PREFIX)) return answerControl(world, request, response);
  const call = await readCall(request, world.origin);
  if (call) return answerRequest(world, call, response);
  response.writeHead(413, { connection: "close" }).end();
}

function isGone(request: IncomingMessage): boolean {
  return request.socket.destroyed;
}
