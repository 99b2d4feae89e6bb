import { phaseOf, type ShownChallenge } from "./challenge";
import type { Challenge } from "./find-challenge.server";

/** A challenge as pages show it at `at`: what may leave the server, with times as text. */
export function showChallenge(challenge: Challenge, at: Date): ShownChallenge {
  const { rules } = challenge;
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
    frozenAt: challenge.frozenAt?.toISOString() ?? null,
    finalisedAt: challenge.finalisedAt?.toISOString() ?? null,
    rules: {
      version: rules.version,
      requiredHashtags: rules.requiredHashtags,
      minDurationSeconds: rules.minDurationSeconds,
      maxDurationSeconds: rules.maxDurationSeconds,
      entriesPerCreator: rules.entriesPerCreator,
      aiPolicy: rules.aiPolicy,
      postedFrom: rules.postedFrom.toISOString(),
      postedUntil: rules.postedUntil.toISOString(),
      counting: rules.counting,
      pointsViews: rules.pointsViews,
      pointsLikes: rules.pointsLikes,
      pointsComments: rules.pointsComments,
      pointsShares: rules.pointsShares,
    },
  };
}
