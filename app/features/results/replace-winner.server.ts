import { asc, eq } from "drizzle-orm";
import { challenges, results } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { pickFrozenStandings } from "./list-frozen-standings.server";
import type { Replacement } from "./result";

/**
 * Makes a new version of a challenge's results in which `instead` (or nobody) wins in place of `winner`, with a reason
 * that everybody reads. Ranks stay as they were frozen. Throws CONFLICT when the admin saw another version, when
 * `winner` does not win, or when `instead` is not on the board, was removed, or has won before.
 */
export async function replaceWinner(
  slug: string,
  { seenVersion, winner, instead, reason }: Replacement,
  admin: Viewer,
  requestId: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [challenge] = await tx.select().from(challenges).where(eq(challenges.slug, slug)).for("update");
    if (!challenge) throw new DomainError("CONFLICT");
    const versions = await tx
      .select()
      .from(results)
      .where(eq(results.challengeId, challenge.id))
      .orderBy(asc(results.version));
    const last = versions.at(-1);
    if (!last || last.version !== seenVersion || !last.winners.includes(winner)) throw new DomainError("CONFLICT");
    const at = now();
    if (instead !== null) {
      const [standing] = await pickFrozenStandings(challenge.id, [instead], at);
      const wonBefore = versions.some(({ winners }) => winners.includes(instead));
      if (!standing?.entry || wonBefore) throw new DomainError("CONFLICT");
    }
    const winners = [...last.winners.filter((id) => id !== winner), ...(instead === null ? [] : [instead])];
    const version = last.version + 1;
    await tx.insert(results).values({
      challengeId: challenge.id,
      version,
      places: last.places,
      winners,
      reason,
      publishedBy: admin.userId,
      publishedAt: at,
    });
    const actor = { kind: "user", id: admin.userId } as const;
    const target = { kind: "challenge", id: challenge.id };
    const change = { before: { winners: last.winners }, after: { winners, version } };
    await audit(tx, { at, actor, action: "challenge.replace_winner", target, ...change, requestId });
  });
}
