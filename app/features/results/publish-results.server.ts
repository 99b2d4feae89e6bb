import { and, asc, eq, isNotNull, lte, sql } from "drizzle-orm";
import { challenges, results, standings, submissions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { phaseOf } from "~/features/challenges/challenge";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { notRemovedAt } from "./list-frozen-standings.server";

/**
 * Makes a frozen challenge final: the first `places` places of its board win, those that share a rank together. An entry
 * that was removed since is passed over. Throws CONFLICT in another phase.
 */
export async function publishResults(
  { slug, places }: { slug: string; places: number },
  admin: Viewer,
  requestId: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [challenge] = await tx.select().from(challenges).where(eq(challenges.slug, slug)).for("update");
    const at = now();
    if (!challenge || phaseOf(challenge, at) !== "frozen") throw new DomainError("CONFLICT");
    const winners = await listFirst(tx, challenge.id, places, at);
    await tx
      .insert(results)
      .values({ challengeId: challenge.id, version: 1, places, winners, publishedBy: admin.userId, publishedAt: at });
    await tx.update(challenges).set({ finalisedAt: at }).where(eq(challenges.id, challenge.id));
    const actor = { kind: "user", id: admin.userId } as const;
    const target = { kind: "challenge", id: challenge.id };
    await audit(tx, { at, actor, action: "challenge.publish_results", target, after: { winners }, requestId });
  });
}

async function listFirst(tx: Transaction, challengeId: string, places: number, at: Date): Promise<string[]> {
  const present = tx
    .select({
      submissionId: standings.submissionId,
      place: sql<number>`rank() over (order by ${standings.rank})`.as("place"),
    })
    .from(standings)
    .innerJoin(submissions, eq(submissions.id, standings.submissionId))
    .where(and(eq(standings.challengeId, challengeId), isNotNull(submissions.videoId), notRemovedAt(at)))
    .as("present");
  const rows = await tx
    .select({ submissionId: present.submissionId })
    .from(present)
    .where(lte(present.place, places))
    .orderBy(asc(present.place), asc(present.submissionId));
  return rows.map(({ submissionId }) => submissionId);
}
