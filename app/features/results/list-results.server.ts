import { desc, eq } from "drizzle-orm";
import { results } from "#drizzle/schema";
import type { Challenge } from "~/features/challenges/find-challenge.server";
import { db } from "~/infra/db.server";
import { pickFrozenStandings } from "./list-frozen-standings.server";
import type { ResultVersion } from "./result";

/** Every version of a challenge's results, newest first; none before they are published. Names are those at `at`. */
export async function listResults(
  { id, finalisedAt }: Pick<Challenge, "id" | "finalisedAt">,
  at: Date,
): Promise<ResultVersion[]> {
  if (!finalisedAt) return [];
  const versions = await db.select().from(results).where(eq(results.challengeId, id)).orderBy(desc(results.version));
  const everyWinner = [...new Set(versions.flatMap(({ winners }) => winners))];
  const standings = await pickFrozenStandings(id, everyWinner, at);
  return versions.map(({ version, places, reason, publishedAt, winners }) => ({
    version,
    places,
    reason,
    publishedAt: publishedAt.toISOString(),
    winners: standings.filter(({ submissionId }) => winners.includes(submissionId)),
  }));
}
