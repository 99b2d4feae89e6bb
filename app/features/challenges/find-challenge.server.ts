import { and, eq, isNotNull } from "drizzle-orm";
import { challengeRules, challenges } from "#drizzle/schema";
import { type Database, db, type Transaction } from "~/infra/db.server";
import type { ChallengeDates, ChallengeRules } from "./challenge";

export interface Challenge extends ChallengeDates {
  id: string;
  slug: string;
  title: string;
  brief: string;
  organizer: string;
  prize: string | null;
  timeZone: string;
  rules: ChallengeRules;
}

/** A challenge with its rules in force, or null. Drafts only with `drafts: true` (admins). */
export async function findChallenge(
  slug: string,
  options: { drafts: boolean; tx?: Database | Transaction } = { drafts: false },
): Promise<Challenge | null> {
  const bySlug = eq(challenges.slug, slug);
  const [row] = await (options.tx ?? db)
    .select({ challenge: challenges, rules: challengeRules })
    .from(challenges)
    .innerJoin(
      challengeRules,
      and(eq(challengeRules.challengeId, challenges.id), eq(challengeRules.version, challenges.rulesVersion)),
    )
    .where(options.drafts ? bySlug : and(bySlug, isNotNull(challenges.publishedAt)));
  return row ? { ...row.challenge, rules: row.rules } : null;
}
