import { afterAll, beforeEach, expect } from "vitest";
import { TikTokControl } from "../simulators/tiktok/control";
import { PlainClient } from "../simulators/tiktok/plain-client";
import { startTikTokSimulator } from "../simulators/tiktok/simulator";

/** The simulator in the test's own process, brought back to its start before each test; and what its tests say often. */

export const SCOPES = ["user.info.basic", "video.list", "video.data", "webhook.subscription"];
export const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
export const app = {
  clientKey: "aw-test-key",
  clientSecret: "planted-client-secret",
  redirectUri: "http://127.0.0.1:3000/auth/tiktok/callback",
};

export const simulator = await startTikTokSimulator({ ...app, redirectUris: [app.redirectUri] });
export const tiktok = new TikTokControl(simulator.origin);
export const client = new PlainClient(simulator.origin, app);

beforeEach(() => tiktok.reset());
afterAll(() => simulator.stop());

export const accessOf = async (openId: string, scopes = SCOPES) => (await tiktok.grant(openId, scopes)).accessToken;

export async function signIn(openId: string, granted?: readonly string[]) {
  const back = await client.consent(client.authorizeParams(SCOPES, VERIFIER), openId, granted);
  const code = back.searchParams.get("code") ?? "";
  return { back, code, answer: await client.exchange(code, VERIFIER) };
}

/** The flat error of the OAuth endpoints. */
export const oauth = (error: string) => ({
  status: 400,
  body: { error, error_description: expect.any(String), log_id: expect.stringMatching(/^\d{14}[0-9A-F]{20}$/) },
});
/** The envelope of the Display API. */
export const refused = (status: number, code: string) => ({
  status,
  body: { error: expect.objectContaining({ code }) },
});
