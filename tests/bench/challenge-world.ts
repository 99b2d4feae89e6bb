import { randomUUID } from "node:crypto";
import { actOnChallenge } from "~/features/challenges/act-on-challenge.server";
import { challengeFormSchema } from "~/features/challenges/challenge-form";
import { createChallenge } from "~/features/challenges/create-challenge.server";
import { decideSubmission } from "~/features/moderation/decide-submission.server";
import { listMyVideos } from "~/features/submissions/list-my-videos.server";
import { everyVideo } from "~/features/submissions/my-videos";
import { submitVideo } from "~/features/submissions/submit-video.server";
import { holdClock, runClock } from "../support/product-seams";
import { listCreators, signIn, sync } from "../support/world/people";
import { ADMIN } from "../support/world/staff";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const ENTRIES = 24;
const EACH = 3;

/** An open challenge with a full page of approved entries, made by the product's own verbs. Returns its path. */
export async function makeChallenge(): Promise<string> {
  const at = new Date();
  const wallClock = (days: number) => `${new Date(at.getTime() + days * DAY).toISOString().slice(0, 10)}T09:00`;
  const admin = await signIn(ADMIN, { role: "admin" });
  const form = challengeFormSchema.parse({
    title: "A Minute of Home",
    brief: "Show us the place you mean when you say home. Your kitchen, your street, your cat at the window.",
    organizer: "Casa Común",
    prize: "€2,000",
    timeZone: "Europe/Madrid",
    opensAt: wallClock(-30),
    closesAt: wallClock(30),
    postedFrom: wallClock(-3_650),
    entriesPerCreator: String(EACH),
  });
  const { slug } = await createChallenge(form, admin.viewer, randomUUID());
  await actOnChallenge(slug, "publish", admin.viewer, randomUUID());
  let left = ENTRIES;
  for (const openId of await listCreators()) {
    if (left === 0) break;
    const creator = await signIn(openId);
    await sync(creator);
    const { accountId } = creator.viewer;
    const { videos } = await listMyVideos(accountId, { view: everyVideo, at, limit: Math.min(EACH, left) });
    // An approval counts in public ten seconds after it was made.
    holdClock(new Date(at.getTime() - HOUR));
    for (const { tiktokVideoId } of videos) {
      const entry = { slug, reference: tiktokVideoId, acceptedRulesVersion: 1, attemptId: randomUUID() };
      const { submissionId } = await submitVideo(entry, creator.viewer);
      await decideSubmission({ intent: "approve", submissionId, seenVersion: 1 }, admin.viewer, randomUUID());
    }
    runClock();
    left -= videos.length;
  }
  if (left > 0) throw new Error(`the simulator's creators have ${left} videos too few`);
  return `/challenges/${slug}`;
}
