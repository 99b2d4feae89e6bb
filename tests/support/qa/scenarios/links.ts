import { randomUUID } from "node:crypto";
import { openChallenge } from "../arrange-entries";
import type { Hands, Made, Scenario } from "../scenario";
import type { Stack } from "../stack";

/** How a link to TikTok, and what lies behind it, can stand. Everybody here has synced 21 videos before. */

async function linked(stack: Stack): Promise<Made> {
  const creator = await stack.people.signIn("sim-21");
  await stack.people.sync(creator);
  return { people: { creator } };
}

async function refused(stack: Stack): Promise<Made> {
  const made = await linked(stack);
  await stack.tiktok.killRefreshTokens("sim-21");
  await stack.tiktok.expireAccessTokens("sim-21");
  const { creator } = made.people;
  if (creator) await stack.people.sync(creator);
  return made;
}

/** TikTok took the access away and told us why. Its reasons: 0 unknown to 5, by the app itself. */
const revoked = (reason: number, why: string): Scenario => ({
  about: `A creator whose access TikTok took away by webhook: ${why}.`,
  make: async (stack: Stack, { jobs }: Hands) => {
    const made = await linked(stack);
    const [delivery] = await stack.tiktok.removeAuthorization("sim-21", { reason, webhook: true });
    if (delivery?.status !== 200) throw new Error("the webhook was not taken");
    await jobs.idle();
    return made;
  },
});

export const linkScenarios = {
  "access token expired": {
    about: "A creator whose access token has run out; the refresh token is good.",
    make: async (stack) => {
      const made = await linked(stack);
      await stack.tiktok.expireAccessTokens("sim-21");
      return made;
    },
  },
  "refresh refused": {
    about: "A creator whose link was found expired by a sync: TikTok refused the refresh.",
    make: refused,
  },
  "revoked, no reason": revoked(0, "without a reason"),
  "revoked by the person": revoked(1, "they removed the app in TikTok"),
  "revoked, account deleted": revoked(2, "the TikTok account was deleted"),
  "revoked, age changed": revoked(3, "the age of the account changed"),
  "revoked, account banned": revoked(4, "the account was suspended"),
  "revoked by the app": revoked(5, "the app itself asked for it"),
  disconnected: {
    about: "A creator who disconnected TikTok on their account page.",
    make: async (stack, { jobs }) => {
      const made = await linked(stack);
      const { creator } = made.people;
      if (creator) await stack.people.disconnectTikTok(creator.viewer, randomUUID());
      await jobs.idle();
      return made;
    },
  },
  "scope missing": {
    about: "A creator who unticked the video boxes when they signed in, and an open challenge.",
    make: async (stack) => {
      const slug = await openChallenge(stack, "Windows");
      return { people: { creator: await stack.people.signIn("sim-21", { scopes: ["user.info.basic"] }) }, slug };
    },
  },
  "another account": {
    about: "A creator whose link is expired, and who has a second TikTok account to pick by mistake.",
    make: async (stack) => {
      const made = await refused(stack);
      await stack.tiktok.addAccount({ openId: "second", displayName: "Second Account", username: "second.account" });
      return made;
    },
  },
  "TikTok down": {
    about: "A creator who is signed in and synced while nothing at TikTok answers but with errors.",
    make: linked,
    begin: async (stack) => {
      await stack.tiktok.addFault({ endpoint: "*", kind: "html", status: 503 });
    },
  },
  "key service down": {
    about: "A creator who is signed in and synced while KMS answers nothing but errors.",
    make: linked,
    begin: async (stack) => {
      // A token that the product has not opened yet: what it has, it opens without KMS for a while.
      await stack.people.signIn("sim-21");
      await stack.kms.setFault({ operation: "*", kind: "status", status: 503 });
    },
  },
} as const satisfies Record<string, Scenario>;
