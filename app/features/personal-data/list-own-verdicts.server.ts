import { and, asc, eq, gt } from "drizzle-orm";
import { challenges, decisions, submissions } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { inPages } from "~/infra/in-pages";

const PAGE = 500;

/** What the person decided on other people's entries: which acts, but not on whose, and not what they wrote to them. */
export async function* listOwnVerdicts(userId: string) {
  const read = (after: string | null) =>
    db
      .select({
        id: decisions.id,
        challenge: challenges.slug,
        from: decisions.fromState,
        to: decisions.toState,
        reason: decisions.reasonCode,
        decidedAt: decisions.decidedAt,
      })
      .from(decisions)
      .innerJoin(submissions, eq(submissions.id, decisions.submissionId))
      .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
      .where(
        and(
          eq(decisions.actorId, userId),
          eq(decisions.actorKind, "moderator"),
          after === null ? undefined : gt(decisions.id, after),
        ),
      )
      .orderBy(asc(decisions.id))
      .limit(PAGE);
  for await (const page of inPages(PAGE, read, ({ id }) => id)) yield* page.map(({ id: _id, ...act }) => act);
}
