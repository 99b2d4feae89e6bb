import { randomUUID } from "node:crypto";
import { approveAll, enterVideos, openChallenge } from "../arrange-entries";
import { EPOCH, type Made, type Scenario } from "../scenario";
import type { Stack } from "../stack";

/** What can lie on the moderators' desk. */

const PER_CREATOR = 100;

async function desk(stack: Stack, openId: string, count: number): Promise<Made & { slug: string }> {
  const slug = await openChallenge(stack, "Long queue");
  const { creator, submissionIds, videoIds } = await enterVideos(stack, openId, slug, count);
  const moderator = await stack.people.signIn("staff-mara", { role: "moderator" });
  const second = await stack.people.signIn("staff-theo", { role: "moderator" });
  const admin = await stack.people.signIn("staff-ada", { role: "admin" });
  return { people: { creator, moderator, second, admin }, slug, submissionIds, videoIds };
}

export const deskScenarios = {
  "an empty desk": {
    about: "An open challenge that nobody has entered, and a moderator.",
    make: (stack) => desk(stack, "sim-0", 0),
  },
  "two moderators": {
    about: "Three pending entries, two moderators and an admin.",
    make: (stack) => desk(stack, "sim-19", 3),
  },
  "a busy and a quiet challenge": {
    about: "Two open challenges: three entries wait in one of them, none in the other.",
    make: async (stack) => {
      await openChallenge(stack, "Quiet challenge");
      return desk(stack, "sim-19", 3);
    },
  },
  "a moderator's own entry": {
    about: "A moderator has entered a video in the challenge that they moderate; another creator has nothing in it.",
    make: async (stack) => {
      const slug = await openChallenge(stack, "Long queue");
      const { submissionIds, videoIds } = await enterVideos(stack, "sim-19", slug, 1);
      const moderator = await stack.people.signIn("sim-19", { role: "moderator" });
      const creator = await stack.people.signIn("sim-20");
      return { people: { creator, moderator }, slug, submissionIds, videoIds };
    },
  },
  "a decision inside its window": {
    about: "One of three entries was rejected a moment ago: the desk sees it, nobody else does.",
    make: (stack) => desk(stack, "sim-19", 3),
    begin: async (stack, { people, submissionIds = [] }) => {
      const [submissionId] = submissionIds;
      if (!people.moderator || !submissionId) throw new Error("there is nothing to decide");
      const verdict = {
        intent: "reject",
        submissionId,
        seenVersion: 1,
        reason: "OFF_BRIEF",
        message: undefined,
      } as const;
      await stack.submissions.decideSubmission(verdict, people.moderator.viewer, randomUUID());
    },
  },
  "a held entry": {
    about: "One of three entries is approved, and held while its numbers are checked.",
    make: async (stack) => {
      const made = await desk(stack, "sim-19", 3);
      const [submissionId = ""] = made.submissionIds ?? [];
      const { moderator, second } = made.people;
      if (!moderator || !second) throw new Error("nobody decides");
      await approveAll(stack, [submissionId], moderator.viewer);
      const hold = { submissionId, reason: "SUDDEN_JUMP", note: "Four thousand in a minute" } as const;
      await stack.submissions.holdSubmission(hold, { kind: "moderator", id: second.viewer.userId }, randomUUID());
      return made;
    },
  },
  "held by anomaly": {
    about:
      "The views of an approved entry rose by a hundred a quarter of an hour, then by forty thousand: the system holds it.",
    make: async (stack, { clock, jobs }) => {
      const slug = await openChallenge(stack, "Long queue");
      const [openId, created] = ["sudden", EPOCH.getTime() - 24 * 3_600_000];
      const counts = (views: number) => ({ view_count: views, like_count: 90, comment_count: 8, share_count: 3 });
      const video = { createMs: created, caption: "My kitchen window at six", counts: counts(1_000) };
      await stack.tiktok.addAccount({ openId, displayName: "Sudden Sam", videos: [video] });
      const moderator = await stack.people.signIn("staff-mara", { role: "moderator" });
      // Up to a minute ago: at the epoch itself this process and the product's would give out the same ids.
      const at = (quarters: number) => clock.hold(new Date(EPOCH.getTime() + (quarters * 15 - 1) * 60_000));
      await at(-11);
      const { creator, submissionIds, videoIds } = await enterVideos(stack, openId, slug, 1);
      await approveAll(stack, submissionIds, moderator.viewer);
      for (let step = 1; step <= 10; step += 1) {
        await at(step - 10);
        const views = step < 10 ? 1_000 + step * 100 : 42_000;
        await stack.tiktok.changeVideo(openId, videoIds[0] ?? "", { counts: counts(views) });
        await jobs.runSchedule("plan-refresh");
      }
      await jobs.runSchedule("keep-deadlines");
      return { people: { creator, moderator }, slug, submissionIds, videoIds };
    },
  },
  "60 pending": {
    about: "Sixty pending entries of one creator.",
    make: (stack) => desk(stack, "sim-60", 60),
  },
  "5,000 pending": {
    about: "Five thousand pending entries of fifty creators.",
    make: async (stack) => {
      const { slug, people } = await desk(stack, "sim-0", 0);
      const submissionIds: string[] = [];
      for (let at = 0; at < 5_000 / PER_CREATOR; at += 1) {
        const openId = `crowd-${at}`;
        await stack.tiktok.addAccount({ openId, displayName: `Creator ${at + 1}`, videos: PER_CREATOR });
        submissionIds.push(...(await enterVideos(stack, openId, slug, PER_CREATOR)).submissionIds);
      }
      return { slug, people, submissionIds };
    },
  },
} as const satisfies Record<string, Scenario>;
