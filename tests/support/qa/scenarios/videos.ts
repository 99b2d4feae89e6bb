import { openChallenge } from "../arrange-entries";
import type { Made, Scenario } from "../scenario";
import type { Stack } from "../stack";

/** How a creator's videos and their sync can stand. */

const MINUTE_MS = 60_000;

const arrive = async (stack: Stack, openId: string): Promise<Made> => ({
  people: { creator: await stack.people.signIn(openId) },
});

async function sync(stack: Stack, made: Made): Promise<void> {
  const { creator } = made.people;
  if (creator) await stack.people.sync(creator);
}

async function startSync(stack: Stack, made: Made): Promise<void> {
  const { creator } = made.people;
  if (creator) await stack.people.requestSync(creator.viewer.accountId);
}

const synced = (openId: string, count: number): Scenario => ({
  about: `A creator with ${count} videos, all of them synced.`,
  make: async (stack) => {
    const made = await arrive(stack, openId);
    await sync(stack, made);
    return made;
  },
});

export const videoScenarios = {
  "never synced": {
    about: "A creator with 60 videos who has just signed in for the first time, and an open challenge.",
    make: async (stack) => {
      const slug = await openChallenge(stack, "Windows");
      return { ...(await arrive(stack, "sim-60")), slug };
    },
  },
  "no videos": synced("sim-0", 0),
  "19 videos": synced("sim-19", 19),
  "20 videos": synced("sim-20", 20),
  "21 videos": synced("sim-21", 21),
  "500 videos": synced("sim-500", 500),
  "5,000 videos": synced("sim-5000", 5_000),
  "first sync running": {
    about: "A creator with 60 videos whose first sync has stored one page; TikTok takes its time with the second.",
    make: (stack) => arrive(stack, "sim-60"),
    begin: async (stack, made) => {
      await stack.tiktok.addFault({ endpoint: "video_list", kind: "delay", delayMs: 6_000, after: 1, times: 1 });
      await startSync(stack, made);
    },
  },
  "partial sync": {
    about: "A creator with 60 videos whose sync stopped after 40, because TikTok's cursor stood still.",
    make: async (stack) => {
      const made = await arrive(stack, "sim-60");
      await stack.tiktok.addFault({ endpoint: "video_list", kind: "cursor_repeat", after: 1 });
      await sync(stack, made);
      await stack.tiktok.clearFaults();
      return made;
    },
  },
  "rate limited, told how long": {
    about: "A sync of 60 videos that TikTok holds up after one page, with Retry-After: 8.",
    make: (stack) => arrive(stack, "sim-60"),
    begin: async (stack, made) => {
      await stack.tiktok.addFault({ endpoint: "video_list", kind: "rate_limit", retryAfter: "8", after: 1, times: 1 });
      await startSync(stack, made);
    },
  },
  "rate limited, not told how long": {
    about: "A sync of 60 videos that TikTok holds up after one page, without Retry-After.",
    make: (stack) => arrive(stack, "sim-60"),
    begin: async (stack, made) => {
      await stack.tiktok.addFault({ endpoint: "video_list", kind: "rate_limit", after: 1, times: 1 });
      await startSync(stack, made);
    },
  },
  "hostile captions": {
    about: "A creator whose every caption and field is an attack or a mistake, all of them synced.",
    make: async (stack) => {
      const made = await arrive(stack, "sim-hostile");
      await sync(stack, made);
      return made;
    },
  },
  "right-to-left captions": {
    about: "A creator who writes Arabic and Hebrew, with a tag in Latin letters in between.",
    make: async (stack) => {
      const captions = ["مرحبا بكم في بيتي #home", "ברוכים הבאים לבית שלי"];
      const videos = captions.map((caption, at) => ({ caption, agoMs: (at + 1) * MINUTE_MS }));
      await stack.tiktok.addAccount({ openId: "rtl", displayName: "ليلى حداد", username: "layla", videos });
      const made = await arrive(stack, "rtl");
      await sync(stack, made);
      return made;
    },
  },
} as const satisfies Record<string, Scenario>;
