import { randomUUID } from "node:crypto";
import type { Viewer } from "~/features/accounts/account";
import type { Verdict } from "~/features/moderation/decision";
import { clockHeldAt } from "../product-seams";
import type { Person } from "../world/people";
import type { Stack } from "./stack";

/** Entries by the product's own verbs, in effect long enough ago that every page shows them. */

const MINUTE = 60_000;
const ENTERED_AGO = 30 * MINUTE;
const DECIDED_AGO = 5 * MINUTE;

export interface Entered {
  creator: Person;
  /** In the order in which they were entered: the creator's newest video first. */
  submissionIds: string[];
  videoIds: string[];
}

/** Runs an open challenge that any recent video of the simulator meets. */
export async function openChallenge(stack: Stack, title: string, form: Record<string, string> = {}): Promise<string> {
  const admin = await stack.people.signIn("staff-ada", { role: "admin" });
  const plan = { title, opensInHours: -48, closesInHours: 100, form: { entriesPerCreator: "100", ...form } };
  const { slug } = await stack.challenges.makeChallenge(admin.viewer, plan);
  return slug;
}

/** Signs a creator in and enters their newest videos, half an hour ago. */
export async function enterVideos(stack: Stack, openId: string, slug: string, count: number): Promise<Entered> {
  const creator = await stack.people.signIn(openId);
  if (count > 3) await stack.people.sync(creator);
  const videoIds = (await stack.tiktok.videos(openId)).slice(0, count).map(({ id }) => id);
  const submissionIds: string[] = [];
  await ago(ENTERED_AGO, async () => {
    for (const reference of videoIds) {
      const entry = { slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
      submissionIds.push((await stack.submissions.submitVideo(entry, creator.viewer)).submissionId);
    }
  });
  return { creator, submissionIds, videoIds };
}

/** Approves pending entries, with effect. */
export async function approveAll(stack: Stack, submissionIds: readonly string[], by: Viewer): Promise<void> {
  for (const submissionId of submissionIds) {
    await decideLongAgo(stack, { intent: "approve", submissionId, seenVersion: 1 }, by);
  }
}

/** Decides on an entry, with effect. */
export async function decideLongAgo(stack: Stack, verdict: Verdict, by: Viewer): Promise<void> {
  await ago(DECIDED_AGO, () => stack.submissions.decideSubmission(verdict, by, randomUUID()));
}

const ago = async (ms: number, act: () => Promise<unknown>) => {
  const { now } = await import("~/infra/clock.server");
  await clockHeldAt(new Date(now().getTime() - ms), act);
};
