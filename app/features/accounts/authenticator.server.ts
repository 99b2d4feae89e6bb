import { Authenticator } from "remix-auth";
import { findSession } from "~/infra/session.server";
import { TikTokStrategy } from "~/infra/tiktok/tiktok-strategy.server";
import { signInAttempts } from "./sign-in-attempts.server";
import { type Arrival, signInWithTikTok } from "./sign-in-with-tiktok.server";

/** The one way in: `authenticator.authenticate("tiktok", request)` at /auth/tiktok and at its callback. */
export const authenticator = new Authenticator<Arrival & { returnTo: string }>().use(
  new TikTokStrategy(signInAttempts, async ({ request, tokens, returnTo }) => ({
    ...(await signInWithTikTok(tokens, (await findSession(request))?.userId ?? null)),
    returnTo,
  })),
  "tiktok",
);
