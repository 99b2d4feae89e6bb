import { randomUUID } from "node:crypto";
import { actOnChallenge } from "~/features/challenges/act-on-challenge.server";
import { challengeFormSchema } from "~/features/challenges/challenge-form";
import { createChallenge } from "~/features/challenges/create-challenge.server";
import { listMyVideos } from "~/features/submissions/list-my-videos.server";
import { submitVideo } from "~/features/submissions/submit-video.server";
import { listCreators, type Person, signIn, sync } from "../support/world/people";
import { ADMIN } from "../support/world/staff";

const DAY = 24 * 3_600_000;
/** A page of videos of one creator at most, so that a queue has several. */
const EACH = 20;

/** Challenges with `entries` pending each, made by the product's own verbs, and who may decide on them. */
export async function makeQueues(
  titles: readonly string[],
  entries: number,
): Promise<{ slugs: string[]; admin: Person }> {
  const admin = await signIn(ADMIN, { role: "admin" });
  const at = new Date();
  const wallClock = (days: number) => `${new Date(at.getTime() + days * DAY).toISOString().slice(0, 10)}T09:00`;
  const slugs: string[] = [];
  for (const title of titles) {
    const form = challengeFormSchema.parse({
      title,
      brief: "Show us the place you mean when you say home.",
      organizer: "Casa Común",
      timeZone: "Europe/Madrid",
      opensAt: wallClock(-30),
      closesAt: wallClock(30),
      postedFrom: wallClock(-3_650),
      entriesPerCreator: String(EACH),
    });
    const { slug } = await createChallenge(form, admin.viewer, randomUUID());
    await actOnChallenge(slug, "publish", admin.viewer, randomUUID());
    slugs.push(slug);
  }
  let left = entries;
  for (const openId of await listCreators()) {
    if (left === 0) break;
    const creator = await signIn(openId);
    await sync(creator);
    const mine = { before: null, at, limit: Math.min(EACH, left) };
    const { videos } = await listMyVideos(creator.viewer.accountId, mine);
    for (const { tiktokVideoId } of videos) {
      for (const slug of slugs) {
        const entry = { slug, reference: tiktokVideoId, acceptedRulesVersion: 1, attemptId: randomUUID() };
        await submitVideo(entry, creator.viewer);
      }
    }
    left -= videos.length;
  }
  if (left > 0) throw new Error(`the simulator's creators have ${left} videos too few`);
  return { slugs, admin };
}
