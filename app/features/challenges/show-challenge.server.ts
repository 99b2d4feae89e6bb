import { phaseOf, type ShownChallenge } from "./challenge";
import type { Challenge } from "./find-challenge.server";

/** A challenge as pages show it at `at`: what may leave the server, with times as text. */
export function showChallenge(challenge: Challenge, at: Date): ShownChallenge {
  const { version, requiredHashtags, minDurationSeconds, maxDurationSeconds, entriesPerCreator, aiPolicy } =
    challenge.rules;
  return {
    slug: challenge.slug,
    title: challenge.title,
    brief: challenge.brief,
    organizer: challenge.organizer,
    prize: challenge.prize,
    timeZone: challenge.timeZone,
    opensAt: challenge.opensAt.toISOString(),
    closesAt: challenge.closesAt.toISOString(),
    phase: phaseOf(challenge, at),
    rules: {
      version,
      requiredHashtags,
      minDurationSeconds,
      maxDurationSeconds,
      entriesPerCreator,
      aiPolicy,
      postedFrom: challenge.rules.postedFrom.toISOString(),
      postedUntil: challenge.rules.postedUntil.toISOString(),
    },
  };
}
