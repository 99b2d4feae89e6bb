import { randomUUID } from "node:crypto";
import type { Viewer } from "~/features/accounts/account";
import { actOnChallenge } from "~/features/challenges/act-on-challenge.server";
import { challengeFormSchema } from "~/features/challenges/challenge-form";
import { createChallenge } from "~/features/challenges/create-challenge.server";
import { now } from "~/infra/clock.server";

/** Challenges in this process's database, made as an admin makes them: the form's schema, then the verbs. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const POSTED_FROM_DAYS = 60;

export interface ChallengePlan {
  title: string;
  /** From now; negative for the past. */
  opensInHours: number;
  closesInHours: number;
  /** Fields of the admin's form to fill in otherwise. */
  form?: Partial<Record<string, string>>;
  /** After it was made; published alone unless told. */
  acts?: readonly ("publish" | "pause" | "close" | "cancel")[];
}

/**
 * A challenge that any recent video meets: no hashtag, no length, 3 entries a creator, AI allowed, videos posted in the
 * last 60 days.
 */
export async function makeChallenge(admin: Viewer, plan: ChallengePlan): Promise<{ slug: string }> {
  const at = now().getTime();
  const opensAt = at + plan.opensInHours * HOUR;
  const form = challengeFormSchema.parse({
    title: plan.title,
    brief: "Show us one thing that you would miss if it were gone.",
    organizer: "Casa Común",
    timeZone: "UTC",
    opensAt: wallClock(opensAt),
    closesAt: wallClock(at + plan.closesInHours * HOUR),
    postedFrom: wallClock(Math.min(at, opensAt) - POSTED_FROM_DAYS * DAY),
    entriesPerCreator: "3",
    aiPolicy: "allowed",
    ...plan.form,
  });
  const { slug } = await createChallenge(form, admin, randomUUID());
  for (const act of plan.acts ?? ["publish"]) await actOnChallenge(slug, act, admin, randomUUID());
  return { slug };
}

/** In UTC, to the second, as <input type="datetime-local"> sends it. */
function wallClock(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19);
}
