import { randomUUID } from "node:crypto";
import type { Viewer } from "~/features/accounts/account";
import type { AiPolicy, Counting } from "~/features/challenges/challenge";
import { challengeFormSchema } from "~/features/challenges/challenge-form";
import type { verbs } from "./product-verbs";

const DAY = 86_400_000;
const wallClock = (at: number) => new Date(at).toISOString().slice(0, 16);

/** A challenge that is open now and takes videos of the last month, as an admin makes it; gives its address. */
export async function openChallenge(
  { createChallenge, actOnChallenge }: Pick<typeof verbs, "createChallenge" | "actOnChallenge">,
  admin: Viewer,
  rules: { entriesPerCreator?: number; hashtags?: string; counting?: Counting; aiPolicy?: AiPolicy } = {},
): Promise<string> {
  const form = challengeFormSchema.parse({
    title: "A challenge",
    slug: `challenge-${randomUUID()}`,
    brief: "Show us what you have.",
    organizer: "The organizers",
    timeZone: "UTC",
    opensAt: wallClock(Date.now() - DAY),
    closesAt: wallClock(Date.now() + 30 * DAY),
    postedFrom: wallClock(Date.now() - 31 * DAY),
    entriesPerCreator: String(rules.entriesPerCreator ?? 100),
    hashtags: rules.hashtags ?? "",
    counting: rules.counting ?? "total",
    aiPolicy: rules.aiPolicy ?? "must_be_labelled",
  });
  const { slug } = await createChallenge(form, admin, randomUUID());
  await actOnChallenge(slug, "publish", admin, randomUUID());
  return slug;
}
