import { randomUUID } from "node:crypto";
import { actOnChallenge } from "~/features/challenges/act-on-challenge.server";
import { challengeFormSchema } from "~/features/challenges/challenge-form";
import { createChallenge } from "~/features/challenges/create-challenge.server";
import { decideSubmission } from "~/features/moderation/decide-submission.server";
import { listMyVideos } from "~/features/submissions/list-my-videos.server";
import { everyVideo } from "~/features/submissions/my-videos";
import { submitVideo } from "~/features/submissions/submit-video.server";
import { holdClock, runClock } from "../support/product-seams";
import { listCreators, type Person, signIn, sync } from "../support/world/people";
import { ADMIN } from "../support/world/staff";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ENTRIES = 24;
const WAITING = 11;
const EACH = 5;

/** An open challenge: its slug, whoever runs it, and which entries are approved and which wait for a decision. */
export interface World {
  slug: string;
  admin: Person;
  approved: string[];
  waiting: string[];
}

/** An open challenge with a full page of approved entries and some that wait, made by the product's own verbs. */
export async function makeChallenge(
  title: string,
  { entries = ENTRIES, waiting = WAITING, each = EACH } = {},
): Promise<World> {
  const at = new Date();
  const wallClock = (days: number) => `${new Date(at.getTime() + days * DAY).toISOString().slice(0, 10)}T09:00`;
  const admin = await signIn(ADMIN, { role: "admin" });
  const form = challengeFormSchema.parse({
    title,
    brief: "Show us the place you mean when you say home. Your kitchen, your street, your cat at the window.",
    organizer: "Casa Común",
    prize: "€2,000",
    timeZone: "Europe/Madrid",
    opensAt: wallClock(-30),
    closesAt: wallClock(30),
    postedFrom: wallClock(-3_650),
    entriesPerCreator: String(each),
  });
  const { slug } = await createChallenge(form, admin.viewer, randomUUID());
  await actOnChallenge(slug, "publish", admin.viewer, randomUUID());
  const world: World = { slug, admin, approved: [], waiting: [] };
  for (const openId of await listCreators()) {
    const left = entries + waiting - world.approved.length - world.waiting.length;
    if (left === 0) return world;
    const creator = await signIn(openId);
    await sync(creator);
    const { accountId } = creator.viewer;
    const { videos } = await listMyVideos(accountId, { view: everyVideo, at, limit: Math.min(each, left) });
    // An approval counts in public ten seconds after it was made.
    holdClock(new Date(at.getTime() - HOUR));
    for (const { tiktokVideoId } of videos) {
      const entry = { slug, reference: tiktokVideoId, acceptedRulesVersion: 1, attemptId: randomUUID() };
      const { submissionId } = await submitVideo(entry, creator.viewer);
      const waits = world.approved.length === entries;
      (waits ? world.waiting : world.approved).push(submissionId);
      if (waits) continue;
      await decideSubmission({ intent: "approve", submissionId, seenVersion: 1 }, admin.viewer, randomUUID());
    }
    runClock();
  }
  throw new Error("the simulator's creators have too few videos");
}
