import { randomUUID } from "node:crypto";
import { approveAll, decideLongAgo, enterVideos, openChallenge } from "../arrange-entries";
import { EPOCH, enter, type Made, type Scenario } from "../scenario";
import type { Stack } from "../stack";

/** What can stand between a creator's video and a challenge. */

const HOUR_MS = 3_600_000;

interface Choosing extends Made {
  slug: string;
  videoIds: readonly string[];
}

/** A creator with one synced video before an open challenge; an admin who may act on it. */
async function choosing(stack: Stack, form: Record<string, string> = {}): Promise<Choosing> {
  const slug = await openChallenge(stack, "Windows", form);
  const creator = await stack.people.signIn("sim-1");
  const admin = await stack.people.signIn("staff-ada", { role: "admin" });
  await stack.people.sync(creator);
  const [video] = await stack.tiktok.videos("sim-1");
  return { people: { creator, admin }, slug, videoIds: video ? [video.id] : [] };
}

/** Enters the first of its videos. */
async function enterFirst(stack: Stack, made: Choosing): Promise<Choosing & { submissionIds: string[] }> {
  const { creator } = made.people;
  const [reference] = made.videoIds;
  if (!creator || !reference) throw new Error("nobody has anything to enter");
  return { ...made, submissionIds: [await enter(stack, made.slug, creator, reference)] };
}

/** Entries that were approved, with effect: everybody sees them. */
const approved = async (stack: Stack, openId: string, count: number): Promise<Made> => {
  const slug = await openChallenge(stack, "Windows");
  const { creator, submissionIds, videoIds } = await enterVideos(stack, openId, slug, count);
  const moderator = await stack.people.signIn("staff-theo", { role: "moderator" });
  await approveAll(stack, submissionIds, moderator.viewer);
  return { people: { creator, moderator }, slug, submissionIds, videoIds };
};

const countsOf = (views: number) => ({ view_count: views, like_count: 0, comment_count: 0, share_count: 0 });

