import { z } from "zod";
import { startTikTokSimulator } from "./simulator";

/** The simulator as a process of its own. One JSON line on stdout says where it listens. */
const count = z.coerce.number().int().min(0).optional();
const environment = z.object({
  TIKTOK_SIM_PORT: count,
  TIKTOK_SIM_CONTRACT: z.enum(["mission", "public"]).optional(),
  TIKTOK_CLIENT_KEY: z.string().min(1),
  TIKTOK_CLIENT_SECRET: z.string().min(1),
  APP_ORIGIN: z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin),
  TIKTOK_SIM_RATE_LIMIT: count,
  TIKTOK_SIM_LATENCY_MS: count,
  /** 1: ends with whoever started it, however that one ends. */
  TIKTOK_SIM_UNTIL_STDIN_ENDS: z.enum(["0", "1"]).optional(),
});

// An empty variable is an unset one.
const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
const parsed = environment.safeParse(given);
if (!parsed.success) {
  process.stderr.write(`TikTok simulator:\n${z.prettifyError(parsed.error)}\n`);
  process.exit(78);
}
const env = parsed.data;
const simulator = await startTikTokSimulator({
  port: env.TIKTOK_SIM_PORT,
  contract: env.TIKTOK_SIM_CONTRACT,
  clientKey: env.TIKTOK_CLIENT_KEY,
  clientSecret: env.TIKTOK_CLIENT_SECRET,
  redirectUris: [`${env.APP_ORIGIN}/auth/tiktok/callback`],
  rateLimitPerMinute: env.TIKTOK_SIM_RATE_LIMIT,
  latencyMs: env.TIKTOK_SIM_LATENCY_MS,
});

const stop = () => void simulator.stop().then(() => process.exit(0));
process.once("SIGTERM", stop).once("SIGINT", stop);
if (env.TIKTOK_SIM_UNTIL_STDIN_ENDS === "1") process.stdin.resume().once("end", stop).once("error", stop);
process.stdout.write(`${JSON.stringify({ origin: simulator.origin })}\n`);
