import type { Made, Scenario } from "../scenario";
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
  "scope missing": {
    about: "A creator who unticked the video boxes when they signed in.",
    make: async (stack) => ({
      people: { creator: await stack.people.signIn("sim-21", { scopes: ["user.info.basic"] }) },
    }),
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
      await stack.kms.setFault({ operation: "*", kind: "status", status: 503 });
    },
  },
} as const satisfies Record<string, Scenario>;