export const entryScenarios = {
  "ready to enter": {
    about: "A creator with one synced video before an open challenge.",
    make: (stack) => choosing(stack),
  },
  "nothing stored": {
    about:
      "A creator with nineteen videos, none of which is stored, before an open challenge; an admin who may act on it.",
    make: async (stack) => {
      const slug = await openChallenge(stack, "Windows");
      const creator = await stack.people.signIn("sim-19");
      const admin = await stack.people.signIn("staff-ada", { role: "admin" });
      const videoIds = (await stack.tiktok.videos("sim-19")).map(({ id }) => id);
      return { people: { creator, admin }, slug, videoIds };
    },
  },
  "two rules": {
    about: "A creator with three synced videos before a challenge whose hashtag and length only the newest meets.",
    make: async (stack) => {
      const videos = [
        { agoMs: HOUR_MS, caption: "Right tag #windows", durationSeconds: 30 },
        { agoMs: 2 * HOUR_MS, caption: "No tag at all", durationSeconds: 30 },
        { agoMs: 3 * HOUR_MS, caption: "Too long #windows", durationSeconds: 300 },
      ];
      await stack.tiktok.addAccount({ openId: "picker", displayName: "Pia Picker", videos });
      const rules = { hashtags: "#windows", maxDurationSeconds: "60", entriesPerCreator: "3" };
      const slug = await openChallenge(stack, "Windows", rules);
      const creator = await stack.people.signIn("picker");
      await stack.people.sync(creator);
      return { people: { creator }, slug };
    },
  },
  "not open yet": {
    about: "A challenge that opens tomorrow and closes the day after, and a creator who stands before it already.",
    make: async (stack) => {
      const admin = await stack.people.signIn("staff-ada", { role: "admin" });
      const plan = { title: "Windows", opensInHours: 24, closesInHours: 48 };
      const { slug } = await stack.challenges.makeChallenge(admin.viewer, plan);
      const creator = await stack.people.signIn("sim-1");
      const [video] = await stack.tiktok.videos("sim-1");
      return { people: { creator, admin }, slug, videoIds: video ? [video.id] : [] };
    },
  },
  "no challenge": {
    about: "An admin who has not made a challenge yet.",
    make: async (stack) => ({ people: { admin: await stack.people.signIn("staff-ada", { role: "admin" }) } }),
  },
  "change requested": {
    about: "A moderator asked in words for a change of a creator's one entry, with effect.",
    make: async (stack) => {
      const slug = await openChallenge(stack, "Windows");
      const { creator, submissionIds, videoIds } = await enterVideos(stack, "sim-1", slug, 1);
      const moderator = await stack.people.signIn("staff-mara", { role: "moderator" });
      const [submissionId = ""] = submissionIds;
      const message = "Please name the street in the caption.";
      const verdict = { intent: "request_change", submissionId, seenVersion: 1, message } as const;
      await decideLongAgo(stack, verdict, moderator.viewer);
      return { people: { creator, moderator }, slug, submissionIds, videoIds };
    },
  },
  "an approved entry": {
    about: "A challenge with one approved entry in effect.",
    make: (stack) => approved(stack, "sim-19", 1),
  },
  "three approved entries": {
    about: "A challenge with three approved entries of one creator in effect.",
    make: (stack) => approved(stack, "sim-19", 3),
  },
  "entries in every state": {
    about: "Eight entries of one creator: approved, pending, flagged, rejected, to be changed, one of them reported.",
    make: async (stack) => {
      const slug = await openChallenge(stack, "A Minute of Home", { prize: "€2,000" });
      await openChallenge(stack, "Nothing Yet", { minDurationSeconds: "5", maxDurationSeconds: "600" });
      const { creator, submissionIds, videoIds } = await enterVideos(stack, "demo-ines", slug, 8);
      const moderator = await stack.people.signIn("staff-theo", { role: "moderator" });
      const [flagged = "", rejected = "", unclear = ""] = submissionIds;
      for (const verdict of [
        { intent: "flag", submissionId: flagged, seenVersion: 1 },
        { intent: "reject", submissionId: rejected, seenVersion: 1, reason: "OFF_BRIEF", message: undefined },
        { intent: "request_change", submissionId: unclear, seenVersion: 1, message: "Name the place, please." },
      ] as const) {
        await decideLongAgo(stack, verdict, moderator.viewer);
      }
      await approveAll(stack, submissionIds.slice(4), moderator.viewer);
      const report = { reason: "SPAM_OR_AD", words: "It sells lamps." } as const;
      await stack.submissions.reportEntry(submissionIds.at(-1) ?? "", report, "a network");
      const newcomer = await stack.people.signIn("sim-0");
      const admin = await stack.people.signIn("staff-ada", { role: "admin" });
      return { people: { creator, newcomer, moderator, admin }, slug, submissionIds, videoIds };
    },
  },
  "about to close": {
    about: "An open challenge with three approved entries and a fourth that waits; an admin who may close it.",
    make: async (stack) => {
      const slug = await openChallenge(stack, "Windows");
      const { creator, submissionIds, videoIds } = await enterVideos(stack, "sim-19", slug, 4);
      const moderator = await stack.people.signIn("staff-theo", { role: "moderator" });
      await approveAll(stack, submissionIds.slice(0, 3), moderator.viewer);
      const admin = await stack.people.signIn("staff-ada", { role: "admin" });
      return { people: { creator, moderator, admin }, slug, submissionIds, videoIds };
    },
  },
  "results published": {
    about: "A final challenge with three ranked entries, the first of which won; an admin who may replace it.",
    make: async (stack) => {
      const made = await approved(stack, "sim-19", 3);
      const { slug = "" } = made;
      const admin = await stack.people.signIn("staff-ada", { role: "admin" });
      await stack.challenges.actOnChallenge(slug, "close", admin.viewer, randomUUID());
      await stack.challenges.freezeChallenge(slug, admin.viewer, randomUUID());
      await stack.challenges.publishResults({ slug, places: 1 }, admin.viewer, randomUUID());
      return { ...made, people: { ...made.people, admin } };
    },
  },
  "sixty approved entries": {
    about: "A challenge with sixty approved entries of one creator in effect.",
    make: (stack) => approved(stack, "sim-60", 60),
  },
  "video private": {
    about: "A creator made a video private after it was synced, and has not entered it.",
    make: async (stack) => {
      const made = await choosing(stack);
      const [id] = made.videoIds;
      if (id) await stack.tiktok.changeVideo("sim-1", id, { privacy: "private" });
      return made;
    },
  },
  "video never listed": {
    about: "A creator's second video is private, so that TikTok never listed it; they know its address.",
    make: async (stack) => {
      const made = await choosing(stack);
      const hidden = await stack.tiktok.addVideo("sim-1", {
        createMs: EPOCH.getTime() - HOUR_MS,
        caption: "For friends only",
        privacy: "private",
      });
      return { ...made, videoIds: [hidden.id] };
    },
  },
  "video deleted": {
    about: "A creator deleted a video that TikTok never listed here; they know its address.",
    make: async (stack) => {
      const made = await choosing(stack);
      const gone = await stack.tiktok.addVideo("sim-1", {
        createMs: EPOCH.getTime() - HOUR_MS,
        caption: "Gone again",
        deleted: true,
      });
      return { ...made, videoIds: [gone.id] };
    },
  },
  "entered video gone": {
    about:
      "The video of an approved entry is deleted at TikTok and was missing from two look-ups: it is out of the gallery.",
    make: async (stack, { clock, jobs }) => {
      const made = await approved(stack, "sim-19", 1);
      const [id = ""] = made.videoIds ?? [];
      await stack.tiktok.changeVideo("sim-19", id, { deleted: true });
      for (const hours of [1, 2]) {
        await clock.hold(new Date(EPOCH.getTime() + hours * HOUR_MS));
        await jobs.runSchedule("plan-refresh");
      }
      return made;
    },
  },
  "numbers that moved": {
    about: "Of three entries, the first has overtaken the second since yesterday, and the third is new on the board.",
    make: async (stack, { clock, jobs }) => {
      const at = (hours: number) => clock.hold(new Date(EPOCH.getTime() + hours * HOUR_MS));
      const views = { first: 2_000, second: 5_000, third: 1_000 };
      const admin = await stack.people.signIn("staff-ada", { role: "admin" });
      await at(-50);
      const plan = { title: "Windows", opensInHours: -48, closesInHours: 150, form: { entriesPerCreator: "100" } };
      const { slug } = await stack.challenges.makeChallenge(admin.viewer, plan);
      const moderator = await stack.people.signIn("staff-theo", { role: "moderator" });
      const submissionIds: string[] = [];
      const videoIds: string[] = [];
      let creator = admin;
      for (const [index, [openId, count]] of Object.entries(views).entries()) {
        const video = { createMs: EPOCH.getTime() - 60 * HOUR_MS, counts: countsOf(count), caption: "A window" };
        await stack.tiktok.addAccount({ openId, displayName: `Creator ${index + 1}`, videos: [video] });
        await at(index === 2 ? -3 : -48);
        const person = await stack.people.signIn(openId);
        if (index === 0) creator = person;
        const [{ id = "" } = {}] = await stack.tiktok.videos(openId);
        const submissionId = await enter(stack, slug, person, id);
        const verdict = { intent: "approve", submissionId, seenVersion: 1 } as const;
        await stack.submissions.decideSubmission(verdict, moderator.viewer, randomUUID());
        submissionIds.push(submissionId);
        videoIds.push(id);
      }
      for (const [hours, count] of [
        [-30, 2_400],
        [-20, 4_100],
        [-8, 6_000],
        [-0.1, 7_000],
      ] as const) {
        await at(hours);
        await stack.tiktok.changeVideo("first", videoIds[0] ?? "", { counts: countsOf(count) });
        await jobs.runSchedule("plan-refresh");
      }
      return { people: { creator, moderator, admin }, slug, submissionIds, videoIds };
    },
  },
  "a change not made": {
    about:
      "A creator was asked for a change and did not make it before the challenge closed: the system has rejected it.",
    make: async (stack, { clock, jobs }) => {
      const slug = await openChallenge(stack, "Windows");
      const { creator, submissionIds, videoIds } = await enterVideos(stack, "sim-19", slug, 1);
      const moderator = await stack.people.signIn("staff-theo", { role: "moderator" });
      const admin = await stack.people.signIn("staff-ada", { role: "admin" });
      const [submissionId = ""] = submissionIds;
      await clock.hold(new Date(EPOCH.getTime() - HOUR_MS / 4));
      const verdict = { intent: "request_change", submissionId, seenVersion: 1, message: "Name the place." } as const;
      await stack.submissions.decideSubmission(verdict, moderator.viewer, randomUUID());
      await clock.hold(new Date(EPOCH.getTime() - HOUR_MS / 10));
      await jobs.runSchedule("tell-creators");
      await stack.challenges.actOnChallenge(slug, "close", admin.viewer, randomUUID());
      for (const queue of ["keep-deadlines", "tell-creators"]) await jobs.runSchedule(queue);
      return { people: { creator, moderator, admin }, slug, submissionIds, videoIds };
    },
  },
  duplicate: {
    about: "A creator's one video is in the challenge already.",
    make: async (stack) => enterFirst(stack, await choosing(stack)),
  },
  "entry limit reached": {
    about: "A creator has used the one entry that the challenge allows, and has a second video.",
    make: async (stack) => {
      const made = await enterFirst(stack, await choosing(stack, { entriesPerCreator: "1" }));
      const caption = "One more window";
      const second = await stack.tiktok.addVideo("sim-1", { createMs: EPOCH.getTime() - HOUR_MS, caption });
      return { ...made, videoIds: [second.id] };
    },
  },
  "one minute before the deadline": {
    about: "A challenge that closes a minute from now, and a creator who is still choosing.",
    make: async (stack) => {
      const closesAt = new Date(EPOCH.getTime() + 60_000).toISOString().slice(0, 19);
      return choosing(stack, { closesAt });
    },
  },
} as const satisfies Record<string, Scenario>;
