import { and, eq, isNotNull, sql } from "drizzle-orm";
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
  /** One more with each edit: an edit is made on the version that its maker saw. */
  version: number;
  /** Of the sites that may show its gallery in a frame. */
  embedOrigins: string[];
  rules: ChallengeRules;
}

/** A challenge with its rules in force, or null. Drafts only with `drafts: true` (admins). */
export async function findChallenge(
  slug: string,
  options: { drafts: boolean; tx?: Database | Transaction } = { drafts: false },
): Promise<Challenge | null> {
  const query = options.drafts || options.tx ? selectBySlug(options.tx ?? db, options.drafts) : published;
  const [row] = await query.execute({ slug });
  return row ? { ...row.challenge, rules: row.rules } : null;
}

function selectBySlug(from: Database | Transaction, drafts: boolean) {
  const bySlug = eq(challenges.slug, sql.placeholder("slug"));
  return from
    .select({ challenge: challenges, rules: challengeRules })
    .from(challenges)
    .innerJoin(
      challengeRules,
      and(eq(challengeRules.challengeId, challenges.id), eq(challengeRules.version, challenges.rulesVersion)),
    )
    .where(drafts ? bySlug : and(bySlug, isNotNull(challenges.publishedAt)));
}

/** Every public page of a challenge begins with it, so it is built once and planned once per connection. */
const published = selectBySlug(db, false).prepare("find_published_challenge");
